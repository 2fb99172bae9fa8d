import { describe, expect, test } from "vitest";
import type { Ground } from "../../src/construction/construction.js";
import { m2 } from "../../src/construction/m2.js";
import { m3 } from "../../src/construction/m3.js";
import { interimDistance } from "../../src/measure/interim-distance.js";
import { interimOutsideOptions, interimUtilities } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { auditProperty } from "../measure/audit-property.js";
import {
  expectedVcgSurplus,
  fixedEndowment,
  lowestPayoffs,
  orders,
  partnership,
  privateGood,
  quadraticPublicGood,
  rootGood,
  type Types,
  twoResidents,
} from "./divisible-goods.js";
import { lacking } from "./instances.js";

const always = ["ex post efficiency", "Bayesian IC", "ex post balance", "no subsidy"] as const;

const grids: readonly Types[] = [
  { points: 2 },
  { points: 4, placement: "equal-probability" },
  { points: 5 },
  { points: 8 },
].flatMap((grid) => [1, 2].map((power) => ({ ...grid, power }) as Types));

const residents = grids.map((types) => ({
  name: JSON.stringify(types),
  ground: twoResidents({ ...types, from: Rational.of(1, 2) }),
}));
const endowments = grids.map((types) => ({ name: JSON.stringify(types), ground: fixedEndowment(types) }));
const weights = ["0", "1/4", "1/2", "2/3", "0.9", "1"];

function monotone({ environment }: Ground, mechanism: ReturnType<typeof m2>): boolean {
  return auditProperty(environment, mechanism, "ex post payoff monotonicity").holds;
}

