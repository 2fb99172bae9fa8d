import { expect, test } from "vitest";
import { bilateralTrade } from "../../../models/index.js";
import { efficientOutcomes } from "../../../src/environment/efficiency.js";
import type { Environment } from "../../../src/environment/environment.js";
import { certain, type Lottery } from "../../../src/environment/lottery.js";
import { audit, type Finding, type PropertyName, properties } from "../../../src/mechanism/audit.js";
import type { Mechanism } from "../../../src/mechanism/mechanism.js";
import { exPostMonotonicitySlacks, undirectedAgent } from "../../../src/mechanism/payoff-monotonicity.js";
import { propertyReport } from "../../../src/mechanism/property-report.js";
import { TableMechanism } from "../../../src/mechanism/table-mechanism.js";
import { wholeExpectedGains, wholeFinding } from "../../../src/mechanism/whole/whole-audit.js";
import { WholeMechanism } from "../../../src/mechanism/whole/whole-mechanism.js";
import { MOST_PROFILES_ONE_BY_ONE, wholeOf } from "../../../src/mechanism/whole/whole-of.js";
import {
  wholeMoney,
  wholeMonotonicity,
  wholeParticipation,
  wholeRegret,
} from "../../../src/mechanism/whole/whole-report.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import {
  expectedGains,
  expectedSubsidy,
  expectedSurplus,
  worstSubsidy,
} from "../../../src/problem/objective.js";
import { posed } from "../../../src/problem/problem.js";
import { randomEnvironment, randomPayments, randomRule } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";

const names = Object.keys(properties) as PropertyName[];

/** Figures and words of a finding, as a reader sees them. */
function shown(finding: Finding): string {
  const { holds, violation, worst, requirements, binding } = finding;
  return `${holds} ${violation} ${worst} ${requirements} ${binding}`;
}

/** Random tables: an efficient or a random rule, lotteries that are none now and then, payments that balance or not. */
function randomMechanism(environment: Environment, seed: number): TableMechanism {
  const random = new RandomSource(seed);
  const { agentCount, profiles } = environment;
  const rule = randomRule(environment, seed);
  const constant = random.onceIn(6);
  const efficient = random.onceIn(3);
  const broken = random.onceIn(6) ? random.integer(0, profiles.count - 1) : -1;
  const payments =
    constant || random.onceIn(4)
      ? environment.agents.map(() => RationalVector.zeros(profiles.count))
      : randomPayments(environment, seed);
  const lottery = (s: number): Lottery => {
    if (s === broken) {
      return [
        { outcome: 0, probability: random.pick([Rational.of(-1, 3), Rational.of(3, 4), Rational.ZERO]) },
        { outcome: 1, probability: Rational.of(1, 2) },
      ];
    }
    if (constant) return certain(1);
    return efficient ? certain(efficientOutcomes(environment, s)[0]) : rule(s);
  };
  const subsidised = random.onceIn(2);
  const balanced = random.onceIn(2);
  const last = agentCount - 1;
  const subsidy = (s: number) =>
    subsidised
      ? Rational.of((s * 7 + seed) % 5, 4).subtract(s % 11 === 3 ? Rational.ONE : Rational.ZERO)
      : Rational.ZERO;
  const mechanism: Mechanism = {
    lottery,
    payment(agent, s) {
      if (!balanced || constant || agent < last) return payments[agent].at(s);
      // What the others and the subsidy leave of the cost.
      const costs = lottery(s).map(({ outcome, probability }) =>
        probability.multiply(environment.cost(outcome, s)),
      );
      const paid = payments.slice(0, last).map((own) => own.at(s));
      return Rational.sum([...costs, ...[subsidy(s), ...paid].map((money) => money.negate())]);
    },
    subsidy,
  };
  return TableMechanism.of(mechanism, agentCount, profiles.count);
}

