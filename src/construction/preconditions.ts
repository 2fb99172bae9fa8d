import { efficientOutcomes, welfareNumerators } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import type { Table } from "../environment/table.js";
import { InputError } from "../fault/input-error.js";

/** "M2 needs exactly two agents; this instance has 3": what a construction needs, and what was found instead. */
export function notDefined(construction: string, needs: string, found: string): InputError {
  return new InputError(
    "",
    `${construction} needs ${needs}; ${found}`,
    "an instance that meets this condition, or another construction",
  );
}

/** Throws InputError when there are fewer agents. */
export function requireAgents(construction: string, environment: Environment, least: number): void {
  if (environment.agentCount < least) {
    const needs = `at least ${least} agents`;
    throw notDefined(construction, needs, `this instance has ${environment.agentCount}`);
  }
}

/** Throws InputError when types are correlated. */
export function requireIndependentTypes(construction: string, environment: Environment): void {
  if (environment.prior.kind !== "independent") {
    throw notDefined(construction, "independent types", "this instance has a joint prior");
  }
}

/**
 * Throws InputError when an agent's value depends on the others' types, or the cost on any type: reports must matter
 * to others through the outcome alone.
 */
export function requirePrivateValues(construction: string, environment: Environment): void {
  const { agents, values, costs, profiles } = environment;
  const needs = "private values, and a cost that depends on the outcome alone";
  agents.forEach((agent, i) => {
    agent.types.forEach((type, a) => {
      const witness = variation(environment, values[i], a, profiles.profilesOf(i, a));
      if (witness === undefined) return;
      const found = `the value of ${environment.outcomes[witness]} to ${agent.name} ${type} depends on the others' types`;
      throw notDefined(construction, needs, found);
    });
  });
  const everywhere = costs.dependsOnProfile ? Array.from({ length: profiles.count }, (_, s) => s) : [0];
  const witness = variation(environment, costs, 0, everywhere);
  if (witness !== undefined) {
    throw notDefined(construction, needs, `the cost of ${environment.outcomes[witness]} depends on types`);
  }
}

/** The first outcome whose entry differs between the profiles. */
function variation(
  environment: Environment,
  table: Table,
  type: number,
  profiles: readonly number[],
): number | undefined {
  if (!table.dependsOnProfile) return undefined;
  for (let outcome = 0; outcome < environment.outcomes.length; outcome++) {
    const first = table.numerator(type, profiles[0], outcome);
    if (profiles.some((profile) => table.numerator(type, profile, outcome) !== first)) return outcome;
  }
  return undefined;
}

/** Throws InputError where the rule gives probability to an outcome that does not maximise welfare. */
export function requireEfficientRule(
  construction: string,
  environment: Environment,
  rule: AllocationRule,
): void {
  const welfare = welfareNumerators(environment);
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const best = welfare(profile, efficientOutcomes(environment, profile)[0]);
    for (const { outcome, probability } of rule(profile)) {
      if (probability.isZero || welfare(profile, outcome) === best) continue;
      const where = `${environment.outcomes[outcome]} at ${environment.profileLabel(profile)}`;
      throw notDefined(construction, "an efficient rule", `the rule chooses ${where}`);
    }
  }
}
