import type { AllocationRule } from "../environment/lottery.js";
import { Rules } from "../space/choices.js";
import { type ExpectedOutcome, expectedOutcomes } from "../space/expected-outcomes.js";
import type { Rule } from "../space/rule.js";
import type { Space } from "../space/space.js";
import { thresholdOutcomes } from "./threshold-outcomes.js";

/**
 * What a rule means to each type before it knows the others', by group of alike agents, with an independent prior: by thresholds
 * where there are any, else by one look at every profile or orbit, none of which is stored.
 */
export function interimOutcomes(space: Space, rule: Rule, given?: AllocationRule): ExpectedOutcome[] {
  const fast = rule.kind === "efficient" ? thresholdOutcomes(space, rule.ties) : undefined;
  return fast ?? expectedOutcomes(space, new Rules(space, given, true).choices(rule));
}
