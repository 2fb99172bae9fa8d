import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Progress } from "../progress/progress.js";
import { audit, auditProperty, type Finding, type PropertyName, properties } from "./audit.js";
import { exPostRegret } from "./ex-post-regret.js";
import { deficit, expectation, interimPayments, truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import { exPostMonotonicitySlacks, undirectedAgent } from "./payoff-monotonicity.js";
import type { PropertyReport, ReportedFinding, ReportedProbability } from "./reported.js";
import { TableMechanism } from "./table-mechanism.js";
import { wholeOf } from "./whole/whole-of.js";
import { wholeMoney, wholeMonotonicity, wholeParticipation, wholeRegret } from "./whole/whole-report.js";

export type {
  PropertyReport,
  ReportedFinding,
  ReportedProbability,
  ReportedProperty,
} from "./reported.js";

/** Comparisons of a type's report with another at one profile that a check may make before it is left out. */
export const DEFAULT_COMPARISON_LIMIT = 1_000_000;

/**
 * Checks every property of a mechanism from its definition. Checks that compare reports at every profile are left out,
 * and say so, when they would make more than `limit` comparisons.
 */
export function propertyReport(
  environment: Environment,
  mechanism: Mechanism,
  limit = DEFAULT_COMPARISON_LIMIT,
  progress?: Progress,
): PropertyReport {
  const table = TableMechanism.of(mechanism, environment.agentCount, environment.profiles.count);
  const exPost = exPostComparisons(environment);
  const needed: Partial<Record<PropertyName, number>> = {
    "Bayesian IC": bayesianComparisons(environment),
    "ex post IC": exPost,
    "dominant-strategy IC": dominantComparisons(environment),
  };
  const findings = Object.fromEntries(
    (Object.keys(properties) as PropertyName[]).map((name) => [
      name,
      withinLimit(needed[name] ?? 0, limit, () => {
        progress?.stage(`checking ${name}`);
        return auditProperty(environment, table, name);
      }),
    ]),
  ) as Record<PropertyName, ReportedFinding>;
  progress?.stage("looking for regrets");
  return {
    findings: { ...findings, "ex post payoff monotonicity": monotonicity(environment, table) },
    ...incentiveProbabilities(environment, table, exPost, limit),
    exPostParticipation: participationProbability(environment, table),
    ...money(environment, table),
  };
}

function withinLimit(needed: number, limit: number, check: () => Finding): ReportedFinding {
  if (!(needed <= limit)) return { checked: false, reason: tooMany(needed, limit) };
  return { checked: true, ...check() };
}

function tooMany(needed: number, limit: number): string {
  return `not checked: ${needed.toLocaleString("en")} comparisons, more than the limit of ${limit.toLocaleString("en")}`;
}

function exPostComparisons({ profiles }: Environment): number {
  return profiles.sizes.reduce((total, size) => total + profiles.count * (size - 1), 0);
}

function dominantComparisons({ profiles, values }: Environment): number {
  return profiles.sizes.reduce(
    (total, size, agent) =>
      total +
      profiles.count * (size - 1) * (values[agent].dependsOnProfile ? profiles.othersCount(agent) : 1),
    0,
  );
}

function bayesianComparisons({ profiles, prior, values }: Environment): number {
  return profiles.sizes.reduce(
    (total, size, agent) =>
      total + (prior.kind === "joint" || values[agent].dependsOnProfile ? profiles.count * (size - 1) : 0),
    0,
  );
}

function monotonicity(environment: Environment, mechanism: Mechanism): ReportedFinding {
  const undirected = undirectedAgent(environment);
  if (undirected === undefined) {
    const whole = wholeOf(environment, mechanism);
    const finding = whole
      ? wholeMonotonicity(whole)
      : audit(exPostMonotonicitySlacks(environment, mechanism));
    return { checked: true, ...finding };
  }
  const { name } = environment.agents[undirected];
  return {
    checked: false,
    reason: `not checked: ${name}'s values neither rise nor fall with its listed types`,
  };
}

function incentiveProbabilities(
  environment: Environment,
  mechanism: Mechanism,
  needed: number,
  limit: number,
): Pick<PropertyReport, "exPostIncentives" | "pivotalIncentives"> {
  if (!(needed <= limit)) {
    const skipped = { checked: false, reason: tooMany(needed, limit) } as const;
    return { exPostIncentives: skipped, pivotalIncentives: skipped };
  }
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeRegret(whole);
  const any = new Tally(environment);
  const pivotal = new Tally(environment);
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const regret = exPostRegret(environment, mechanism, profile);
    any.add(profile, regret.any?.gain, () => regret.any!.label());
    pivotal.add(profile, regret.pivotal?.gain, () => regret.pivotal!.label());
  }
  return { exPostIncentives: any.result, pivotalIncentives: pivotal.result };
}

