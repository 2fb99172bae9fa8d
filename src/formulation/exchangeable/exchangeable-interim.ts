import { symmetricOutcomes } from "../../environment/orbits/symmetric-rule.js";
import { interimTable } from "../../mechanism/interim-table.js";
import type { MutualInsurance } from "../../mechanism/mutual-insurance.js";
import { SymmetricSteadyGains } from "../../mechanism/symmetric-steady-gains.js";
import { RationalVector } from "../../number/rational-vector.js";
import { inExpectation } from "../../problem/in-expectation.js";
import type { Problem } from "../../problem/problem.js";
import { SpreadMultipliers } from "../../proof/interim/spread-multipliers.js";
import type { Solver } from "../../solver/solver.js";
import type { Limits, Resolution } from "../resolution.js";
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
): Promise<(Omit<SearchResult, "mechanism"> & Pick<Resolution, "mechanism">) | undefined> {
  const asked = inExpectation(problem);
  const designs = new SymmetricDesigns(asked);
  const found = await resolved(designs, solver, limits);
  if (!found || asked === problem) return found;
  const { mechanism, multipliers } = found;
  return {
    ...found,
    mechanism: mechanism && steadyGains(designs, mechanism),
    multipliers: multipliers && new SpreadMultipliers(problem.environment, multipliers),
  };
}

async function resolved(
  designs: SymmetricDesigns,
  solver: Solver,
  limits: Limits,
): Promise<SearchResult | undefined> {
  const prescribed = prescribedRule(designs.problem, designs.table);
  if (!prescribed) return new RuleSearch(designs, solver, limits).best();
  const design = designs.design(prescribed, symmetricOutcomes(designs.table, prescribed));
  return { mechanism: designs.mechanism(design), multipliers: design.multipliers };
}

/** The same rule and interim payments. */
function steadyGains({ table, outside }: SymmetricDesigns, mechanism: MutualInsurance): SymmetricSteadyGains {
  const { environment, rule, constantSubsidy } = mechanism;
  const expected = interimTable(environment, mechanism);
  const gains = outside.toRationals().map((option, type) => expected(0, type).utility.subtract(option));
  return new SymmetricSteadyGains(table, rule, RationalVector.from(gains), constantSubsidy);
}
