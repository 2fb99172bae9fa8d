import { designFor } from "../src/design.js";
import type { FormulationName } from "../src/formulation/formulation.js";
import type { FloatProgram } from "../src/lp/float-program.js";
import type { Problem } from "../src/question/problem.js";
import { highsSolver } from "../src/solver/highs.js";
import { near, timed } from "./comparison.js";

/** Seconds that HiGHS gets for a direct program by each of its algorithms. */
export const PATIENCE = 120;

/** From a parsed problem, which nothing has looked at before, to its proven answer. */
export async function provenBy(formulation: FormulationName, problem: Problem) {
  const { ms, value: design } = await timed(() => designFor(problem, { formulation }));
  if (!design.optimum) throw new Error(`no proven optimum by ${formulation}`);
  return { ms, optimum: design.optimum };
}

/** HiGHS's solve of a direct program alone, by the faster of its algorithms; its patience where neither succeeds. */
export async function solvedByHighs(program: FloatProgram, optimum: number): Promise<number> {
  let best = 1000 * PATIENCE;
  for (const algorithm of ["ipm", "simplex"] as const) {
    const { ms, value } = await timed(() =>
      highsSolver.solve(program, { algorithm, timeLimit: best / 1000 }),
    );
    if (value.termination !== "optimal") continue;
    near(optimum, value.objective, `HiGHS by ${algorithm}`);
    best = Math.min(best, ms);
  }
  return best;
}
