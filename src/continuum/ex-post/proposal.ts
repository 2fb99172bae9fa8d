import type { FloatProgramBuilder } from "../../lp/float-program-builder.js";
import { highsSolver } from "../../solver/highs.js";
import type { SolverOptions } from "../../solver/solver.js";

/**
 * The columns of an optimal solution, as floats: by the interior-point method, which is much the fastest here, else by whatever the
 * solver chooses. Undefined where there is none.
 */
export async function proposal(
  builder: FloatProgramBuilder,
  options: SolverOptions = {},
): Promise<Float64Array | undefined> {
  const program = builder.build();
  for (const algorithm of ["ipm", "choose"] as const) {
    if (options.signal?.aborted) return undefined;
    const { primal, termination } = await highsSolver.solve(program, { ...options, algorithm });
    if (termination === "optimal") return primal;
  }
  return undefined;
}
