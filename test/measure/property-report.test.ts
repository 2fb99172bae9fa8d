import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { Environment } from "../../src/environment/environment.js";
import { certain } from "../../src/environment/lottery.js";
import { interimDistance } from "../../src/measure/interim-distance.js";
import { propertyReport } from "../../src/measure/property-report.js";
import type { ReportedFinding, ReportedProbability } from "../../src/measure/reported.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { tableMechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { randomEnvironment, randomPayments, randomRule } from "../generator/random-environment.js";

const trade = (points: number) => bilateralTrade({ buyer: { points }, seller: { points } }).environment;

/** Trade at half the sum of the types whenever that gains: balanced and individually rational, not incentive compatible. */
function splitTheDifference(environment: Environment): Mechanism {
  const types = (s: number) => [0, 1].map((i) => environment.value(i, 1, s).absolute());
  const trades = (s: number) => types(s)[0].compare(types(s)[1]) > 0;
  return {
    lottery: (s) => certain(trades(s) ? 1 : 0),
    payment: (agent, s) => {
      if (!trades(s)) return Rational.ZERO;
      const half = types(s)[0].add(types(s)[1]).divide(Rational.of(2));
      return agent === 0 ? half : half.negate();
    },
    subsidy: () => Rational.ZERO,
  };
}

function found(finding: ReportedFinding): string {
  if (!finding.checked) return finding.reason;
  return finding.holds ? "holds" : `${finding.violation}: ${finding.worst}`;
}

function likely(result: ReportedProbability): string {
  return result.checked ? String(result.probability) : result.reason;
}

test("a report says of each property whether it holds, by how much it fails and where, in labels", () => {
  const environment = trade(4);
  const report = propertyReport(environment, splitTheDifference(environment));
  const { findings } = report;
  expect(
    Object.fromEntries(Object.entries(findings).map(([name, finding]) => [name, found(finding)])),
  ).toEqual({
    lotteries: "holds",
    "ex post efficiency": "holds",
    "Bayesian IC": "1/32: IC of buyer 0.875 against reporting 0.625",
    "ex post IC": "1/4: IC of buyer 0.875 facing seller 0.125 against reporting 0.375",
    "dominant-strategy IC": "1/4: IC of buyer 0.875 facing seller 0.125 against reporting 0.375",
    "ex ante IR": "holds",
    "interim IR": "holds",
    "ex post IR": "holds",
    "ex ante balance": "holds",
    "ex post balance": "holds",
    "ex ante no deficit": "holds",
    "ex post no deficit": "holds",
    "subsidy not negative": "holds",
    "no subsidy": "holds",
    "ex post payoff monotonicity": "holds",
  });
  expect(report.exPostParticipation).toEqual({
    checked: true,
    probability: Rational.ONE,
    largestLoss: Rational.ZERO,
    worst: undefined,
  });
  expect(String(report.expectedSurplus)).toBe("0");
  expect(report.largestDeficit.deficit).toEqual(Rational.ZERO);
});

test("splitting the difference leaves regret wherever shading would still trade, and none that changes whether they trade", () => {
  const environment = trade(4);
  const { exPostIncentives, pivotalIncentives } = propertyReport(
    environment,
    splitTheDifference(environment),
  );
  // With four types they trade at 6 of 16 profiles; where the types are neighbours nobody can shade: 3 of these.
  expect(likely(exPostIncentives)).toBe("13/16");
  expect(exPostIncentives).toMatchObject({
    worst: "IC of buyer 0.875 facing seller 0.125 against reporting 0.375",
  });
  expect(likely(pivotalIncentives)).toBe("1");
});

test("charging a trader more than its gain makes it regret taking part, and pivotal misreports pay", () => {
  const environment = trade(2);
  const charged = (fee: Rational): Mechanism => {
    const base = splitTheDifference(environment);
    return {
      ...base,
      payment: (agent, s) =>
        (base.lottery(s)[0].outcome === 1 ? fee : Rational.ZERO).add(base.payment(agent, s)),
    };
  };
  // The gain of 1/2 is split; a fee of 1/3 each leaves -1/12 at the one profile in four with trade.
  const report = propertyReport(environment, charged(Rational.of(1, 3)));
  expect(likely(report.exPostParticipation)).toBe("3/4");
  expect(report.exPostParticipation).toMatchObject({
    worst: "participation of buyer at buyer 0.75, seller 0.25",
  });
  expect(likely(report.exPostIncentives)).toBe("3/4");
  expect(likely(report.pivotalIncentives)).toBe("3/4");
  expect(String(report.expectedSurplus)).toBe("1/6");
  expect(String(report.expectedDeficit)).toBe("0");
  expect(found(report.findings["ex post payoff monotonicity"])).toBe(
    "1/12: payoff of buyer at buyer 0.75, seller 0.25 against buyer 0.25, seller 0.25",
  );
});

test("money is reported in expectation and at its worst", () => {
  const environment = trade(2);
  const base = splitTheDifference(environment);
  const subsidised: Mechanism = {
    ...base,
    payment: (agent, s) => base.payment(agent, s).subtract(s === 0 ? Rational.of(1, 2) : Rational.ZERO),
    subsidy: (s) => (s === 0 ? Rational.ONE : Rational.ZERO),
  };
  const report = propertyReport(environment, subsidised);
  expect(String(report.expectedSurplus)).toBe("-1/4");
  expect(String(report.expectedDeficit)).toBe("1/4");
  expect(String(report.expectedSubsidy)).toBe("1/4");
  expect(report.largestDeficit).toEqual({ deficit: Rational.ONE, at: "buyer 0.25, seller 0.25" });
  expect(found(report.findings["ex post balance"])).toBe("holds");
  expect(found(report.findings["no subsidy"])).toBe("1: no subsidy at buyer 0.25, seller 0.25");
});

