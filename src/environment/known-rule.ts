import { efficientOutcomes } from "./efficiency.js";
import type { Environment } from "./environment.js";
import { type AllocationRule, certain, uniformLottery } from "./lottery.js";

/** How an efficient rule chooses among equally efficient outcomes: the first, the last, or all alike. */
export type TieRule = "first" | "last" | "uniform";

/** A rule known by more than its values, so that a pass over many profiles can evaluate it by itself. */
export type KnownRule =
  | { readonly kind: "efficient"; readonly ties: TieRule }
  | { readonly kind: "given"; readonly lottery: AllocationRule };

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
