import { describe, expect, test } from "vitest";
import type { Ground } from "../../src/construction/construction.js";
import {
  firstPriceEntitlement,
  secondPriceEntitlement,
} from "../../src/construction/entitlement-auctions.js";
import { inducedMechanism, verifyEquilibrium } from "../../src/construction/game.js";
import { m1Symmetric } from "../../src/construction/m1-symmetric.js";
import { m2 } from "../../src/construction/m2.js";
import { uniformPrice } from "../../src/construction/uniform-price.js";
import { interimDistance } from "../../src/measure/interim-distance.js";
import { expectation } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { auditProperty } from "../measure/audit-property.js";
import {
  expectedVcgSurplus,
  fixedEndowment,
  lowestPayoffs,
  orders,
  partnership,
  privateGood,
  rootGood,
  type Types,
} from "./divisible-goods.js";
import { lacking } from "./instances.js";

const grounds: readonly { name: string; ground: Ground }[] = [
  { points: 2 },
  { points: 5 },
  { points: 4, placement: "equal-probability" },
].flatMap((grid) =>
  [1, 2].flatMap((power) => {
    const types = { ...grid, power } as Types;
    return [
      { name: `private good for 2, ${JSON.stringify(types)}`, ground: privateGood([types, types]) },
      { name: `one good for 3, ${JSON.stringify(types)}`, ground: partnership([types, types, types]) },
    ];
  }),
);

describe("the first-price entitlement auction with redistribution (KE 5.1, (10))", () => {
  test.each(grounds)("has M1's prices as equilibrium among the listed bids: $name", ({ ground }) => {
    const finding = verifyEquilibrium(ground.environment, firstPriceEntitlement(ground), "interim");
    expect(finding.requirements).toBeGreaterThan(0);
    expect(finding.holds).toBe(true);
  });

  test.each(grounds)("implements M1, payment by payment: $name", ({ ground }) => {
    const { environment } = ground;
    const induced = inducedMechanism(environment, firstPriceEntitlement(ground));
    const direct = m1Symmetric(ground);
    expect(
      lacking(environment, induced, ["ex post efficiency", "Bayesian IC", "ex post IR", "ex post balance"]),
    ).toEqual([]);
    for (let s = 0; s < environment.profiles.count; s++) {
      environment.agents.forEach((_, agent) => {
        expect(induced.payment(agent, s).toString()).toBe(direct.payment(agent, s).toString());
      });
    }
  });

  test("is no exact equilibrium on a grid when any bid may be made: outbidding one's own type gains O(mesh)", () => {
    const gains = [3, 6, 12].map((points) => {
      const ground = privateGood([{ points }, { points }]);
      const game = firstPriceEntitlement(ground, {}, "free");
      const { violation, worst } = verifyEquilibrium(ground.environment, game, "interim");
      expect(worst).toContain("just above");
      return violation.toNumber();
    });
    console.log(`gain from outbidding: ${gains}, orders ${orders(gains)}`);
    for (const order of orders(gains)) {
      expect(order).toBeGreaterThan(0.5);
      expect(order).toBeLessThan(1.2);
    }
  });

  test("by the formula's bids is balanced and approaches M1", () => {
    for (const power of [1, 2]) {
      const distances = [5, 10, 20].map((points) => {
        const types = { points, power };
        const ground = privateGood([types, types]);
        const induced = inducedMechanism(
          ground.environment,
          firstPriceEntitlement(ground, { version: "formula" }),
        );
        expect(lacking(ground.environment, induced, ["ex post balance", "ex post IR"])).toEqual([]);
        return interimDistance(ground.environment, induced, m1Symmetric(ground)).distance.toNumber();
      });
      for (const order of orders(distances)) expect(order).toBeGreaterThan(1.7);
    }
  });

  test("is refused where the good is not private, or bids would not rise", () => {
    expect(() => firstPriceEntitlement(fixedEndowment({ points: 2 }))).toThrow(
      /the first-price entitlement auction needs a private good/,
    );
  });
});

