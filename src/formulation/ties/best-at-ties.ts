import { efficientOutcomes } from "../../environment/efficiency.js";
import { type KnownRule, lotteriesOf } from "../../environment/known-rule.js";
import type { Problem } from "../../problem/problem.js";
import type { InterimTreeMultipliers } from "../../proof/interim/interim-tree-multipliers.js";
import { TieWorths } from "./tie-worths.js";

/**
 * Whether a rule that breaks ties in its own way does as well by the multipliers at every tied profile as any other way
 * would: then its mechanism is best among all efficient rules. For multipliers that flow down incentive paths, with an
 * independent prior.
 */
export function isBestAtTies(
  problem: Problem,
  rule: KnownRule,
  multipliers: InterimTreeMultipliers,
  tied: readonly number[],
): boolean {
  // Where no requirement is priced, the objective cannot be better, whatever the rule.
  if (tied.length === 0 || multipliers.trees.length === 0) return true;
  const { environment } = problem;
  const worths = new TieWorths(problem, multipliers);
  const lottery = lotteriesOf(environment, rule);
  return tied.every((s) => {
    const outcomes = efficientOutcomes(environment, s);
    const own = worths.at(s, outcomes);
    let least = own[0];
    for (const worth of own) if (worth < least) least = worth;
    return lottery(s).every(({ outcome }) => own[outcomes.indexOf(outcome)] === least);
  });
}
