import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { posed } from "../question/problem.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";
import { division, randomWorth } from "./ke-families.js";
import { everyProfile, lacking } from "./properties.js";

const EX_POST = { ir: "ex-post" } as const;

const partners = (share: string, points: number, distribution?: { power: number }) =>
  example("partnership", {
    agents: 2,
    grid: { points, ...(distribution && { distribution }) },
    shares: [share, `${Rational.ONE.subtract(toRational(share))}`],
  });

/** All of a unit is the first agent's, as gains over that: types of [0, 1], uniform or not. */
const owned: Family<Example> = {
  about:
    "units of a good in one to four parts, worth theta phi(x) with phi(0) = 0 rising and concave, owned by one of two agents, all types of [0, 1] with F = t^p, p from 1 to 3",
  member: (seed) => {
    const random = new RandomSource(seed);
    const worth = randomWorth(random, random.integer(1, 4));
    const power = random.integer(1, 3);
    return division({ points: 4, distribution: { power } }, worth, [worth.at(-1)!, worth[0]]);
  },
  shown: ({ data }) => [JSON.stringify(data)],
};

const proposition7: Claim = {
  id: "KE-P7",
  kinds: ["theorem"],
  place: "Proposition 7, Appendix A8",
  about: "trade of a fixed endowment under ex post participation: two claims of impossibility",
  says: "With a fixed total there is no ex post socially efficient mechanism (i) if utility is theta x, whatever the endowments, or (ii) if v(x, lowest) = 0 and one agent owns everything.",
  assumes:
    "Two agents, one utility v(x, theta) with increasing differences, independent types of one distribution, outside options v(endowment, theta).",
  readings: [
    "Ex post socially efficient as in Definition 2: efficient, Bayesian incentive compatible, balanced and individually rational at every profile.",
    "(i) is read of continuous types, as the paper has them, and on grids; of uniform types and of F = t^2; ties left to the design.",
    "The proof of (i) takes it for granted that payments depend on one type, as under M1, and differ by a constant.",
    "(ii) with v that strictly rises in x. If it need not, a good of which half is as good as all is shared without any payment.",
  ],
  async test(trial) {
    const verdicts = new Map<string, string>();
    for (const [share, distribution] of [
      ["0", undefined],
      ["1/4", undefined],
      ["2/5", undefined],
      ["1/2", undefined],
      ["1/2", { power: 2 }],
    ] as const) {
      if (trial.quick && (distribution || share === "1/4")) continue;
      const { verdict } = await trial.verdict(
        `(i) shares ${share} and ${Rational.ONE.subtract(toRational(share))}, all types of [0, 1]${distribution ? ", F = t^2" : ""}`,
        "impossible",
        partners(share, 4, distribution),
        EX_POST,
        { continuous: true },
      );
      if (!distribution) verdicts.set(share, verdict);
    }
    for (const points of trial.grids([2, 4, 8, 12], [2, 4])) {
      const grid = partners("1/2", points);
      await trial.verdict(`(i) equal shares, ${points} types`, "impossible", grid, EX_POST);
    }
    const two = partners("1/2", 2);
    const { environment } = two;
    const { mechanism } = await designFor(posed(environment, EX_POST, undefined));
    if (mechanism) {
      const fault = lacking(environment, mechanism, [
        "ex post efficiency",
        "Bayesian IC",
        "ex post IR",
        "ex post balance",
        "no subsidy",
      ]);
      trial.instead.fact(
        "a mechanism for equal shares and two types, audited from the definitions",
        fault === undefined,
        two.run("solve -", EX_POST),
        everyProfile(environment).map((s) => {
          const chosen = mechanism
            .lottery(s)
            .map(
              ({ outcome, probability }) =>
                `${environment.outcomes[outcome]} with probability ${probability}`,
            );
          return `At ${environment.profileLabel(s)}: ${chosen.join(", ")}; partner 1 pays ${mechanism.payment(0, s)} and partner 2 pays ${mechanism.payment(1, s)}.`;
        }),
      );
    }
    await trial.holds(
      "(ii) even interim participation of all types is impossible",
      owned,
      async (good, count) => {
        const { verdict } = await designContinuum(good.instance, {});
        if (good.environment.outcomes.length > 2) count("divisible");
        return verdict === "impossible" ? undefined : `of which it is ${verdict}`;
      },
      { each: ["divisible"] },
    );
    for (const [name, asked] of [
      [
        "v = theta (2x - x^2)",
        example("fixed-endowment", { agents: 2, grid: { points: 4 }, endowments: [1, 0] }),
      ],
      [
        "v = 2 theta sqrt(x)",
        example("square-root-good", { agents: 2, grid: { points: 4 }, endowments: [1, 0] }),
      ],
    ] as const)
      await trial.verdict(`(ii) ${name}, all types of [0, 1]`, "impossible", asked, EX_POST, {
        continuous: true,
        cells: 8,
      });
    const enough = [0, 1, 1].map((worth) => Rational.of(worth));
    await trial.instead.verdict(
      "the exception: half of the unit is worth as much as all of it, four types",
      "possible",
      division({ points: 4 }, enough, [enough[2], enough[0]]),
      EX_POST,
    );
    if (verdicts.get("1/2") === "possible")
      trial.tell(
        "Proposition 7 (i) fails: with two partners, uniform types on [0, 1] and shares 1/2, 1/2, or 2/5, 3/5, there are efficient, Bayesian incentive compatible, balanced mechanisms in which nobody loses at any profile; the answer files prove it and can be verified. The proof fixes payments that depend on the winner's type alone up to a constant, while payments may depend on both types. For shares of 0 and 1/4 the claim is right. Part (ii) holds wherever it was tried, already with interim participation, if v strictly rises in x.",
      );
  },
};

export const tradeClaims: readonly Claim[] = [proposition7];
