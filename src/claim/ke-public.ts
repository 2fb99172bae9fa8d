import { integral } from "../construction/integral.js";
import { m2 } from "../construction/m2.js";
import { m3 } from "../construction/m3.js";
import { surplusOf } from "../construction/payoff-mechanism.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { enclosedTitle, lumpSumsAt, near } from "./ke-enclosed.js";
import { publicGoods } from "./ke-families.js";
import { atEveryType, expectedVcgSurplus, fallingPayoff, formula, lowestPayoffs } from "./ke-measures.js";
import { lacking } from "./properties.js";
import { notApplying } from "./trial.js";

const INTERIM = ["ex post efficiency", "Bayesian IC", "ex post balance", "no subsidy"] as const;

/** A free small size, and a large one worth 20 types that costs 57; types of density 5/2 - t on [1, 2]. */
export const twoSizes = example("public-projects", {
  agents: 2,
  grid: {
    points: 4,
    from: 1,
    to: 2,
    distribution: { density: [{ from: 0, to: 1, coefficients: ["3/2", -1] }] },
  },
  projects: [
    { name: "small", slope: 1 },
    { name: "large", slope: 20, cost: 57 },
  ],
});

export const residents = (points: number, autarky: "own-good" | "none" = "own-good") =>
  example("two-residents", { agents: 2, grid: { points, from: "1/2" }, autarky });

const ties =
  "Where types tie the two halve the surplus; the printed payments do not balance there. For continuous types ties have no probability.";

const m2Claim: Claim = {
  id: "KE-M2",
  kinds: ["construction", "theorem"],
  place: "(8), Theorems 5 and 6, Corollary 1",
  about: "M2, where the higher type collects the surplus of a public good",
  says: "For any k M2 is balanced and Bayesian incentive compatible, and interim individually rational if and only if E Delta >= 0. For two agents and k = 1 its lump sums rise whatever the distribution, it is ex post socially efficient if and only if E Delta >= 0, and payoffs do not fall with the own type; the same from some k* < 1 on.",
  assumes:
    "Two agents, independent types of one distribution, symmetric values with increasing differences, a quantity that is chosen, outside options of 0.",
  readings: [
    ties,
    "The paper allows quantities that are not continuous; a good in two sizes is one.",
    "Theorem 5 is tested for two agents; for more see KE-n3.",
  ],
  async test(trial) {
    await trial.holds(
      "Theorem 5: balance and incentives for any k, E Delta/2 for the lowest types, interim participation iff E Delta >= 0",
      publicGoods,
      (good, count) => {
        const { environment } = good;
        const ground = good.ground();
        const surplus = expectedVcgSurplus(ground);
        const k = new RandomSource(environment.profiles.count).pick(["0", "1/4", "1/2", "3/4", "1"]);
        const mechanism = m2(ground, { options: { k } });
        count(`with E Delta ${surplus.sign < 0 ? "< 0" : ">= 0"}`);
        const half = surplus.divide(Rational.of(2));
        const other = lowestPayoffs(environment, mechanism).find((payoff) => !payoff.equals(half));
        if (other !== undefined)
          return `in which with k = ${k} a lowest type expects ${other} and not ${half}`;
        const takesPart = lacking(environment, mechanism, ["interim IR"]) === undefined;
        if (takesPart !== surplus.sign >= 0)
          return `in which all types take part is ${takesPart} and E Delta is ${surplus}`;
        return lacking(environment, mechanism, INTERIM);
      },
      { each: ["with E Delta < 0", "with E Delta >= 0"] },
    );
    const { payoff, report, interimSurplus } = atEveryType("m2", twoSizes);
    const { constants, findings } = report();
    const surplus = interimSurplus(0, 1).add(constants![0]).multiply(Rational.of(2));
    const lumpSums = [1, "5/4"].map((type) => payoff(0, type, "3/2"));
    const run = twoSizes.run("compare - m2 --continuum");
    const evidence = [
      `E Delta is ${surplus} = ${surplus.toNumber().toFixed(4)}. A loser gets the lump sum E[S(t, b) | b > t] - E[S(a, b) | a, b > t]/2: ${lumpSums[0]} at t = 1 and ${lumpSums[1]} at t = 5/4.`,
    ];
    const where =
      "a good that is free in a small size worth t and costs 57 in a large size worth 20 t, types of density 5/2 - t on [1, 2]";
    trial.fact(
      `Theorem 6 (i) and (iii), ${where}: the lump sum, which is what the loser gets, is no less at 5/4 than at 1`,
      lumpSums[1].compare(lumpSums[0]) >= 0,
      run,
      evidence,
    );
    const participates = trial.fact(
      `Theorem 6 (ii), the same: E Delta >= 0, and nobody loses at any profile`,
      !(surplus.sign >= 0 && findings["ex post IR"].holds === false),
      run,
    );
    trial.instead.fact(
      "there M2 is Bayesian incentive compatible and balanced, and no type loses in expectation, proved for all types",
      (["Bayesian IC", "ex post balance", "interim IR"] as const).every(
        (property) => findings[property].holds === true,
      ),
      run,
    );
    const onGrids = (
      what: string,
      fails: (good: Example, mechanism: ReturnType<typeof m2>) => string | undefined,
    ) =>
      trial.holds(what, publicGoods, (good) => {
        const ground = good.ground();
        return expectedVcgSurplus(ground).sign < 0 ? notApplying : fails(good, m2(ground));
      });
    await onGrids("Theorem 6 (ii) on grids, k = 1", ({ environment }, mechanism) =>
      lacking(environment, mechanism, ["ex post IR"]),
    );
    await onGrids("Theorem 6 (iii) on grids, k = 1", ({ environment }, mechanism) =>
      fallingPayoff(environment, mechanism),
    );
    const points = trial.quick ? 6 : 16;
    const town = residents(points);
    const weights = Array.from({ length: 11 }, (_, step) => `${Rational.of(step, 10)}`);
    const ground = town.ground();
    const good = weights.filter(
      (k) => lacking(town.environment, m2(ground, { options: { k } }), ["ex post IR"]) === undefined,
    );
    const last = weights.slice(weights.length - good.length);
    trial.fact(
      `Corollary 1, Example 3 on ${points} types: M2 is ex post individually rational for all k from some k* < 1 on, in steps of 1/10`,
      good.length > 1 && good.every((k, i) => k === last[i]),
      town.run("construct m2 - --set k=1"),
      [`It is for k = ${good.join(", ")}, and for no other.`],
    );
    if (!participates)
      trial.tell(
        `Theorem 6: beta <= S/2 with equality at the top does not give beta' >= S'/2, and beta need not rise or be positive. With types of density 5/2 - t on [1, 2] and a good that is free in a small size worth t and costs 57 in a large one worth 20 t, E Delta = ${surplus} > 0, while beta(1) = ${lumpSums[0]} and beta(5/4) = ${lumpSums[1]}: the loser of type 5/4 is charged. In Example 3 it holds.`,
      );
  },
};