function participationProbability(environment: Environment, mechanism: Mechanism): ReportedProbability {
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeParticipation(whole);
  const tally = new Tally(environment);
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const losses = environment.agents.map((_, agent) =>
      environment
        .outsideOption(agent, profile)
        .subtract(truthfulUtility(environment, mechanism, agent, profile)),
    );
    const worst = losses.reduce((best, loss, i) => (loss.compare(losses[best]) > 0 ? i : best), 0);
    tally.add(
      profile,
      losses[worst],
      () => `participation of ${environment.agents[worst].name} at ${environment.profileLabel(profile)}`,
    );
  }
  return tally.result;
}

/** Adds up the probability of profiles without a loss, and keeps the largest loss. */
class Tally {
  private readonly total = new RationalSum();
  private largest: Rational = Rational.ZERO;
  private label: (() => string) | undefined;

  constructor(private readonly environment: Environment) {}

  add(profile: number, loss: Rational | undefined, label: () => string): void {
    if (loss === undefined || loss.sign <= 0) {
      this.total.add(this.environment.prior.probability(profile));
    } else if (loss.compare(this.largest) > 0) {
      this.largest = loss;
      this.label = label;
    }
  }

  get result(): ReportedProbability {
    return {
      checked: true,
      probability: this.total.value,
      largestLoss: this.largest,
      worst: this.label?.(),
    };
  }
}

function money(
  environment: Environment,
  mechanism: Mechanism,
): Pick<PropertyReport, "expectedSurplus" | "expectedDeficit" | "largestDeficit" | "expectedSubsidy"> {
  const whole = wholeOf(environment, mechanism);
  if (whole) return wholeMoney(whole);
  const deficits = Array.from({ length: environment.profiles.count }, (_, s) =>
    deficit(environment, mechanism, s),
  );
  const worst = deficits.reduce((best, next, s) => (next.compare(deficits[best]) > 0 ? s : best), 0);
  return {
    expectedSurplus: expectation(environment, (s) => deficits[s].negate()),
    expectedDeficit: expectation(environment, (s) => Rational.maximum(deficits[s], Rational.ZERO)),
    largestDeficit: { deficit: deficits[worst], at: environment.profileLabel(worst) },
    expectedSubsidy: expectation(environment, (s) => mechanism.subsidy(s)),
  };
}

/** The largest difference of an interim payment between two mechanisms, and whose it is. */
export interface InterimDistance {
  readonly distance: Rational;
  /** `buyer 0.35`; undefined where all interim payments are the same. */
  readonly at: string | undefined;
}

/** `max |T_i(a) - T'_i(a)|` over agents and types, those of probability zero included. */
export function interimDistance(environment: Environment, a: Mechanism, b: Mechanism): InterimDistance {
  let distance: Rational = Rational.ZERO;
  let at: string | undefined;
  environment.agents.forEach(({ name }, agent) => {
    const second = interimPayments(environment, b, agent);
    interimPayments(environment, a, agent).forEach((payment, type) => {
      const difference = payment.subtract(second[type]).absolute();
      if (difference.compare(distance) <= 0) return;
      distance = difference;
      at = `${name} ${environment.typeLabel(agent, type)}`;
    });
  });
  return { distance, at };
}
