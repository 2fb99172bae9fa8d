import type { Formulation } from "../../src/formulation/formulation.js";
import type { Limits, Resolution } from "../../src/formulation/resolution.js";
import { type Judgement, judge } from "../../src/kernel/judgement.js";
import type { Problem } from "../../src/question/problem.js";
import { highsSolver } from "../../src/solver/highs.js";
import type { Solver } from "../../src/solver/solver.js";

/** The first answer of a formulation that the kernel finds settled, or the last one. */
export async function resolved(
  formulation: Formulation,
  problem: Problem,
  solver: Solver = highsSolver,
  limits: Limits = {},
): Promise<Resolution & Judgement> {
  let last: (Resolution & Judgement) | undefined;
  for await (const resolution of formulation.resolve(problem, solver, limits)) {
    last = { ...resolution, ...judge(problem, resolution.mechanism, resolution.multipliers) };
    if (last.optimum || last.infeasible || last.unbounded) break;
  }
  if (!last) throw new Error(`${formulation.name} has no answer`);
  return last;
}
