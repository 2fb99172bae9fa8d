import { symmetricOutcomes } from "../../engine/orbits/symmetric-rule.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import type { Limits } from "../resolution.js";
import { RuleSearch, type SearchResult } from "./rule-search.js";
import { SymmetricDesigns } from "./symmetric-designs.js";
import { prescribedRule } from "./symmetric-rules.js";

/**
 * Exchangeable agents with private values where interim payments are all that matters (BN Prop. 2). A rule is summed over
 * orbits into what one agent may expect of it, and its best payments are shortest paths (theory, section 4). A rule that is
 * left to the design is searched for. Undefined where the search has nothing to start from.
 */
export async function resolveInterim(
  problem: Problem,
  solver: Solver,
  limits: Limits,
): Promise<SearchResult | undefined> {
  const designs = new SymmetricDesigns(problem);
  const prescribed = prescribedRule(designs.problem, designs.table);
  if (!prescribed) return new RuleSearch(designs, solver, limits).best();
  const design = designs.design(prescribed, symmetricOutcomes(designs.table, prescribed));
  return { mechanism: designs.mechanism(design), multipliers: design.multipliers };
}
