import { expect } from "vitest";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import type { Environment } from "../../src/environment/environment.js";
import { RationalSum } from "../../src/number/rational-sum.js";

/** The efficient outcomes, by label, at the profile of the types with these labels. */
export function efficientAt(environment: Environment, ...types: readonly string[]): string[] {
  return efficientOutcomes(environment, profileAt(environment, ...types)).map((x) => environment.outcomes[x]);
}

export function profileAt(environment: Environment, ...labels: readonly string[]): number {
  const types = labels.map((label, agent) => environment.agents[agent].types.indexOf(label));
  expect(types).not.toContain(-1);
  return environment.profiles.profileOf(types);
}

/** The sum of the probabilities of all profiles, as a fraction. */
export function totalProbability(environment: Environment): string {
  const total = new RationalSum();
  for (let s = 0; s < environment.profiles.count; s++) total.add(environment.prior.probability(s));
  return total.value.toString();
}