describe("M2 (KE Thm 5 and 6)", () => {
  test.each(residents)("is incentive compatible and balanced on a grid, whatever k: $name", ({ ground }) => {
    for (const k of weights) {
      const mechanism = m2(ground, { options: { k } });
      expect(lacking(ground.environment, mechanism, always)).toEqual([]);
      expect(lowestPayoffs(ground, mechanism).map(String)).toEqual(
        [0, 1].map(() => expectedVcgSurplus(ground).divide(Rational.of(2)).toString()),
      );
    }
  });

  test.each(residents)(
    "with k = 1 leaves no resident worse off than alone, at any profile: $name",
    ({ ground }) => {
      const mechanism = m2(ground);
      expect(lacking(ground.environment, mechanism, ["interim IR", "ex post IR"])).toEqual([]);
      expect(monotone(ground, mechanism)).toBe(true);
    },
  );

  test("with k = 0 leaves some resident worse off than alone (KE Example 3)", () => {
    const ground = twoResidents({ points: 8, from: Rational.of(1, 2) });
    const mechanism = m2(ground, { options: { k: "0" } });
    expect(lacking(ground.environment, mechanism, ["interim IR"])).toEqual([]);
    expect(auditProperty(ground.environment, mechanism, "ex post IR").violation.toNumber()).toBeGreaterThan(
      0.06,
    );
  });

  test("has a cut-off k* below 1 from which on it is ex post individually rational (KE Cor. 1)", () => {
    const ground = twoResidents({ points: 20, from: Rational.of(1, 2) });
    const good = Array.from({ length: 21 }, (_, step) => step / 20).filter(
      (k) => auditProperty(ground.environment, m2(ground, { options: { k: String(k) } }), "ex post IR").holds,
    );
    const cutOff = Math.min(...good);
    console.log(`k* on 20 points, in steps of 1/20: ${cutOff}`);
    expect(cutOff).toBeGreaterThan(0.3);
    expect(cutOff).toBeLessThan(0.8);
    expect(good.length).toBe(21 - Math.round(cutOff * 20));
  });

  test("is not ex post individually rational where E Delta >= 0 and k = 1, though KE Thm 6 says so", () => {
    // E Delta = 2 l^2 - m^2 > 0 with l the lowest type and m the mean distance from it, and most types next to l.
    for (const near of [5, 10, 20]) {
      const low = Array.from({ length: near }, (_, j) => toRational("3/4").add(Rational.of(j, 20 * near)));
      const types = [...low, toRational("7/2"), toRational("71/20")];
      const ground = quadraticPublicGood(types, [...low.map(() => 65 / near).map((w) => w * 4), 70, 70]);
      expect(expectedVcgSurplus(ground).sign).toBe(1);
      const mechanism = m2(ground);
      expect(lacking(ground.environment, mechanism, [...always, "interim IR"])).toEqual([]);
      const { violation } = auditProperty(ground.environment, mechanism, "ex post IR");
      console.log(
        `M2 with k = 1 on ${near} types near the lowest: worst ex post loss ${violation.toNumber()}`,
      );
      expect(violation.toNumber()).toBeGreaterThan(0.1);
      expect(monotone(ground, mechanism)).toBe(false);
    }
  });

  test("is M1 for a private good with k = 0, where the loser gets a lump sum that the winner's type decides", () => {
    const ground = privateGood([{ points: 6 }, { points: 6 }]);
    expect(
      lacking(ground.environment, m2(ground, { options: { k: "0" } }), [...always, "ex post IR"]),
    ).toEqual([]);
  });

  test("by its formula is balanced exactly, and approaches the exact payments", () => {
    for (const [k, power, low, high] of [
      ["1", 1, 1.6, 2.2],
      ["1", 2, 1.6, 2.2],
      ["1/2", 1, 1.6, 2.2],
      ["0", 1, 1.6, 2.2],
    ] as const) {
      const distances = (k === "1" ? [5, 10, 20, 40] : [5, 10, 20]).map((points) => {
        const ground = twoResidents({ points, power, from: Rational.of(1, 2) });
        const choice = { options: { k } };
        const formula = m2(ground, { ...choice, version: "formula" });
        if (points <= 10) {
          expect(
            lacking(ground.environment, formula, ["Bayesian IC", "ex post balance", "interim IR"]),
          ).toEqual([]);
        }
        return interimDistance(ground.environment, formula, m2(ground, choice)).distance.toNumber();
      });
      console.log(`M2 formula, k ${k}, power ${power}: ${distances}, orders ${orders(distances)}`);
      for (const order of orders(distances)) {
        expect(order).toBeGreaterThan(low);
        expect(order).toBeLessThan(high);
      }
    }
  });

  test("is incentive compatible by its formula up to O(mesh^2) on endpoint grids with k = 1/2", () => {
    const violations = [5, 10, 20, 40].map((points) => {
      const ground = twoResidents({ points, placement: "endpoint", from: Rational.of(1, 2) });
      const formula = m2(ground, { options: { k: "1/2" }, version: "formula" });
      return auditProperty(ground.environment, formula, "Bayesian IC").violation.toNumber();
    });
    console.log(`IC of M2's formula, endpoints, k 1/2: ${violations}, orders ${orders(violations)}`);
    for (const order of orders(violations)) {
      expect(order).toBeGreaterThan(1.4);
      expect(order).toBeLessThan(2.4);
    }
  });
});

describe("M2 with type-dependent outside options (KE Prop. 6)", () => {
  test("needs no side payment where outside options are symmetric", () => {
    for (const { ground } of residents) {
      const [equalised, ignored] = ["equalised", "ignored"].map((mode) =>
        m2(ground, { options: { "outside-options": mode } }),
      );
      for (let s = 0; s < ground.environment.profiles.count; s++) {
        expect(equalised.payment(0, s).toString()).toBe(ignored.payment(0, s).toString());
      }
    }
  });

  test("makes the worst-off types gain equally where only one agent has an outside option", () => {
    for (const types of grids) {
      const ground = twoResidents({ ...types, from: Rational.of(1, 2) }, "one-sided");
      const mechanism = m2(ground);
      expect(lacking(ground.environment, mechanism, [...always, "interim IR", "ex post IR"])).toEqual([]);
      const least = [0, 1].map((agent) => {
        const outside = interimOutsideOptions(ground.environment, agent);
        return interimUtilities(ground.environment, mechanism, agent)
          .map((utility, type) => utility.subtract(outside[type]))
          .reduce(Rational.minimum)
          .toString();
      });
      expect(least[0]).toBe(least[1]);
    }
  });

  test("without the side payment gives both the same, however much better one does alone", () => {
    const ground = twoResidents({ points: 5, from: Rational.of(1, 2) }, "one-sided");
    const [first, second] = lowestPayoffs(ground, m2(ground, { options: { "outside-options": "ignored" } }));
    expect(first.toString()).toBe(second.toString());
  });
});

