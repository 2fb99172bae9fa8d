import { describe, expect, test } from "vitest";
import type { Ground } from "../../src/construction/construction.js";
import { m1Asymmetric, systemPrices } from "../../src/construction/m1-asymmetric.js";
import { m1Symmetric } from "../../src/construction/m1-symmetric.js";
import { closedFormPrices, m1TwoAgents } from "../../src/construction/m1-two-agents.js";
import { continuousGround } from "../../src/construction/numeric-types.js";
import { vcg } from "../../src/construction/vcg.js";
import { interimDistance } from "../../src/measure/interim-distance.js";
import { interimPayments } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { auditProperty } from "../measure/audit-property.js";
import {
  expectedVcgSurplus,
  listedGood,
  lowestPayoffs,
  orders,
  partnership,
  privateGood,
  type Types,
  twoResidents,
} from "./divisible-goods.js";
import { lacking } from "./instances.js";

const promised = [
  "ex post efficiency",
  "Bayesian IC",
  "interim IR",
  "ex post IR",
  "ex post balance",
  "no subsidy",
] as const;

const grids: readonly Types[] = [
  { points: 2 },
  { points: 5, placement: "endpoint" },
  { points: 7 },
  { points: 4, placement: "equal-probability" },
];

/** Two and three agents, four grids, two distributions, ties broken all three ways. */
const symmetric: readonly { name: string; ground: Ground }[] = grids.flatMap((grid, g) =>
  [1, 2].flatMap((power) =>
    ([2, 3] as const).map((n) => {
      const ties = (["first", "last", "lottery"] as const)[(g + power + n) % 3];
      const types = Array.from({ length: n }, () => ({ ...grid, power }));
      const ground = n === 2 ? privateGood(types, ties) : partnership(types, ties);
      return { name: `${n} agents, ${JSON.stringify(grid)}, power ${power}, ties ${ties}`, ground };
    }),
  ),
);

/** Agents whose distributions differ. */
const asymmetric: readonly { name: string; ground: Ground }[] = grids.flatMap(({ points, placement }) =>
  [
    [1, 3],
    [2, 1, 4],
  ].map((powers) => {
    // Points of equal probability would differ between the agents.
    const common = placement === "equal-probability" ? "midpoint" : placement;
    const types = powers.map((power) => ({ points, placement: common, power }));
    return {
      name: `powers ${powers}, ${points} ${common ?? "midpoint"} points`,
      ground: powers.length === 2 ? privateGood(types) : partnership(types, "first"),
    };
  }),
);

