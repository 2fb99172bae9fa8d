import type { Problem } from "../question/problem.js";
import { Space } from "../space/space.js";
import type { Formulation } from "./formulation.js";
import { passObstacle } from "./profile-passes.js";
import type { Resolution } from "./resolution.js";
import { RuleDesigns } from "./rule-design.js";
import type { Size } from "./size.js";
import { candidateRules } from "./ties/rule-candidates.js";

/**
 * Shortest paths (theory, section 4): with an independent prior and a given rule, where participation and budget are not both
 * asked at every profile, only interim payments matter, and they are bounded agent by agent. Where ties are left to the design, the first and the
 * last efficient outcome are tried; the proof says whether one of them is best.
 */
export const paths: Formulation = {
  name: "paths",
  theorem: "BN Prop. 2",
  obstacle,
  size,
  resolve,
};

function obstacle({ environment, question }: Problem): string | undefined {
  if (environment.prior.kind !== "independent") return "the types are correlated";
  if (question.ic !== "none" && question.ic !== "bayesian")
    return "incentives are asked at every profile, not in expectation";
  if (question.ir === "ex-post" && question.budget === "ex-post")
    return "participation and budget are asked at every profile";
  if (question.budget === "ex-post" && environment.agentCount === 1)
    return "one agent alone cannot insure an ex post budget";
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
