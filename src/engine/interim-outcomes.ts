import type { Environment } from "../environment/environment.js";
import { type ExpectedOutcome, expectedOutcomes } from "../space/expected-outcomes.js";
import { Space } from "../space/space.js";
import { choicesOf, type KnownRule } from "./known-rule.js";
import { thresholdOutcomes } from "./threshold-outcomes.js";

/** What a rule means to each type before it knows the others', with an independent prior. */
export interface InterimOutcomes {
  readonly space: Space;
  /** By agent. */
  readonly expected: readonly ExpectedOutcome[];
}

/** Formulations ask for one rule after the other. */
const spaces = new WeakMap<Environment, Space>();

/** By thresholds where there are any, else by one look at every profile, none of which is stored. */
export function interimOutcomes(environment: Environment, rule: KnownRule): InterimOutcomes {
  const space = spaces.get(environment) ?? new Space(environment, false);
  spaces.set(environment, space);
  const fast = rule.kind === "efficient" ? thresholdOutcomes(space, rule.ties) : undefined;
  if (fast) return { space, expected: fast };
  return { space, expected: expectedOutcomes(space, choicesOf(space, rule).choices) };
}