describe("M3 (KE Thm 7)", () => {
  test.each(endowments)("is incentive compatible and balanced on a grid, whatever k: $name", ({ ground }) => {
    for (const k of weights) {
      const mechanism = m3(ground, { options: { k } });
      expect(lacking(ground.environment, mechanism, [...always, "interim IR"])).toEqual([]);
      expect(lowestPayoffs(ground, mechanism).map(String)).toEqual(
        [0, 1].map(() => expectedVcgSurplus(ground).divide(Rational.of(2)).toString()),
      );
    }
  });

  test.each(endowments)(
    "with k = 1 is ex post individually rational and payoff monotone: $name",
    ({ ground }) => {
      const mechanism = m3(ground);
      expect(lacking(ground.environment, mechanism, ["ex post IR"])).toEqual([]);
      expect(monotone(ground, mechanism)).toBe(true);
    },
  );

  test("with k = 0 is not ex post individually rational (KE Example 4)", () => {
    const ground = fixedEndowment({ points: 8 });
    const { violation } = auditProperty(
      ground.environment,
      m3(ground, { options: { k: "0" } }),
      "ex post IR",
    );
    expect(violation.toNumber()).toBeGreaterThan(0.2);
  });

  test("is what a fixed endowment needs: there M2 is not ex post individually rational, for k = 0 or 1 (KE 4.2)", () => {
    for (const ground of [fixedEndowment({ points: 16 }), rootGood({ points: 16 })]) {
      expect(lacking(ground.environment, m3(ground), ["ex post IR"])).toEqual([]);
      for (const k of ["0", "1"]) {
        const { holds } = auditProperty(ground.environment, m2(ground, { options: { k } }), "ex post IR");
        expect(holds).toBe(false);
      }
    }
  });

  test("by its formula is balanced exactly, and approaches the exact payments", () => {
    for (const [k, power] of [
      ["1", 1],
      ["1", 2],
      ["1/2", 1],
      ["0", 1],
    ] as const) {
      const distances = (k === "1" ? [5, 10, 20, 40] : [5, 10, 20]).map((points) => {
        const ground = fixedEndowment({ points, power });
        const choice = { options: { k } };
        const formula = m3(ground, { ...choice, version: "formula" });
        if (points <= 10) {
          expect(
            lacking(ground.environment, formula, ["Bayesian IC", "ex post balance", "interim IR"]),
          ).toEqual([]);
        }
        return interimDistance(ground.environment, formula, m3(ground, choice)).distance.toNumber();
      });
      console.log(`M3 formula, k ${k}, power ${power}: ${distances}, orders ${orders(distances)}`);
      for (const order of orders(distances)) {
        expect(order).toBeGreaterThan(1.6);
        expect(order).toBeLessThan(2.3);
      }
    }
  });

  test("is incentive compatible by its formula up to an error that vanishes faster than the mesh on endpoint grids", () => {
    const violations = [10, 20, 40].map((points) => {
      const ground = fixedEndowment({ points, placement: "endpoint" });
      return auditProperty(
        ground.environment,
        m3(ground, { version: "formula" }),
        "Bayesian IC",
      ).violation.toNumber();
    });
    console.log(`IC of M3's formula, endpoints: ${violations}, orders ${orders(violations)}`);
    for (const order of orders(violations)) {
      expect(order).toBeGreaterThan(1.2);
      expect(order).toBeLessThan(2.4);
    }
  });
});

describe("M2 and M3", () => {
  test("are refused with the condition that fails", () => {
    const three = partnership([{ points: 2 }, { points: 2 }, { points: 2 }]);
    expect(() => m2(three)).toThrow("M2 needs exactly two agents; this instance has 3");
    expect(() => m3(three)).toThrow("M3 needs exactly two agents; this instance has 3");
    const different = partnership([{ points: 3 }, { points: 3, power: 2 }]);
    expect(() => m2(different)).toThrow(/M2 needs identically distributed types/);
    const ground = twoResidents({ points: 2 });
    expect(() => m2(ground, { options: { k: "1.5" } })).toThrow(/k: 1.5|k: 3\/2/);
    const endpoint = fixedEndowment({ points: 3, placement: "endpoint", power: 2 });
    expect(() => m3(endpoint, { version: "formula" })).toThrow(/a positive density; it vanishes at type 0/);
  });
});
