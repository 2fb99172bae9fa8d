import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import { Space } from "../space/space.js";
import type { Formulation } from "./formulation.js";
import { passObstacle } from "./profile-passes.js";
import type { Limits, Resolution } from "./resolution.js";
import { RuleDesigns, stepToInterim } from "./rule-design.js";
import type { Size } from "./size.js";
import { RuleSearch } from "./virtual/rule-search.js";

/**
 * A rule that is left to the design, where interim payments are all that matters: what a price of money makes of requirements
 * that bind turns values into virtual ones, ironed where they fall, and the rule of the greatest virtual welfare is read off
 * profile by profile, without a linear program. Where one price of money does not lead to the bound, others take over.
 */
export const virtual: Formulation = {
  name: "virtual",
  theorem: "Myerson 1981, Myerson and Satterthwaite 1983",
  obstacle,
  size,
  resolve,
};

function obstacle(problem: Problem): string | undefined {
  const { environment, question } = problem;
  const found = stepToInterim(problem).obstacle(problem);
  if (found) return found;
  if (!environment.hasPrivateValues)
    return "with interdependent values a report changes what others are worth to agents";
  if (environment.costs.dependsOnProfile) return "what outcomes cost depends on types";
  if (
    question.allocation === "given" ||
    (question.allocation === "efficient" && question.ties !== "optimise")
  )
    return "the allocation is not left to the design";
  return passObstacle(environment);
}

/** Of the requirements that paths of payments run along: neighbours' incentives and participation. */
function size({ environment, question }: Problem): Size {
  const { sizes } = environment.profiles;
  const types = sizes.reduce((total, own) => total + own, 0);
  const rows = types + (question.ic === "none" ? 0 : 2 * (types - sizes.length));
  return { rows, columns: types + sizes.length, nonzeros: 2 * rows, known: "about" };
}

async function* resolve(problem: Problem, _solver: Solver, limits: Limits): AsyncIterable<Resolution> {
  const started = performance.now();
  const designs = new RuleDesigns(problem, Space.of(problem.environment));
  const found = await new RuleSearch(designs, undefined, limits).best();
  if (!found) return;
  yield {
    formulation: virtual.name,
    size: size(problem),
    ...found,
    timing: { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started },
  };
}