const example3: Claim = {
  id: "KE-X3",
  kinds: ["figure"],
  place: "Example 3",
  about: "two residents who build together or alone",
  says: "The best size is T/(c + T), S = T^2/(c + T) for the sum T of types; E Delta = 4 (6 ln 5 - 9 ln 2 - 3 ln 3) = 0.490 > 2 u(lowest) = 1/3; beta^1 and beta^0 in closed form; M2 with k = 1 is ex post individually rational and rises, M2 with k = 0 and M3 with k = 0 are not ex post individually rational, the latter being so only for outside options of 0.",
  assumes: "Types uniform on [1/2, 1], v = theta (2x - x^2), cost x^2.",
  async test(trial) {
    const points = trial.quick ? 6 : 12;
    const town = residents(points);
    const { environment } = town;
    const surplus = surplusOf(town.ground());
    const sumOfTypes = (s: number) =>
      Rational.sum(
        environment.profiles.typesOf(s).map((type, agent) => toRational(environment.typeLabel(agent, type))),
      );
    trial.fact(
      `S = T^2/(1 + T), ${points} types: what the size T/(1 + T) leaves, and no other of the sizes leaves more`,
      Array.from({ length: environment.profiles.count }, (_, s) => s).every((s) => {
        const total = sumOfTypes(s);
        return surplus(s).equals(total.multiply(total).divide(total.add(Rational.ONE)));
      }),
      town.run("show -"),
    );
    const alone = residents(4, "none");
    const { expectedSurplus, payoff } = enclosedTitle(alone, "highest");
    const run = alone.run("compare - m2 --continuum");
    const vcg = 4 * (6 * Math.log(5) - 9 * Math.log(2) - 3 * Math.log(3));
    trial.figure("E Delta", formula("4 (6 ln 5 - 9 ln 2 - 3 ln 3)", vcg), expectedSurplus("1/2"), run);
    trial.figure("E Delta in decimals", "0.490", expectedSurplus("1/2"), run);
    const ends = example("two-residents", {
      agents: 2,
      grid: { points: 3, from: "1/2", placement: "endpoint" },
    });
    const lowest = ends.environment.outsideOption(0, 0);
    trial.figure("2 u(lowest)", "1/3", lowest.add(lowest), ends.run("show -"));
    const h = (t: number) => integral((z) => 1 - (1 + t + z) ** -2, t, 1);
    const at = [0.5, 0.6, 0.75, 0.9];
    trial.fact(
      "h as printed, at 1/2, 3/5, 3/4 and 9/10 to eight digits",
      at.every((t) => near(h(t), 1 - t - 1 / (1 + 2 * t) + 1 / (2 + t))),
      "reproduce KE-X3",
    );
    const beta1 = (t: number) =>
      -(1 + (t * (5 - 2 * t) - 4) * t + Math.log(27) - 6 * Math.log(t + 2) + 3 * Math.log(1 + 2 * t)) /
      (2 * (1 - t) ** 2);
    for (const type of ["1/2", "3/5", "3/4"])
      trial.figure(
        `beta^1(${type})`,
        formula("the closed form", beta1(toRational(type).toNumber())),
        payoff("1", type),
        run,
      );
    trial.fact(
      "beta^1 as printed, at the same types to eight digits by quadrature of (8)",
      lumpSumsAt(alone, "highest", 1, at).every((value, k) => near(value, beta1(at[k]))),
      "reproduce KE-X3",
    );
    const beta0 = (t: number) =>
      (2 *
        (-3 / 8 +
          2 * t -
          (7 / 2) * t ** 2 +
          2 * t ** 3 -
          Math.log(3125 / 128) +
          5 * Math.log(2 + t) -
          2 * Math.log(1 + 2 * t))) /
      (1 - 2 * t) ** 2;
    const above = [0.6, 0.75, 0.9, 1];
    trial.fact(
      "beta^0 as printed, at 3/5, 3/4, 9/10 and 1 to eight digits by quadrature of (8)",
      lumpSumsAt(alone, "highest", 0, above).every((value, k) => near(value, beta0(above[k]))),
      "reproduce KE-X3",
    );
    const ground = town.ground();
    const participation = (mechanism: ReturnType<typeof m2>) =>
      lacking(environment, mechanism, ["ex post IR"]);
    const one = m2(ground);
    trial.fact(
      `M2 with k = 1 is ex post individually rational and payoffs do not fall, ${points} types`,
      participation(one) === undefined && fallingPayoff(environment, one) === undefined,
      town.run("construct m2 -"),
    );
    for (const [name, mechanism] of [
      ["M2", m2(ground, { options: { k: "0" } })],
      ["M3", m3(ground, { options: { k: "0" } })],
    ] as const) {
      const fault = participation(mechanism);
      trial.fact(
        `${name} with k = 0 is not ex post individually rational, ${points} types`,
        fault !== undefined,
        town.run(`construct ${name.toLowerCase()} - --set k=0`),
        fault === undefined ? [] : [`It is one ${fault}.`],
      );
    }
    const types = [0.5, 0.6, 0.75, 0.9];
    trial.fact(
      "M3's lump sum with k = 0 lies between 0 and S(theta, theta), at 1/2, 3/5, 3/4 and 9/10",
      lumpSumsAt(alone, "lowest", 0, types).every(
        (value, k) => value >= 0 && value <= (4 * types[k] ** 2) / (1 + 2 * types[k]),
      ),
      "reproduce KE-X3",
    );
    await trial.verdict(
      "the residents can cooperate at every profile, all types of [1/2, 1]",
      "possible",
      residents(4),
      { ir: "ex-post" },
      { continuous: true, cells: 12 },
    );
  },
};

export const publicGoodClaims: readonly Claim[] = [m2Claim, example3];
