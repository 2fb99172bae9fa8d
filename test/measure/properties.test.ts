import { describe, expect, test } from "vitest";
import { certain, type Lottery } from "../../src/environment/lottery.js";
import { audit } from "../../src/kernel/finding.js";
import type { ReportedProperty } from "../../src/measure/reported.js";
import { type Mechanism, tableMechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { requirements } from "../../src/question/requirement.js";
import { film, filmWith, vector } from "../environment/hand-made.js";
import { outUnlessBothLow, priced } from "../mechanism/hand-made.js";
import { auditProperty } from "./audit-property.js";

// The film is worth 1 or 4 to ann and 2 or 3 to bob, who keeps 1/2 by staying out, and it costs 4. The rule goes unless
// both are low: with probabilities 1/12 (low, low), 1/6 (low, high), 1/4 (high, low) and 1/2 (high, high).
const environment = filmWith();

const halves = priced([0, 2, 2, 2], [0, 2, 2, 2]);
const ownValues = priced([0, 1, 4, 4], [0, 3, 2, 3]);
const subsidised = priced([0, 1, 1, 1], [0, 1, 1, 1], [0, 2, 2, 2]);

function found(mechanism: Mechanism, property: ReportedProperty, where = environment): string {
  const { holds, violation, worst } = auditProperty(where, mechanism, property);
  expect(violation.isZero).toBe(holds);
  return holds ? "holds" : `${violation}: ${worst}`;
}

const sections: [
  string,
  Mechanism,
  Record<Exclude<ReportedProperty, "lotteries" | "ex post payoff monotonicity">, string>,
][] = [
  [
    "halves of the cost make the truth dominant, but a low ann pays 2 for what is worth 1 to her",
    halves,
    {
      "ex post efficiency": "holds",
      "Bayesian IC": "holds",
      "ex post IC": "holds",
      "dominant-strategy IC": "holds",
      "ex ante IR": "holds",
      "interim IR": "2/3: participation of ann low",
      "ex post IR": "1: participation of ann at ann low, bob high",
      "ex ante balance": "holds",
      "ex post balance": "holds",
      "ex ante no deficit": "holds",
      "ex post no deficit": "holds",
      "subsidy not negative": "holds",
      "no subsidy": "holds",
    },
  ],
  [
    "whoever pays its own value understates it, and bob would rather stay out",
    ownValues,
    {
      "ex post efficiency": "holds",
      "Bayesian IC": "2: IC of ann high against reporting low",
      "ex post IC": "3: IC of ann high facing bob high against reporting low",
      "dominant-strategy IC": "3: IC of ann high facing bob high against reporting low",
      "ex ante IR": "1/2: participation of bob before its type is known",
      "interim IR": "1/2: participation of bob low",
      "ex post IR": "1/2: participation of bob at ann low, bob low",
      "ex ante balance": "2: budget in expectation",
      "ex post balance": "3: budget at ann high, bob high",
      "ex ante no deficit": "holds",
      "ex post no deficit": "holds",
      "subsidy not negative": "holds",
      "no subsidy": "holds",
    },
  ],
  [
    "with half the cost from outside nobody loses in expectation, and a low bob calls himself high to be taken out",
    subsidised,
    {
      "ex post efficiency": "holds",
      "Bayesian IC": "1/4: IC of bob low against reporting high",
      "ex post IC": "1: IC of bob low facing ann low against reporting high",
      "dominant-strategy IC": "1: IC of bob low facing ann low against reporting high",
      "ex ante IR": "holds",
      "interim IR": "holds",
      "ex post IR": "1/2: participation of bob at ann low, bob low",
      "ex ante balance": "holds",
      "ex post balance": "holds",
      "ex ante no deficit": "holds",
      "ex post no deficit": "holds",
      "subsidy not negative": "holds",
      "no subsidy": "2: no subsidy at ann low, bob high",
    },
  ],
  [
    "the same payments without the outside money leave a deficit, and money that is given away no better",
    priced([0, 1, 1, 1], [0, 1, 1, 1], [-1, 0, 0, 0]),
    {
      "ex post efficiency": "holds",
      "Bayesian IC": "1/4: IC of bob low against reporting high",
      "ex post IC": "1: IC of bob low facing ann low against reporting high",
      "dominant-strategy IC": "1: IC of bob low facing ann low against reporting high",
      "ex ante IR": "holds",
      "interim IR": "holds",
      "ex post IR": "1/2: participation of bob at ann low, bob low",
      // 11/12 * 2 + 1/12
      "ex ante balance": "23/12: budget in expectation",
      "ex post balance": "2: budget at ann low, bob high",
      "ex ante no deficit": "23/12: budget in expectation",
      "ex post no deficit": "2: budget at ann low, bob high",
      "subsidy not negative": "1: a subsidy that is not negative at ann low, bob low",
      "no subsidy": "1: no subsidy at ann low, bob low",
    },
  ],
  [
    "payments that bet on the other's report keep Bayesian incentives and destroy those ex post",
    priced([0, 2, 5, "1/2"], [0, 2, 2, 2]),
    {
      "ex post efficiency": "holds",
      "Bayesian IC": "holds",
      "ex post IC": "3/2: IC of ann low facing bob high against reporting high",
      "dominant-strategy IC": "3/2: IC of ann low facing bob high against reporting high",
      "ex ante IR": "holds",
      "interim IR": "2/3: participation of ann low",
      "ex post IR": "1: participation of ann at ann low, bob high",
      "ex ante balance": "holds",
      "ex post balance": "3: budget at ann high, bob low",
      "ex ante no deficit": "holds",
      "ex post no deficit": "3/2: budget at ann high, bob high",
      "subsidy not negative": "holds",
      "no subsidy": "holds",
    },
  ],
];

describe.each(sections)("%s", (_, mechanism, expected) => {
  test("each property holds or fails by its definition, by so much and there", () => {
    const names = Object.keys(expected) as (keyof typeof expected)[];
    expect(Object.fromEntries(names.map((name) => [name, found(mechanism, name)]))).toEqual(expected);
    expect([...names].sort()).toEqual(["ex post efficiency", ...Object.keys(requirements)].sort());
  });
});

test("as many requirements are counted as the definition has, and those that bind exactly", () => {
  const counted = (name: ReportedProperty) => {
    const { requirements, binding } = auditProperty(environment, halves, name);
    return [requirements, binding];
  };
  // Only a low bob is indifferent: 2 - 2 whether or not the film is seen.
  expect(counted("Bayesian IC")).toEqual([4, 1]);
  expect(counted("ex post IC")).toEqual([8, 5]);
  expect(counted("interim IR")).toEqual([4, 0]);
  expect(counted("ex post balance")).toEqual([4, 4]);
  expect(counted("lotteries")).toEqual([8, 4]);
});

describe("with interdependent values, truth may pay against truth and not against lies", () => {
  // Ann's value is her own, 0 or 4, and -1 or 1 more by bob's type.
  const [ann, bob] = film.agents;
  const values = { shape: "profile-outcome", entries: vector(0, -1, 0, 1, 0, 3, 0, 5) } as const;
  const together = filmWith({ agents: [{ ...ann, values }, bob] });
  const mechanism = priced([0, "1/2", "1/2", "1/2"], [0, 2, 2, 2]);

  test("a low ann would go with a high bob, and cannot when he calls himself low", () => {
    expect(found(mechanism, "Bayesian IC", together)).toBe("holds");
    expect(found(mechanism, "ex post IC", together)).toBe("holds");
    expect(found(mechanism, "dominant-strategy IC", together)).toBe(
      "1/2: IC of ann low facing bob high reporting bob low against reporting high",
    );
  });
});

describe("allocations", () => {
  const paid = [vector(0, 0, 0, 0), vector(0, 0, 0, 0)];
  const choosing = (...lotteries: Lottery[]) => tableMechanism({ lotteries, payments: paid });
  const mixed = (stay: string, go: string): Lottery => [
    { outcome: 0, probability: toRational(stay) },
    { outcome: 1, probability: toRational(go) },
  ];

  test("a lottery has probabilities that are not negative and sum to 1", () => {
    const [, second, third, fourth] = outUnlessBothLow;
    expect(found(choosing(mixed("1/2", "1/3"), second, third, fourth), "lotteries")).toBe(
      "1/6: probabilities that sum to 1 at ann low, bob low",
    );
    expect(found(choosing(certain(0), second, mixed("3/2", "-1/2"), fourth), "lotteries")).toBe(
      "1/2: a probability of go at ann high, bob low",
    );
    expect(found(choosing(certain(0), second, third, []), "lotteries")).toBe(
      "1: probabilities that sum to 1 at ann high, bob high",
    );
  });

  test("efficiency is missed by the welfare forgone; either outcome of a tie is efficient", () => {
    const stay = certain(0);
    expect(found(choosing(stay, stay, stay, stay), "ex post efficiency")).toBe(
      "3: efficiency at ann high, bob high",
    );
    expect(
      found(choosing(stay, mixed("1/2", "1/2"), certain(1), mixed("1/6", "5/6")), "ex post efficiency"),
    ).toBe("1/2: efficiency at ann high, bob high");
  });
});

test("independent types written as a joint prior are audited alike", () => {
  const joint = filmWith({ prior: { kind: "joint", table: vector("1/12", "1/6", "1/4", "1/2") } });
  for (const [, mechanism] of sections) {
    for (const name of Object.keys(requirements) as ReportedProperty[]) {
      expect(found(mechanism, name, joint), name).toBe(found(mechanism, name));
    }
  }
});

test("no requirements are met, and of several the worst counts", () => {
  expect(audit([])).toEqual({
    holds: true,
    violation: Rational.ZERO,
    worst: undefined,
    requirements: 0,
    binding: 0,
  });
  const slacks = ["1", "-1/3", "-1/2", "0"].map((slack, k) => ({
    slack: toRational(slack),
    label: () => `${k}`,
  }));
  const { holds, violation, worst, binding } = audit(slacks);
  expect([holds, String(violation), worst, binding]).toEqual([false, "1/2", "2", 1]);
});
