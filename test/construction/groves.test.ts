import { expect, test } from "vitest";
import { groves, grovesConstruction } from "../../src/construction/groves.js";
import { vcg, vcgConstruction } from "../../src/construction/vcg.js";
import { welfare } from "../../src/environment/efficiency.js";
import { certain } from "../../src/environment/lottery.js";
import { truthfulUtility } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { auditProperty } from "../measure/audit-property.js";
import {
  efficientRule,
  everyProfile,
  ground,
  lacking,
  partnershipGrounds,
  publicGoodGrounds,
  tradeGrounds,
} from "./instances.js";

const grounds = [...tradeGrounds, ...publicGoodGrounds, ...partnershipGrounds];

for (const { name, ground: given } of grounds) {
  test(`VCG is efficient, strategy-proof and charges nobody a negative amount: ${name}`, () => {
    const mechanism = vcg(given);
    const { environment } = given;
    expect(
      lacking(environment, mechanism, ["lotteries", "ex post efficiency", "dominant-strategy IC"]),
    ).toEqual([]);
    for (const s of everyProfile(environment)) {
      environment.agents.forEach((_, i) => {
        expect(mechanism.payment(i, s).sign).toBeGreaterThanOrEqual(0);
      });
    }
  });
}

test("any h_i of the others' reports makes a strategy-proof Groves scheme, under correlated types and with costs too (seeds 0 to 119)", () => {
  let costly = 0;
  let correlated = 0;
  for (let seed = 0; seed < 120; seed++) {
    const environment = randomEnvironment(seed, { values: "private" });
    if (environment.specification.cost?.shape === "profile-outcome") continue;
    const random = new RandomSource(seed);
    const h = new Map<string, Rational>();
    const mechanism = groves(ground(environment, random.pick(["first", "last", "lottery"])), (agent, s) => {
      const key = `${agent} ${s}`;
      if (!h.has(key)) h.set(key, random.money(-3, 3));
      return h.get(key)!;
    });
    expect(lacking(environment, mechanism, ["dominant-strategy IC", "ex post IC", "Bayesian IC"])).toEqual(
      [],
    );
    if (environment.specification.cost) costly++;
    if (environment.prior.kind === "joint") correlated++;
  }
  console.log({ costly, correlated });
  expect(costly).toBeGreaterThan(15);
  expect(correlated).toBeGreaterThan(15);
});

test("everybody takes part in VCG when the others would play it alone (LN 3.1, property 2)", () => {
  for (const { ground: given } of grounds) {
    const { environment } = given;
    const mechanism = vcg(given);
    const outcomes = environment.outcomes.map((_, x) => x);
    environment.agents.forEach((_, i) => {
      for (const s of everyProfile(environment)) {
        const withoutMe = (x: number) => welfare(environment, x, s).subtract(environment.value(i, x, s));
        const best = outcomes.map(withoutMe).reduce(Rational.maximum);
        for (const x of outcomes.filter((x) => withoutMe(x).equals(best))) {
          const gain = truthfulUtility(environment, mechanism, i, s).subtract(environment.value(i, x, s));
          expect(gain.sign).toBeGreaterThanOrEqual(0);
        }
      }
    });
  }
});

test("in trade the buyer pays the seller's type if they trade, and the seller the buyer's if they do not (LN 3.2), under both conventions", () => {
  let traded = 0;
  for (const { ground: given } of tradeGrounds) {
    const { environment, rule } = given;
    const mechanism = vcg(given);
    for (const s of everyProfile(environment)) {
      if (rule(s).length > 1) continue;
      const [buyer, seller] = environment.agents.map((agent, i) =>
        toRational(agent.types[environment.profiles.typeOf(s, i)]),
      );
      const trade = rule(s)[0].outcome === 1;
      if (trade) traded++;
      expect(mechanism.payment(0, s)).toEqual(trade ? seller : Rational.ZERO);
      expect(mechanism.payment(1, s)).toEqual(trade ? Rational.ZERO : buyer);
    }
  }
  expect(traded).toBeGreaterThan(50);
});