test("a check that is too long says that it was not made; it never passes", () => {
  const environment = trade(4);
  const report = propertyReport(environment, splitTheDifference(environment), 95);
  const reason = "not checked: 96 comparisons, more than the limit of 95";
  expect(found(report.findings["ex post IC"])).toBe(reason);
  expect(found(report.findings["dominant-strategy IC"])).toBe(reason);
  expect(likely(report.exPostIncentives)).toBe(reason);
  expect(likely(report.pivotalIncentives)).toBe(reason);
  // Own values and independent types: Bayesian IC needs no comparison at every profile.
  expect(found(report.findings["Bayesian IC"])).toMatch(/^1\/32/);
  expect(
    propertyReport(environment, splitTheDifference(environment), Number.NaN).findings["ex post IC"].checked,
  ).toBe(false);
});

test("with interdependent values dominance needs a comparison for every profile of true types and of reports", () => {
  const environment = randomEnvironment(0, { agents: [2, 2], types: [3, 3], values: "interdependent" });
  const mechanism: Mechanism = {
    lottery: () => certain(0),
    payment: () => Rational.ZERO,
    subsidy: () => Rational.ZERO,
  };
  // 2 agents x 9 profiles x 2 misreports, and 3 report profiles of the other for each.
  expect(propertyReport(environment, mechanism, 36).findings).toMatchObject({
    "ex post IC": { checked: true, holds: true },
    "dominant-strategy IC": {
      checked: false,
      reason: "not checked: 108 comparisons, more than the limit of 36",
    },
  });
});

test("payoff monotonicity follows values that fall with the type, and is not checked where they do both", () => {
  const agent = (values: readonly number[]) =>
    new Environment({
      name: "one agent",
      agents: [
        {
          name: "ann",
          types: ["low", "middle", "high"],
          values: { shape: "type-outcome", entries: RationalVector.from(values.map((v) => Rational.of(v))) },
        },
      ],
      outcomes: ["A"],
      prior: {
        kind: "independent",
        marginals: [RationalVector.from([1, 1, 1].map((w) => Rational.of(w, 3)))],
      },
    });
  const free = tableMechanism({
    lotteries: [certain(0), certain(0), certain(0)],
    payments: [RationalVector.from([0, 0, 3].map((t) => Rational.of(t)))],
  });
  const verdict = (values: readonly number[]) =>
    found(propertyReport(agent(values), free).findings["ex post payoff monotonicity"]);
  expect(verdict([1, 2, 5])).toBe("holds");
  expect(verdict([1, 2, 3])).toBe("2: payoff of ann at ann high against ann middle");
  expect(verdict([5, 3, 1])).toBe("holds");
  expect(verdict([1, 3, 2])).toBe("not checked: ann's values neither rise nor fall with its listed types");
});

test("the probability of ex post IC is 1 exactly when ex post IC holds at every likely profile (seeds 0 to 199)", () => {
  const counts = { certain: 0, uncertain: 0, pivotalLarger: 0 };
  for (let seed = 0; seed < 200; seed++) {
    const environment = randomEnvironment(seed, { types: [2, 3] });
    const payments = randomPayments(environment, seed);
    const constant = seed % 3 === 0;
    const mechanism: Mechanism = {
      lottery: constant ? () => certain(0) : randomRule(environment, seed),
      payment: (agent, s) => (constant ? Rational.of(agent) : payments[agent].at(s)),
      subsidy: () => Rational.ZERO,
    };
    const report = propertyReport(environment, mechanism);
    const { exPostIncentives: any, pivotalIncentives: pivotal, findings } = report;
    if (!any.checked || !pivotal.checked || !findings["ex post IC"].checked) throw new Error("not checked");
    expect(any.largestLoss).toEqual(findings["ex post IC"].violation);
    expect(any.worst === undefined).toBe(findings["ex post IC"].holds);
    if (findings["ex post IC"].holds) {
      expect(any.probability).toEqual(Rational.ONE);
      counts.certain++;
    } else {
      counts.uncertain++;
    }
    expect(pivotal.probability.compare(any.probability)).toBeGreaterThanOrEqual(0);
    if (pivotal.probability.compare(any.probability) > 0) counts.pivotalLarger++;
  }
  console.log(counts);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
});

test("the distance of interim payments is zero for equal ones and names the type that is furthest apart", () => {
  const environment = trade(3);
  const base = splitTheDifference(environment);
  expect(interimDistance(environment, base, base)).toEqual({ distance: Rational.ZERO, at: undefined });
  const reimbursed: Mechanism = {
    ...base,
    payment: (agent, s) =>
      base
        .payment(agent, s)
        .subtract(agent === 1 && environment.profiles.typeOf(s, 1) === 2 ? Rational.ONE : Rational.ZERO),
  };
  expect(interimDistance(environment, base, reimbursed)).toEqual({
    distance: Rational.ONE,
    at: "seller 5/6",
  });
});
