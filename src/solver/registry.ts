import { glpkSolver } from "./glpk.js";
import { highsSolver } from "./highs.js";
import { javascriptLpSolver } from "./javascript-lp-solver.js";
import type { Solver } from "./solver.js";

/** The solvers by the names that users choose them by, the default first. */
export const solverNames = ["highs", "glpk", "jslp"] as const;

export type SolverName = (typeof solverNames)[number];

const solvers: Readonly<Record<SolverName, Solver>> = {
  highs: highsSolver,
  glpk: glpkSolver,
  jslp: javascriptLpSolver,
};

/** The solver of that name; its package is loaded only when it solves. Throws RangeError for other names. */
export function solverByName(name: string): Solver {
  const known = solverNames.find((known) => known === name);
  if (!known) throw new RangeError(`there is no solver "${name}"; choose one of ${solverNames.join(", ")}`);
  return solvers[known];
}
