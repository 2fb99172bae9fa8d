import type { Environment } from "../environment/environment.js";
import { Rules } from "../space/choices.js";
import { type ExpectedOutcome, expectedOutcomes } from "../space/expected-outcomes.js";
import { Space } from "../space/space.js";
import type { KnownRule } from "./known-rule.js";
import { thresholdOutcomes } from "./threshold-outcomes.js";

/** What a rule means to each type before it knows the others', with an independent prior. */
export interface InterimOutcomes {
  readonly space: Space;
  /** By agent. */
  readonly expected: readonly ExpectedOutcome[];
}

/** Formulations ask for one rule after the other. */
const spaces = new WeakMap<Environment, Space>();

/** One pass over all rows of profiles, none of which is stored. */
export function interimOutcomes(environment: Environment, rule: KnownRule): InterimOutcomes {
  const space = spaces.get(environment) ?? new Space(environment, false);
  spaces.set(environment, space);
  const fast = rule.kind === "efficient" ? thresholdOutcomes(space, rule.ties) : undefined;
  if (fast) return { space, expected: fast };
  const rules = new Rules(space, rule.kind === "given" ? rule.lottery : undefined);
  const choices = rules.choices(rule.kind === "given" ? { kind: "given" } : rule);
  return { space, expected: expectedOutcomes(space, choices) };
}