test("with a resource cost an agent is charged its effect on the others and the cost together", () => {
  // Two of three agents value the good at 1, the third at 0; it costs 1. Each of the two is not pivotal.
  const { environment, rule } = publicGoodGrounds[0].ground;
  const mechanism = vcg({ environment, rule });
  const at = (...types: number[]) => environment.profiles.profileOf(types);
  const payments = (s: number) => environment.agents.map((_, i) => mechanism.payment(i, s).toString());
  expect(rule(at(1, 1, 0))).toEqual(certain(1));
  expect(payments(at(1, 1, 0))).toEqual(["0", "0", "0"]);
  // Alone, an agent with value 1 is a tie with the cost, decided against the good; three agents are never pivotal.
  expect(payments(at(1, 0, 0))).toEqual(["0", "0", "0"]);
  expect(payments(at(1, 1, 1))).toEqual(["0", "0", "0"]);
  // At cost 3/2 and values 1, 1/2, 1/2 the good is worth it, and only together: each pays what the others lack.
  const costly = publicGoodGrounds[2].ground;
  const s = costly.environment.profiles.profileOf([2, 1, 1]);
  const paid = vcg(costly);
  expect(costly.rule(s)).toEqual(certain(1));
  expect(costly.environment.agents.map((_, i) => paid.payment(i, s).toString())).toEqual(["1/2", "0", "0"]);
  expect(auditProperty(costly.environment, paid, "ex post no deficit").holds).toBe(false);
});

test("the lowest-type term gives the largest Groves payments that are ex post individually rational (KE (1))", () => {
  for (const { ground: given } of grounds) {
    const { environment } = given;
    const mechanism = grovesConstruction.build(given, { options: { h: "lowest" } });
    expect(lacking(environment, mechanism, ["dominant-strategy IC", "ex post IR"])).toEqual([]);
    // Any larger term would break participation of some own type at every profile of the others.
    environment.agents.forEach((_, i) => {
      for (let others = 0; others < environment.profiles.othersCount(i); others++) {
        const first = environment.profiles.withOthers(i, others);
        const gains = environment.agents[i].types.map((_, type) => {
          const s = environment.profiles.replace(first, i, type);
          return truthfulUtility(environment, mechanism, i, s).subtract(environment.outsideOption(i, s));
        });
        expect(gains.some((gain) => gain.isZero)).toBe(true);
      }
    });
  }
});

test("h = zero pays everybody the others' welfare, and h = pivot is VCG", () => {
  const { ground: given } = tradeGrounds[3];
  const zero = grovesConstruction.build(given, {});
  const pivot = grovesConstruction.build(given, { options: { h: "pivot" } });
  const reference = vcgConstruction.build(given, {});
  for (const s of everyProfile(given.environment)) {
    for (const i of [0, 1]) {
      expect(pivot.payment(i, s)).toEqual(reference.payment(i, s));
      const [{ outcome }] = given.rule(s);
      if (given.rule(s).length > 1) continue;
      expect(zero.payment(i, s)).toEqual(given.environment.value(1 - i, outcome, s).negate());
    }
  }
});

test("what makes Groves fail is named: other people's types in a value, a cost by type, an inefficient rule, an unknown h", () => {
  const interdependent = randomEnvironment(1, { values: "interdependent", costs: false });
  expect(() => vcg(ground(interdependent))).toThrow(
    "vcg needs private values, and a cost that depends on the outcome alone; the value of A to ann 0 depends on the others' types",
  );
  const { environment } = tradeGrounds[0].ground;
  expect(() => vcg({ environment, rule: () => certain(0) })).toThrow(
    "vcg needs an efficient rule; the rule chooses no trade at buyer 0.75, seller 0.25",
  );
  expect(() => grovesConstruction.build(tradeGrounds[0].ground, { options: { h: "clarke" } })).toThrow(
    'h: the unknown choice "clarke"; expected one of zero, pivot, lowest',
  );
  let refused = 0;
  for (let seed = 0; seed < 60; seed++) {
    const random = randomEnvironment(seed, { values: "private", costs: true });
    if (random.specification.cost?.shape !== "profile-outcome") continue;
    expect(() => vcg({ environment: random, rule: efficientRule(random, "first") })).toThrow(
      /the cost of [A-D] depends on types/,
    );
    refused++;
  }
  expect(refused).toBeGreaterThan(10);
});
