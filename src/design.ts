import { plansFor } from "./formulation/plan.js";
import type { Limits, Resolution } from "./formulation/resolution.js";
import type { Problem } from "./problem/problem.js";
import { type Judgement, judge, surplusIsUnbounded } from "./proof/judgement.js";
import { type SolverName, solverByName } from "./solver/registry.js";

export interface DesignOptions extends Limits {
  /** The floating-point solver that proposes; HiGHS when absent. */
  readonly solver?: SolverName;
  /** Forces a formulation by its name; the smallest that applies when absent. */
  readonly formulation?: string;
}

/** A question's answer, with everything that proves it. */
export interface Design extends Judgement, Resolution {
  readonly problem: Problem;
  readonly auditMs: number;
}

/**
 * Walks the whole way from a problem to its answer: formulate, solve, recover, prove. The verdict rests on nothing but the
 * exact audit of the mechanism and the exact weak-duality bound of the multipliers.
 * Throws SolverUnavailable when the solver cannot be used, InputError when the problem is too large.
 */
export async function designFor(problem: Problem, options: DesignOptions = {}): Promise<Design> {
  const solver = solverByName(options.solver ?? "highs");
  const asked = bounded(problem);
  let design: Design | undefined;
  // A formulation may find that it cannot prove its answer; the next one then takes over.
  for (const formulation of plansFor(asked, options.formulation)) {
    design = proven(problem, await formulation.resolve(asked, solver, options));
    if (design.optimum || design.infeasible || design.unbounded) break;
  }
  if (!design) throw new Error("no formulation applies, though the direct one always should");
  return design;
}

function proven(problem: Problem, resolution: Resolution): Design {
  const started = performance.now();
  const { mechanism } = resolution;
  const unbounded = surplusIsUnbounded(problem.question);
  const multipliers =
    unbounded && resolution.multipliers?.purpose === "bound" ? undefined : resolution.multipliers;
  const judgement = judge(problem, mechanism, multipliers);
  return { ...resolution, multipliers, ...judgement, problem, auditMs: performance.now() - started };
}

/** Where surplus has no bound, any mechanism answers the question. */
function bounded(problem: Problem): Problem {
  if (!surplusIsUnbounded(problem.question)) return problem;
  return { ...problem, question: { ...problem.question, objective: "feasibility" } };
}