describe("M1 with identically distributed types (KE Thm 2)", () => {
  test.each(symmetric)("is exactly ex post socially efficient on a grid: $name", ({ ground }) => {
    expect(lacking(ground.environment, m1Symmetric(ground), promised)).toEqual([]);
  });

  test.each(symmetric)("gives every lowest type E Delta / n (KE Lemma 3): $name", ({ ground }) => {
    const share = expectedVcgSurplus(ground).divide(Rational.of(ground.environment.agentCount));
    expect(lowestPayoffs(ground, m1Symmetric(ground)).map(String)).toEqual(
      ground.environment.agents.map(() => share.toString()),
    );
  });

  test("has the interim payments of VCG up to a constant", () => {
    for (const { ground } of symmetric) {
      const [ours, theirs] = [m1Symmetric(ground), vcg(ground)].map((mechanism) =>
        interimPayments(ground.environment, mechanism, 1),
      );
      const differences = ours.map((payment, type) => payment.subtract(theirs[type]).toString());
      expect(new Set(differences).size).toBe(1);
    }
  });

  test("pays the loser 5/64 where types 1/4 and 3/4 are worth 1/32 and 9/32", () => {
    // From the low to the high type, VCG's interim payment rises by (1/32 + 9/32)/4; that is M1's price here.
    const ground = privateGood([{ points: 2 }, { points: 2 }]);
    const received = m1Symmetric(ground)
      .payment(0, ground.environment.profiles.profileOf([0, 1]))
      .negate();
    expect(received.toString()).toBe("5/64");
  });

  test.each(symmetric)(
    "is ex post payoff monotone with power distributions (KE Prop. 2): $name",
    ({ ground }) => {
      const finding = auditProperty(ground.environment, m1Symmetric(ground), "ex post payoff monotonicity");
      expect(finding.requirements).toBeGreaterThan(0);
      expect(finding.holds).toBe(true);
    },
  );

  test("is not ex post payoff monotone for every distribution, though KE Prop. 2 says so", () => {
    // Almost everybody is worth nothing or 11, so that the price jumps between 10 and 11 by more than 1.
    const good = listedGood(["0", "10", "11"], [10, 1, 9]);
    const finding = auditProperty(good.environment, m1Symmetric(good), "ex post payoff monotonicity");
    expect(finding.holds).toBe(false);
    expect(finding.worst).toContain("11");
    expect(lacking(good.environment, m1Symmetric(good), promised)).toEqual([]);
  });

  test("by its formula is balanced exactly, incentive compatible, and approaches the exact payments", () => {
    for (const [placement, low, high] of [
      ["midpoint", 1.8, 2.2],
      ["endpoint", 0.7, 1.3],
    ] as const) {
      for (const power of [1, 2]) {
        const distances = [10, 20, 40, 80].map((points) => {
          const types = { points, placement, power };
          const ground = privateGood([types, types]);
          const formula = m1Symmetric(ground, { version: "formula" });
          if (points <= 20)
            expect(
              lacking(ground.environment, formula, ["Bayesian IC", "ex post IR", "ex post balance"]),
            ).toEqual([]);
          return interimDistance(ground.environment, formula, m1Symmetric(ground)).distance.toNumber();
        });
        console.log(`M1 formula, ${placement}, power ${power}: ${distances}, orders ${orders(distances)}`);
        for (const order of orders(distances)) {
          expect(order).toBeGreaterThan(low);
          expect(order).toBeLessThan(high);
        }
      }
    }
  });

  test("is refused with the condition that fails", () => {
    expect(() => m1Symmetric(privateGood([{ points: 2 }, { points: 2, power: 2 }]))).toThrow(
      /M1 needs identically distributed types; agent 1 1\/4|M1 needs identically distributed types; agent 1 0.25/,
    );
    expect(() => m1Symmetric(twoResidents({ points: 2 }))).toThrow(/M1 needs a private good/);
    const { environment, rule } = privateGood([{ points: 2 }, { points: 2 }]);
    expect(() => m1Symmetric({ environment, rule }, { version: "formula" })).toThrow(/grid only/);
  });
});

