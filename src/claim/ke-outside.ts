import { m2 } from "../construction/m2.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { publicGoods } from "./ke-families.js";
import { atEveryType, expectedVcgSurplus } from "./ke-measures.js";
import { residents, twoSizes } from "./ke-public.js";
import { lacking } from "./properties.js";
import { notApplying } from "./trial.js";

const withOutside = {
  ...publicGoods,
  about: `${publicGoods.about}, with constant outside options`,
  member: (seed: number) => {
    const random = new RandomSource(seed + 1_000_000);
    const { data } = publicGoods.member(seed)!;
    if (!("model" in data) || data.model !== "public-projects") return undefined;
    const outsideOptions = [0, 1].map(() => `${random.money(0, 2)}`);
    return example("public-projects", { ...data.parameters, outsideOptions });
  },
};

const proposition6: Claim = {
  id: "KE-P6",
  kinds: ["construction", "theorem"],
  place: "Section 5.2.1, Proposition 6",
  about: "M2 with outside options",
  says: "With outside options u_i(theta_i), M2 with k = 1 is ex post socially efficient if and only if E Delta >= sum of u_i at the types that gain least.",
  assumes:
    "Two agents, independent types of one distribution, symmetric values with increasing differences, a quantity that is chosen.",
  readings: [
    "The printed payments give both agents the side payment (u_i - u_j)/2 with the same sign, and do not balance; here one pays it to the other.",
    "With u at the reports incentives would change; what is left after v# and S# cancel is M2 with a constant side payment.",
    "Outside options of 0 are among those that are allowed.",
  ],
  async test(trial) {
    const [first, second, cost] = [Rational.of(1, 2), Rational.ZERO, Rational.of(57)];
    // -S#_-i + (u_i - u_j)/2 of the winner and v#_j - (u_j - u_i)/2 of the loser: v#_j - S#_-i is the cost.
    const sum = cost.add(first.subtract(second));
    trial.fact(
      "the printed payments cover the cost, here 57, where u_1 = 1/2 and u_2 = 0",
      sum.equals(cost),
      "reproduce KE-P6",
      [
        `The lump sums cancel, v#_j - S#_-i is the cost, and (u_i - u_j)/2 - (u_j - u_i)/2 = u_i - u_j is left: agents pay ${sum} where the first has the higher type.`,
      ],
    );
    await trial.holds(
      "only if: some type does not take part where E Delta < u_1 + u_2, in expectation",
      withOutside,
      (good, count) => {
        const { environment } = good;
        const ground = good.ground();
        const enough = expectedVcgSurplus(ground).compare(outsideTotal(good)) >= 0;
        count(`with ${enough ? "enough" : "too little"} surplus`);
        const takesPart = lacking(environment, m2(ground), ["interim IR"]) === undefined;
        return takesPart === enough ? undefined : `in which all take part is ${takesPart}`;
      },
      { each: ["with enough surplus", "with too little surplus"] },
    );
    await trial.holds("if: at every profile where E Delta >= u_1 + u_2, on grids", withOutside, (good) => {
      const ground = good.ground();
      if (expectedVcgSurplus(ground).compare(outsideTotal(good)) < 0) return notApplying;
      return lacking(good.environment, m2(ground), ["ex post IR"]);
    });
    const { findings } = atEveryType("m2", twoSizes).report();
    const holds = trial.fact(
      "if: outside options of 0, the good in two sizes of KE-M2, all types of [1, 2]",
      findings["ex post IR"].holds !== false,
      twoSizes.run("compare - m2 --continuum"),
    );
    const points = trial.quick ? 5 : 12;
    const town = residents(points);
    trial.instead.fact(
      `in Example 3, where outside options depend on types, it holds on ${points} types`,
      lacking(town.environment, m2(town.ground()), ["ex post IR", "ex post balance", "Bayesian IC"]) ===
        undefined,
      town.run("construct m2 -"),
    );
    if (!holds)
      trial.tell(
        "Proposition 6: the side payment must have opposite signs for the two, else payments miss the cost by u_i - u_j. With that mended 'only if' holds; 'if' fails as Theorem 6 does (KE-M2), already with outside options of 0.",
      );
  },
};

/** The sum of constant outside options. */
function outsideTotal({ environment }: Example): Rational {
  return Rational.sum(environment.agents.map((_, agent) => environment.outsideOption(agent, 0)));
}

export const outsideOptionClaims: readonly Claim[] = [proposition6];
