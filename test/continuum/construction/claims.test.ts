import { describe, expect, test } from "vitest";
import { privateGoodProduction } from "../../../models/index.js";
import { formulaLumpSums } from "../../../src/construction/lump-sum.js";
import { formulaPrices } from "../../../src/construction/m1-symmetric.js";
import { closedFormPrices } from "../../../src/construction/m1-two-agents.js";
import type { ContinuousGround } from "../../../src/construction/numeric-types.js";
import { formulaSecondPriceBids } from "../../../src/construction/second-price-bids.js";
import { largest } from "../../../src/continuum/construction/expression.js";
import { continuousReport } from "../../../src/continuum/construction/findings.js";
import { ConstructionGround } from "../../../src/continuum/construction/ground.js";
import { integralOfLargest } from "../../../src/continuum/construction/interim-surplus.js";
import { continuousConstructions } from "../../../src/continuum/construction/registry.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import { auction, environmentOf, line, number, partnership, rising, uniform } from "./environments.js";
import { integralOver } from "./integrals.js";

function built(name: string, environment: ContinuousEnvironment) {
  const ground = new ConstructionGround(environment);
  const mechanism = continuousConstructions.find((construction) => construction.name === name)!.build(ground);
  return {
    ground,
    mechanism,
    payoff: (agent: number, ...types: (number | string)[]) => mechanism.payoffs[agent].at(types.map(number))!,
  };
}

/** A good for two in three sizes: nothing would be less than the small one, which is free; the large one is worth 20 types and costs 57. */
const falling = line(1, 2, "5/2", -1);
const twoSizes = (density: PiecewisePolynomial) =>
  environmentOf(
    "a good in two sizes",
    [
      ["ann", density],
      ["bob", density],
    ],
    [
      ["small", [1, 1]],
      ["large", [20, 20], 57],
    ],
  );

describe("Ke, Theorem 6 (M2 with k = 1 is ex post individually rational whenever VCG runs an expected surplus)", () => {
  test("is refuted by the density 5/2 - t on [1, 2] and a good in two sizes: lump sums fall below zero", () => {
    const { ground, mechanism, payoff } = built("m2", twoSizes(falling));
    const report = continuousReport(ground, mechanism);
    // E Delta / 2 is what the lowest type expects, and it is positive.
    const lowest = ground.interimSurplus(0).at(number(1)).add(report.constants![0]);
    expect(lowest.sign).toBe(1);
    expect(report.findings["interim IR"].holds).toBe(true);
    expect(report.findings["Bayesian IC"]).toEqual({ holds: true, by: "payoff equivalence" });
    expect(report.findings["ex post IR"]).toMatchObject({ holds: false });
    // The loser's lump sum: not monotone either, as (i) says without restriction on the distribution.
    expect(String(payoff(0, "5/4", "3/2"))).toBe("-2111/13230");
    expect(payoff(0, 1, "3/2").sign).toBe(1);
    // (ii)'s bound S/2 from above does hold, so a higher type that loses to none is not what fails.
    expect(payoff(1, "5/4", "3/2").sign).toBe(1);
  });

  test("whose lump sums are E[S(t, b) | b > t] less half of E[S(a, b) | a, b > t]", () => {
    const { ground, payoff } = built("m2", twoSizes(falling));
    for (const type of ["1", "9/8", "5/4", "3/2", "7/4"].map(number)) {
      const above = Rational.ONE.subtract(falling.antiderivative().at(type));
      const box = ground.box.map(({ to }) => ({ from: type, to }));
      const both = integralOver(largest(ground.welfare), ground, box)!.divide(above.multiply(above));
      const own = integralOfLargest(ground.welfare, ground.densities, 0, 1, "above").at(type).divide(above);
      expect(String(payoff(0, type.toString(), 2))).toBe(String(own.subtract(both.divide(Rational.of(2)))));
    }
  });
});

describe("a good made to measure, worth t^2/2 to its owner (Ke, Examples 1 and 2)", () => {
  const made = (...distributions: ("uniform" | { power: number })[]) =>
    privateGoodProduction({
      grids: distributions.map((distribution) => ({ points: 4, distribution })),
    }).continuous!();

  test("M1 leaves the winner 3/8 of its type squared and the loser 1/8 of the winner's, and settles what is asked", () => {
    const { payoff, ground, mechanism } = built("m1", made("uniform", "uniform"));
    expect([payoff(0, "2/3", "1/2"), payoff(1, "2/3", "1/2")].map(String)).toEqual(["1/6", "1/18"]);
    const { findings, constants } = continuousReport(ground, mechanism);
    expect(Object.entries(findings).flatMap(([property, { holds }]) => (holds ? [] : [property]))).toEqual([
      "ex post IC",
    ]);
    // E Delta / 2 = E S(lower) / 2 = 1/24 is what the lowest type expects; E[S | 0] = 1/6.
    expect(constants!.map(String)).toEqual(["-1/8", "-1/8"]);
  });

  test("with F = t and F = t^2 prices are a_j / (a_i + a_j + gamma) of t^2 / 2, which the paper prints without the half", () => {
    const { payoff } = built("m1-two-agents", made("uniform", { power: 2 }));
    // Prices 2/5 and 1/5 of 1/2; the loser gets them.
    expect([payoff(0, 1, "1/2"), payoff(1, 1, "1/2")].map(String)).toEqual(["3/10", "1/5"]);
    expect([payoff(0, "1/2", 1), payoff(1, "1/2", 1)].map(String)).toEqual(["1/10", "2/5"]);
  });

  test("VCG is not covered there, and is told with the reason", () => {
    expect(() => built("vcg", made("uniform", "uniform"))).toThrow(/^there is a continuum of outcomes/);
  });
});