test("whole numbers find what the definitions find, figure for figure and word for word (seeds 1 to 400)", () => {
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  for (let seed = 1; seed <= 400; seed++) {
    const environment = seed % 5 === 0 ? trade(2 + (seed % 3)) : randomEnvironment(seed, { types: [2, 4] });
    const mechanism = randomMechanism(environment, seed);
    const whole = WholeMechanism.of(environment, mechanism);
    expect(whole, `seed ${seed}`).toBeDefined();
    for (const name of names) {
      const plain = audit(properties[name](environment, mechanism));
      const found = wholeFinding(whole!, name);
      if (!found) {
        expect(name).toBe("dominant-strategy IC");
        expect(environment.hasPrivateValues).toBe(false);
        tell("left to the definition");
        continue;
      }
      expect(shown(found), `seed ${seed}, ${name}`).toBe(shown(plain));
      tell(`${name} ${plain.holds ? "holds" : "fails"}`);
    }
    if (undirectedAgent(environment) === undefined) {
      const plain = audit(exPostMonotonicitySlacks(environment, mechanism));
      expect(shown(wholeMonotonicity(whole!)), `seed ${seed}, monotonicity`).toBe(shown(plain));
      tell(`monotonicity ${plain.holds ? "holds" : "fails"}`);
    }
    // So few profiles are reported from the definitions.
    expect(environment.profiles.count).toBeLessThanOrEqual(MOST_PROFILES_ONE_BY_ONE);
    const { exPostIncentives, pivotalIncentives, exPostParticipation, ...report } = propertyReport(
      environment,
      mechanism,
    );
    const { findings: _, ...money } = report;
    const parts: [unknown, unknown][] = [
      [wholeRegret(whole!), { exPostIncentives, pivotalIncentives }],
      [wholeParticipation(whole!), exPostParticipation],
      [wholeMoney(whole!), money],
      [wholeExpectedGains(whole!), expectedGains(posed(environment), mechanism)],
    ];
    for (const [found, plain] of parts) {
      expect(JSON.stringify(found), `seed ${seed}`).toBe(JSON.stringify(plain));
    }
  }
  console.log(`whole-number audit, seeds 1 to 400: ${JSON.stringify(tally)}`);
  for (const name of names) {
    for (const word of ["holds", "fails"])
      expect(tally[`${name} ${word}`], `${name} ${word}`).toBeGreaterThan(3);
  }
  expect(tally["monotonicity fails"]).toBeGreaterThan(3);
  expect(tally["left to the definition"]).toBeGreaterThan(3);
}, 60_000);

const trade = (points: number) => bilateralTrade({ buyer: { points }, seller: { points } }).environment;

test("beyond 2^53 nothing is found in whole numbers, and the definitions are asked", () => {
  const environment = trade(17);
  const { count } = environment.profiles;
  expect(count).toBeGreaterThan(MOST_PROFILES_ONE_BY_ONE);
  const charged = (amount: Rational): Mechanism => ({
    lottery: () => certain(0),
    payment: () => amount,
    subsidy: () => Rational.ZERO,
  });
  expect(wholeOf(environment, charged(Rational.of(1, 7)))).toBeDefined();
  expect(wholeOf(environment, charged(Rational.of(1, 10n ** 20n)))).toBeUndefined();
  const report = propertyReport(environment, charged(Rational.of(1, 10n ** 20n)));
  expect(report.findings["ex post IR"]).toMatchObject({
    holds: false,
    violation: Rational.of(1, 10n ** 20n),
  });
  expect(String(report.expectedSurplus)).toBe(`1/${5n * 10n ** 19n}`);
});

test("from 257 profiles on, reports and objectives are those of whole numbers and of fractions alike", () => {
  const environment = trade(17);
  const { count } = environment.profiles;
  const mechanism = randomMechanism(environment, 5);
  expect(wholeOf(environment, mechanism)).toBeDefined();
  const problem = posed(environment);
  const plainMean = (of: (s: number) => Rational) =>
    Rational.sum(Array.from({ length: count }, (_, s) => of(s).multiply(environment.prior.probability(s))));
  expect(`${expectedSubsidy(problem, mechanism)}`).toBe(`${plainMean((s) => mechanism.subsidy(s))}`);
  const subsidies = Array.from({ length: count }, (_, s) => mechanism.subsidy(s));
  expect(`${worstSubsidy(problem, mechanism)}`).toBe(`${subsidies.reduce(Rational.maximum)}`);
  const revenue = plainMean((s) => mechanism.payment(0, s).add(mechanism.payment(1, s)));
  expect(`${expectedSurplus(problem, mechanism)}`).toBe(`${revenue}`);
});
