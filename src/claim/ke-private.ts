import { m1Symmetric } from "../construction/m1-symmetric.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import { symmetricGoods } from "./ke-families.js";
import { atEveryType, expectedVcgSurplus, fallingPayoff, lowestPayoffs } from "./ke-measures.js";
import { nobodyExpectsMore, otherPayments } from "./ke-other-mechanism.js";
import { lacking } from "./properties.js";

const SOCIALLY_EFFICIENT = [
  "ex post efficiency",
  "Bayesian IC",
  "ex post IR",
  "ex post balance",
  "no subsidy",
] as const;

const tieReading =
  "Where several have the highest type each gets the average of winning and losing; as printed the price is shared by them, while the losers' part is still paid to each other, and payments do not balance. For continuous types ties have no probability.";

const theorem2: Claim = {
  id: "KE-M1",
  kinds: ["construction", "theorem"],
  place: "(4) and Theorem 2",
  about: "M1, where the highest type buys out the others",
  says: "M1 is efficient, Bayesian incentive compatible, balanced and individually rational at every profile if and only if VCG runs an expected surplus; each lowest type expects E Delta / n.",
  assumes:
    "A private good, identically and independently distributed types, S at least 0, outside options of 0.",
  readings: [
    tieReading,
    "Under these assumptions VCG always runs an expected surplus, as the paper says itself, so that one side of the equivalence is empty.",
  ],
  async test(trial) {
    await trial.holds(
      "on grids, by its discrete counterpart: all of these properties, and the lowest types' payoffs",
      symmetricGoods,
      (good, count) => {
        const { environment } = good;
        const ground = good.ground();
        const mechanism = m1Symmetric(ground);
        const surplus = expectedVcgSurplus(ground);
        if (surplus.sign < 0) count("without an expected VCG surplus");
        else count("with an expected VCG surplus");
        const share = surplus.divide(Rational.of(environment.agentCount));
        const other = lowestPayoffs(environment, mechanism).find((payoff) => !payoff.equals(share));
        if (other !== undefined) return `in which a lowest type expects ${other} and not ${share}`;
        return lacking(environment, mechanism, SOCIALLY_EFFICIENT);
      },
      { each: ["with an expected VCG surplus"] },
    );
    for (const agents of [2, 3])
      for (const power of [1, 2]) {
        const distribution = power === 1 ? "uniform" : { power };
        const good = example("private-good-production", {
          agents,
          gamma: 1,
          grid: { points: 4, distribution },
        });
        const { findings } = atEveryType("m1", good).report();
        const holds = (["Bayesian IC", "ex post IR", "ex post balance"] as const).every(
          (property) => findings[property].holds === true,
        );
        trial.fact(
          `proved for all types of [0, 1], ${agents} bidders, F = t^${power}`,
          holds,
          good.run("compare - m1 --continuum"),
        );
      }
  },
};

/** A quarter of the types spread over [0, 1/2], the rest over [1/2, 3/4]. */
export const crowdedAbove = {
  points: 4,
  to: "3/4",
  distribution: {
    density: [
      { from: 0, to: "2/3", coefficients: ["3/8"] },
      { from: "2/3", to: 1, coefficients: ["9/4"] },
    ],
  },
} as const;

