import type { Environment } from "../environment/environment.js";
import { Audit } from "../kernel/audit.js";
import { asData } from "../mechanism/as-data.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { countText } from "../number/count-text.js";
import type { Progress } from "../progress/progress.js";
import { requirements } from "../question/requirement.js";
import { atProfiles } from "./at-profiles.js";
import { Recorded } from "./recorded.js";
import type { PropertyReport, ReportedFinding, ReportedProbability } from "./reported.js";
import { valueDirection } from "./value-direction.js";

/** Comparisons of a type's report with another at one profile that a check may make before it is left out. */
export const DEFAULT_COMPARISON_LIMIT = 1_000_000;

/** More profiles than this are not written down to be compared with each other, whatever the limit. */
const MOST_RECORDED = 10_000_000;

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
  const data = asData(environment, mechanism);
  const needed = comparisons(environment);
  const tooMany = (name: string) =>
    // A limit that is no number allows nothing.
    needed[name] > 0 && !(needed[name] <= limit)
      ? `not checked: ${countText(needed[name])} comparisons, more than the limit of ${countText(limit)}`
      : undefined;
  const names = Object.keys(requirements) as (keyof typeof requirements)[];
  const checked = names.filter((name) => tooMany(name) === undefined).map((name) => requirements[name]);
  progress?.stage("auditing the mechanism");
  const audit = new Audit(data, {
    requirements: checked,
    question: { allocation: "free", ties: "first" },
    expectations: true,
  });
  const property = (name: keyof typeof requirements): ReportedFinding => {
    const reason = tooMany(name);
    return reason === undefined
      ? { checked: true, ...audit.finding(requirements[name]) }
      : { checked: false, reason };
  };
  progress?.stage("measuring every profile");
  const { efficiency, participation, money } = atProfiles(data);
  progress?.stage("looking for regrets");
  const record = environment.profiles.count <= MOST_RECORDED ? new Recorded(data) : undefined;
  const unrecorded = `not checked: more than ${countText(MOST_RECORDED)} profiles`;
  const skipped: ReportedProbability = { checked: false, reason: tooMany("ex post IC") ?? unrecorded };
  const regrets =
    record && !tooMany("ex post IC")
      ? record.regret()
      : { exPostIncentives: skipped, pivotalIncentives: skipped };
  return {
    findings: {
      lotteries: { checked: true, ...audit.allocation.lotteries },
      "ex post efficiency": { checked: true, ...efficiency },
      ...(Object.fromEntries(names.map((name) => [name, property(name)])) as Record<
        keyof typeof requirements,
        ReportedFinding
      >),
      "ex post payoff monotonicity": record
        ? monotonicity(data, record)
        : { checked: false, reason: unrecorded },
    },
    ...regrets,
    exPostParticipation: participation,
    ...money,
    expectedSubsidy: audit.expectedSubsidy,
    expectedGains: audit.expectedGains,
  };
}

/** Comparisons of reports that a property takes where it is looked at profile by profile. */
function comparisons({ profiles, values, prior }: Environment): Record<string, number> {
  const over = (times: (agent: number) => number) =>
    profiles.sizes.reduce((total, size, agent) => total + profiles.count * (size - 1) * times(agent), 0);
  const isDependent = (agent: number) => values[agent].dependsOnProfile;
  return {
    "Bayesian IC": over((agent) => (prior.kind === "joint" || isDependent(agent) ? 1 : 0)),
    "ex post IC": over(() => 1),
    "dominant-strategy IC": over((agent) => (isDependent(agent) ? profiles.othersCount(agent) : 1)),
  };
}

function monotonicity({ environment }: StructuredMechanism, record: Recorded): ReportedFinding {
  const directions = environment.agents.map((_, agent) => valueDirection(environment, agent));
  const undirected = directions.indexOf(undefined);
  if (undirected < 0) return { checked: true, ...record.monotonicity(directions as (1 | -1)[]) };
  const { name } = environment.agents[undirected];
  return {
    checked: false,
    reason: `not checked: ${name}'s values neither rise nor fall with its listed types`,
  };
}
