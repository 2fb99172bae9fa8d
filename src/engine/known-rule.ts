import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, uniformLottery } from "../environment/lottery.js";
import { type Candidates, type Choices, Rules } from "../space/choices.js";
import type { Rule, TieRule } from "../space/rule.js";
import type { Space } from "../space/space.js";

/** A rule known by more than its values, so that a pass over many profiles can evaluate it by itself. */
export type KnownRule =
  | { readonly kind: "efficient"; readonly ties: TieRule }
  /** Looked up profile by profile; `rule` says what it is. */
  | { readonly kind: "given"; readonly lottery: AllocationRule; readonly rule: Rule };

/** What a mechanism with the rule says of it. */
export function ruleOf(known: KnownRule): Rule {
  return known.kind === "efficient" ? known : known.rule;
}

/** What the rule chooses, a row of profiles at a time; and the efficient outcomes. */
export function choicesOf(space: Space, rule: KnownRule): { choices: Choices; efficient: Candidates } {
  const rules = new Rules(space, rule.kind === "given" ? rule.lottery : undefined);
  const choices = rules.choices(rule.kind === "given" ? { kind: "given" } : rule);
  return { choices, efficient: rules.efficient };
}

/** The lotteries that the rule chooses. */
export function lotteriesOf(environment: Environment, rule: KnownRule): AllocationRule {
  if (rule.kind === "given") return rule.lottery;
  const { ties } = rule;
  return (profile) => {
    const outcomes = efficientOutcomes(environment, profile);
    if (ties === "uniform") return uniformLottery(outcomes);
    return certain(ties === "first" ? outcomes[0] : outcomes[outcomes.length - 1]);
  };
}