describe("M1 with different distributions (KE Prop. 4 and 5)", () => {
  test.each(asymmetric)("is exactly ex post socially efficient on a grid: $name", ({ ground }) => {
    expect(lacking(ground.environment, m1Asymmetric(ground), promised)).toEqual([]);
  });

  test.each(asymmetric)("gives the lowest types E Delta together (KE Prop. 4 (ii)): $name", ({ ground }) => {
    expect(Rational.sum(lowestPayoffs(ground, m1Asymmetric(ground))).toString()).toBe(
      expectedVcgSurplus(ground).toString(),
    );
  });

  test.each(symmetric)("is M1 itself where types are identically distributed: $name", ({ ground }) => {
    const { environment } = ground;
    const [general, special] = [m1Asymmetric(ground), m1Symmetric(ground)];
    for (let s = 0; s < environment.profiles.count; s++) {
      environment.agents.forEach((_, agent) => {
        expect(general.payment(agent, s).toString()).toBe(special.payment(agent, s).toString());
      });
    }
  });

  test("has the same prices by the closed form (7) as by the system (6)", () => {
    for (const [points, powers] of [
      [10, [1, 3]],
      [20, [2, 0.5]],
      [40, [1.5, 1]],
    ] as const) {
      const ground = continuousGround(
        "M1",
        privateGood(powers.map((power) => ({ points, power: power * 2 }))),
      );
      const [system, closed] = [systemPrices(ground), closedFormPrices(ground)];
      const gap = Math.max(...system.flat().map((price, k) => Math.abs(price - closed.flat()[k])));
      console.log(`(6) against (7), ${points} points, powers ${powers.map((p) => 2 * p)}: ${gap}`);
      expect(gap).toBeLessThan(1e-9);
    }
  });

  test("has prices a_j / (a_i + a_j + gamma) S(theta) with power distributions (KE Example 2, whose 1/gamma is missing)", () => {
    const ground = continuousGround("M1", privateGood([{ points: 10 }, { points: 10, power: 3 }]));
    const prices = systemPrices(ground);
    ground.points[0].forEach((type, k) => {
      const surplus = type ** 2 / 2;
      expect(prices[0][k]).toBeCloseTo((3 / (1 + 3 + 2)) * surplus, 10);
      expect(prices[1][k]).toBeCloseTo((1 / (1 + 3 + 2)) * surplus, 10);
    });
  });

  test("has prices that sum to (n-1) E[S | nobody above theta] (KE (13)) for three agents", () => {
    const ground = continuousGround("M1", partnership([1, 2, 4].map((power) => ({ points: 8, power }))));
    const prices = systemPrices(ground);
    ground.points[0].forEach((type, k) => {
      const total = prices[0][k] + prices[1][k] + prices[2][k];
      expect(total).toBeCloseTo(2 * (7 / 8) * type, 9);
    });
  });

  test("starts at (n-1)/n S(lowest), where the lowest type wins as gladly as it loses, and not at S(lowest)/n", () => {
    const types = [1, 2, 4].map((power) => ({
      points: 3,
      placement: "endpoint" as const,
      power,
      from: Rational.ONE,
      to: Rational.of(2),
    }));
    const prices = systemPrices(continuousGround("M1", partnership(types)));
    for (const own of prices) expect(own[0]).toBeCloseTo(2 / 3, 9);
  });

  test("by its formula is balanced exactly, incentive compatible, and approaches the exact payments", () => {
    for (const powers of [
      [1, 3],
      [2, 1],
    ]) {
      const distances = [10, 20, 40, 80].map((points) => {
        const ground = privateGood(powers.map((power) => ({ points, power })));
        const formula = m1Asymmetric(ground, { version: "formula" });
        if (points <= 20)
          expect(
            lacking(ground.environment, formula, ["Bayesian IC", "ex post IR", "ex post balance"]),
          ).toEqual([]);
        return interimDistance(ground.environment, formula, m1Asymmetric(ground)).distance.toNumber();
      });
      console.log(`asymmetric M1 formula, powers ${powers}: ${distances}, orders ${orders(distances)}`);
      for (const order of orders(distances)) {
        expect(order).toBeGreaterThan(1.4);
        expect(order).toBeLessThan(2.2);
      }
    }
  });

  test("is incentive compatible by its formula up to O(mesh) on grids whose points differ between agents", () => {
    for (const build of [m1TwoAgents, (ground: Ground) => m1Asymmetric(ground, { version: "formula" })]) {
      const violations = [10, 20, 40, 80].map((points) => {
        const ground = partnership(
          [1, 3].map((power) => ({ points, power, placement: "equal-probability" })),
        );
        const mechanism = build(ground);
        expect(lacking(ground.environment, mechanism, ["ex post IR", "ex post balance"])).toEqual([]);
        return auditProperty(ground.environment, mechanism, "Bayesian IC").violation.toNumber();
      });
      console.log(`IC of asymmetric M1 on different points: ${violations}, orders ${orders(violations)}`);
      for (const order of orders(violations)) {
        expect(order).toBeGreaterThan(0.7);
        expect(order).toBeLessThan(2.2);
      }
    }
    const different = partnership(
      [1, 3].map((power) => ({ points: 4, power, placement: "equal-probability" })),
    );
    expect(() => m1Asymmetric(different)).toThrow(/M1 needs a private good/);
  });

  test("is refused in closed form for three agents", () => {
    expect(() => m1TwoAgents(partnership([{ points: 2 }, { points: 2 }, { points: 2 }]))).toThrow(
      "M1 in closed form needs exactly two agents; this instance has 3",
    );
  });
});