describe("Ke, Proposition 2 (the payoff of M1's winner rises with its type)", () => {
  test("is refuted by two bidders of whom a quarter is spread over [0, 1/2] and the rest over [1/2, 3/4]", () => {
    const density = new PiecewisePolynomial(
      [0, "1/2", "3/4"].map(number),
      ["1/2", 3].map((level) => Polynomial.constant(number(level))),
    );
    const { payoff, ground, mechanism } = built("m1", auction(2, density));
    expect([payoff(0, "1/2", 0), payoff(0, "9/16", 0)].map(String)).toEqual(["1/3", "193/588"]);
    expect(payoff(0, "9/16", 0).compare(payoff(0, "1/2", 0))).toBe(-1);
    // It remains what Theorem 2 says: Bayesian IC, balanced and ex post individually rational.
    const { findings } = continuousReport(ground, mechanism);
    for (const property of ["Bayesian IC", "ex post balance", "ex post IR"] as const)
      expect(findings[property].holds).toBe(true);
  });
});

describe("what the papers' formulas give in doubles is what is built exactly", () => {
  const types = ["1/8", "1/3", "3/4", "1"];
  const highest: ContinuousGround["surplus"] = {
    total: (profile) => Math.max(...profile),
    marginal: (agent, profile) => (profile[agent] === Math.max(...profile) ? 1 : 0),
  };
  const linear = line(0, 1, "1/2", 1);

  test.each([uniform, rising, linear])("M1's prices, Ke (4)", (density) => {
    const { payoff } = built("m1", auction(3, density));
    const prices = formulaPrices(inDoubles([density, density, density], highest, types));
    types.forEach((type, k) => {
      expect(prices[k]).toBeCloseTo(
        number(type)
          .subtract(payoff(0, type, 0, "1/100"))
          .toNumber(),
        7,
      );
    });
  });

  test("M1's prices for two, Ke (7)", () => {
    const { payoff } = built("m1-asymmetric", partnership([0, 0], [uniform, rising]));
    const prices = closedFormPrices(inDoubles([uniform, rising], highest, types));
    types.forEach((type, k) => {
      expect(prices[0][k]).toBeCloseTo(
        number(type)
          .subtract(payoff(0, type, 0))
          .toNumber(),
        7,
      );
      expect(prices[1][k]).toBeCloseTo(
        number(type)
          .subtract(payoff(1, 0, type))
          .toNumber(),
        7,
      );
    });
  });

  test.each([uniform, rising, linear])("bids at the second price, Ke 5.1", (density) => {
    const { payoff } = built("second-price-entitlement", auction(2, density));
    const bids = formulaSecondPriceBids(inDoubles([density, density], highest, types));
    // Where the other wins, the own bid is what it pays.
    types.slice(0, -1).forEach((type, k) => {
      expect(bids[k]).toBeCloseTo(payoff(0, type, 1).toNumber(), 7);
    });
  });

  test("lump sums of M2 and M3, Ke (8) and (9)", () => {
    for (const [name, title] of [
      ["m2", "highest"],
      ["m3", "lowest"],
    ] as const) {
      const { payoff } = built(name, auction(2, linear));
      const sums = formulaLumpSums(inDoubles([linear, linear], highest, types), title, 1);
      types.slice(0, -1).forEach((type, k) => {
        expect(sums[k]).toBeCloseTo(payoff(0, type, title === "highest" ? 1 : "1/100").toNumber(), 5);
      });
    }
  });
});

/** The same in doubles, for the formulas of grids. */
function inDoubles(
  densities: readonly PiecewisePolynomial[],
  surplus: ContinuousGround["surplus"],
  types: readonly string[],
): ContinuousGround {
  return {
    surplus,
    points: densities.map(() => types.map((type) => number(type).toNumber())),
    agents: densities.map((density) => {
      const distribution = density.antiderivative();
      const at = (of: PiecewisePolynomial) => (type: number) => of.at(Rational.fromDouble(type)).toNumber();
      const [from, to] = [density.from.toNumber(), density.to.toNumber()];
      return {
        from,
        to,
        density: at(density),
        distribution: at(distribution),
        quantile: (share: number) => (share <= 0 ? from : share >= 1 ? to : Number.NaN),
      };
    }),
  };
}