describe("the second-price entitlement auction (KE 5.1, Table 2)", () => {
  test.each(grounds)("has an equilibrium that gives each lowest type E Delta / n: $name", ({ ground }) => {
    const { environment } = ground;
    const game = secondPriceEntitlement(ground);
    expect(verifyEquilibrium(environment, game, "interim").holds).toBe(true);
    const induced = inducedMechanism(environment, game);
    expect(
      lacking(environment, induced, ["ex post efficiency", "Bayesian IC", "interim IR", "ex post balance"]),
    ).toEqual([]);
    const share = expectedVcgSurplus(ground).divide(Rational.of(environment.agentCount)).toString();
    expect(lowestPayoffs(ground, induced).map(String)).toEqual(environment.agents.map(() => share));
  });

  test("is M2 with k = 1 for two agents", () => {
    const ground = privateGood([{ points: 6 }, { points: 6 }]);
    const induced = inducedMechanism(ground.environment, secondPriceEntitlement(ground));
    const direct = m2(ground);
    for (let s = 0; s < ground.environment.profiles.count; s++) {
      expect(induced.payment(0, s).toString()).toBe(direct.payment(0, s).toString());
    }
  });

  test("is not ex post individually rational for a private good, where the first price is", () => {
    for (const ground of [
      privateGood([{ points: 6 }, { points: 6 }]),
      privateGood([{ points: 12 }, { points: 12 }]),
      partnership([0, 1, 2].map(() => ({ points: 8 }))),
    ]) {
      const { environment } = ground;
      const [first, second] = [firstPriceEntitlement, secondPriceEntitlement].map((auction) =>
        auditProperty(environment, inducedMechanism(environment, auction(ground)), "ex post IR"),
      );
      expect(first.holds).toBe(true);
      expect(second.holds).toBe(false);
    }
  });

  test("by the formula's bids approaches the exact payments for two and three agents", () => {
    for (const n of [2, 3]) {
      const distances = [6, 12, 24].map((points) => {
        const ground = partnership(Array.from({ length: n }, () => ({ points, power: 2 })));
        const [formula, exact] = (["formula", "exact"] as const).map((version) =>
          inducedMechanism(ground.environment, secondPriceEntitlement(ground, { version })),
        );
        expect(lacking(ground.environment, formula, ["ex post balance"])).toEqual([]);
        return interimDistance(ground.environment, formula, exact).distance.toNumber();
      });
      console.log(`second-price bids, ${n} agents: ${distances}, orders ${orders(distances)}`);
      for (const order of orders(distances)) {
        expect(order).toBeGreaterThan(0.8);
        expect(order).toBeLessThan(2.3);
      }
    }
  });
});

describe("the uniform-price auction of a divisible good (KE 5.1)", () => {
  test("takes half of what the good is worth to its buyers, and everybody gains at every profile", () => {
    for (const types of [
      { points: 3 },
      { points: 5, power: 2 },
      { points: 6, placement: "endpoint" as const },
    ]) {
      const ground = rootGood(types);
      const { environment } = ground;
      const mechanism = uniformPrice(ground);
      expect(
        lacking(environment, mechanism, ["ex post efficiency", "ex post IR", "ex post no deficit"]),
      ).toEqual([]);
      for (let s = 0; s < environment.profiles.count; s++) {
        const lottery = mechanism.lottery(s);
        if (lottery.length > 1) continue;
        const value = environment.value(0, lottery[0].outcome, s);
        expect(mechanism.payment(0, s).toString()).toBe(value.divide(Rational.of(2)).toString());
      }
    }
  });

  test("is not incentive compatible: who demands less pays less for it", () => {
    for (const points of [4, 8, 16]) {
      const ground = rootGood({ points });
      expect(
        auditProperty(ground.environment, uniformPrice(ground), "Bayesian IC").violation.toNumber(),
      ).toBeGreaterThan(0.1);
    }
  });

  test("earns more than E Delta for types in [0, 1], and less for types in [1, 2]", () => {
    const revenue = (ground: Ground) => {
      const mechanism = uniformPrice(ground);
      const paid = (s: number) => mechanism.payment(0, s).add(mechanism.payment(1, s));
      return expectation(ground.environment, paid).toNumber();
    };
    const low = rootGood({ points: 8 });
    expect(revenue(low)).toBeCloseTo(0.765, 2);
    expect(revenue(low)).toBeGreaterThan(expectedVcgSurplus(low).toNumber());
    const high = rootGood({ points: 8, from: Rational.ONE, to: Rational.of(2) });
    expect(revenue(high)).toBeLessThan(expectedVcgSurplus(high).toNumber());
  });

  test("is refused for another good", () => {
    expect(() => uniformPrice(fixedEndowment({ points: 3 }))).toThrow(
      /one unit of a good that is worth 2 theta sqrt\(x\)/,
    );
  });
});
