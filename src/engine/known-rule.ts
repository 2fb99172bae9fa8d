import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, uniformLottery } from "../environment/lottery.js";
import type { Rule, TieRule } from "../space/rule.js";

/** A rule known by more than its values, so that a pass over many profiles can evaluate it by itself. */
export type KnownRule =
  | { readonly kind: "efficient"; readonly ties: TieRule }
  /** Looked up profile by profile; `rule` says what it is. */
  | { readonly kind: "given"; readonly lottery: AllocationRule; readonly rule: Rule };

/** What a mechanism with the rule says of it. */
export function ruleOf(known: KnownRule): Rule {
  return known.kind === "efficient" ? known : known.rule;
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