const proposition2: Claim = {
  id: "KE-P2",
  kinds: ["theorem"],
  place: "Definition 3, Proposition 2, Theorem 3",
  about:
    "payoffs under M1 rise with the own type at every profile, and it is the only mechanism of which that is so",
  says: "Under M1 an agent's payoff does not fall with its type, whatever the others' types are, and M1 is generically the only symmetric mechanism that is ex post socially efficient and has this property.",
  assumes: "A private good, identically and independently distributed types, S at least 0.",
  readings: [
    tieReading,
    "Payoff monotone is read weakly, as Definition 3 has it.",
    "The density may jump: what fails here fails by a positive amount, and so for continuous densities that are near.",
    "Unique is read as: no other payments of the winner to the loser, on a set of profiles of positive probability.",
  ],
  async test(trial) {
    const crowded = example("private-good-production", { agents: 2, gamma: 1, grid: crowdedAbove });
    const { payoff, report } = atEveryType("m1", crowded);
    const [lower, higher] = ["1/2", "9/16"].map((type) => payoff(0, type, 0));
    const rises = trial.fact(
      "Proposition 2, one good for two, S = theta, a quarter of the types spread evenly over [0, 1/2] and the rest over [1/2, 3/4]: against 0 the winner of type 9/16 keeps no less than that of type 1/2",
      higher.compare(lower) >= 0,
      crowded.run("compare - m1 --continuum"),
      [
        `M1's price is half of what S is on average for the higher of two types up to the winner's. The type 1/2 keeps ${lower} and the type 9/16 keeps ${higher}.`,
      ],
    );
    trial.instead.fact(
      "there M1 still is Bayesian incentive compatible, balanced and ex post individually rational, proved for all types",
      (["Bayesian IC", "ex post IR", "ex post balance"] as const).every(
        (property) => report().findings[property].holds === true,
      ),
      crowded.run("compare - m1 --continuum"),
    );
    await trial.holds("Proposition 2 on grids", symmetricGoods, (good) =>
      fallingPayoff(good.environment, m1Symmetric(good.ground())),
    );
    if (!rises)
      trial.tell(
        `Proposition 2: S - M need not rise. With S = theta, a quarter of the types uniform on [0, 1/2] and the rest on [1/2, 3/4], the winner of type 1/2 keeps ${lower} against 0, and that of type 9/16 keeps ${higher}: where types are crowded the price rises faster than the surplus.`,
      );
    const others = trial.grids([4, 8, 16, 32], [4, 8]).map((points) => {
      const good = example("private-good-production", { agents: 2, gamma: 1, grid: { points } });
      const ground = good.ground();
      const m1 = m1Symmetric(ground);
      const other = otherPayments(ground, m1);
      const { environment } = good;
      const top = environment.profiles.profileOf([points - 1, 0]);
      return {
        good,
        found: lacking(environment, other, SOCIALLY_EFFICIENT) ?? fallingPayoff(environment, other),
        difference: other.payment(0, top).subtract(m1.payment(0, top)),
      };
    });
    const isOther = others.every(({ found, difference }) => found === undefined && !difference.isZero);
    const unique = trial.fact(
      "Theorem 3, one good for two, S = theta, uniform types on grids: no other symmetric mechanism is ex post socially efficient and payoff monotone",
      !isOther,
      others.map(({ good }) => good.run("construct m1 -")),
      [
        "Let the winner of type h > 1/2 get d(h, l)/4 more from the loser of type l than under M1, with d(h, l) = c(h) - (2h - 1) max(l - 1/2, 0), and c such that nobody expects more or less.",
        `On grids of ${others.map(({ good }) => good.environment.profiles.sizes[0]).join(", ")} points this mechanism is efficient, Bayesian IC, balanced, ex post individually rational and payoff monotone, each property audited exactly; the highest type pays ${others.map(({ difference }) => `${difference}`).join(", ")} more than under M1 where it meets the lowest.`,
      ],
    );
    trial.instead.fact(
      "for all types of [0, 1] c(h) = (h - 1/2) (3h/2 - 5/4) leaves every type's expected payoff as it is",
      nobodyExpectsMore(),
      "reproduce KE-P2",
      [
        "The integral of d(t, l) over l < t is that of d(h, t) over h > t, an identity of polynomials for t > 1/2, and both are 0 for t < 1/2. The winner keeps 2h/3 + d/4 and the loser gets h/3 - d/4: the first rises with h, the second with l, and they do not cross, because h/3 + d(h, h)/2 = h/3 - (h - 1/2)(2h + 1)/8 > 0.",
      ],
    );
    if (!unique)
      trial.tell(
        "Theorem 3: M1 is not the only one. With two agents, uniform types on [0, 1] and S = theta, let the winner of type h > 1/2 keep 2h/3 + d/4 and the loser of type l get h/3 - d/4, d = (h - 1/2)(3h/2 - 5/4) - (2h - 1) max(l - 1/2, 0), and everything be as under M1 for h < 1/2: efficient, balanced, Bayesian incentive compatible, ex post individually rational and payoff monotone.",
      );
  },
};

export const privateGoodClaims: readonly Claim[] = [theorem2, proposition2];
