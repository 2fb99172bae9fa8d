import { InputError } from "./environment/input-error.js";
import { directFormulation, directSize } from "./formulation/direct.js";
import type { Limits, Resolution } from "./formulation/resolution.js";
import { solveLinear } from "./formulation/solve-linear.js";
import type { Problem } from "./problem/problem.js";
import { type Judgement, judge, surplusIsUnbounded } from "./proof/judgement.js";
import { type SolverName, solverByName } from "./solver/registry.js";

export interface DesignOptions extends Limits {
  /** The floating-point solver that proposes; HiGHS when absent. */
  readonly solver?: SolverName;
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
  checkSize(problem);
  const solver = solverByName(options.solver ?? "highs");
  const resolution = await solveLinear(() => directFormulation(bounded(problem)), solver, options);
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

/** Beyond this many coefficients the direct linear program does not fit in the solvers' memory. */
const LARGEST_NONZEROS = 2e7;

function checkSize(problem: Problem): void {
  const { rows, columns, nonzeros } = directSize(problem);
  if (nonzeros <= LARGEST_NONZEROS) return;
  const gigabytes = (nonzeros * 100) / 2 ** 30;
  throw new InputError(
    "",
    `the direct linear program would have ${rows.toLocaleString("en")} rows, ${columns.toLocaleString("en")} columns and ` +
      `${nonzeros.toLocaleString("en")} coefficients, about ${gigabytes.toFixed(1)} GiB`,
    `at most ${LARGEST_NONZEROS.toLocaleString("en")} coefficients: a coarser grid, or fewer agents`,
  );
}
