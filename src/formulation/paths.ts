import type { Problem } from "../question/problem.js";
import { Space } from "../space/space.js";
import { interimPayments } from "../step/interim-payments.js";
import type { Formulation } from "./formulation.js";
import { passObstacle } from "./profile-passes.js";
import type { Resolution } from "./resolution.js";
import { RuleDesigns, stepToInterim } from "./rule-design.js";
import type { Size } from "./size.js";
import { candidateRules } from "./ties/rule-candidates.js";

/**
 * A rule, then interim payments, then shortest paths (theory, section 4): with a given rule interim payments are bounded agent by
 * agent. Where ties are left to the design, the first and the last efficient outcome are tried; the proof says whether one of them is
 * best.
 */
export const paths: Formulation = {
  name: "paths",
  theorem: interimPayments.theorem,
  obstacle,
  size,
  resolve,
};

function obstacle(problem: Problem): string | undefined {
  const { environment, question } = problem;
  const found = stepToInterim(problem).obstacle(problem);
  if (found) return found;
  if (question.allocation === "free" && environment.outcomes.length > 1)
    return "the allocation is left to the design";
  return passObstacle(environment);
}

function size({ environment, question }: Problem): Size {
  const { sizes } = environment.profiles;
  const sum = (of: (size: number) => number) => sizes.reduce((total, own) => total + of(own), 0);
  const arcs = sum(
    (own) => (question.ic === "none" ? 0 : own * (own - 1)) + (question.ir === "none" ? 0 : own),
  );
  return { rows: arcs, columns: sum((own) => own + 1), nonzeros: 2 * arcs };
}

async function* resolve(problem: Problem): AsyncIterable<Resolution> {
  const designs = new RuleDesigns(problem, Space.of(problem.environment));
  for (const rule of candidateRules(problem)) {
    const started = performance.now();
    const design = designs.design(designs.expected(rule));
    yield {
      formulation: paths.name,
      size: size(problem),
      mechanism: designs.mechanism(design),
      multipliers: design.multipliers,
      timing: { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started },
    };
  }
}
