import type { FloatProgram } from "../lp/float-program.js";
import { BasisStatus, type SolverResult } from "./solver.js";

/**
 * Answers the programs that solvers treat each in its own way (or abort on): a bound below its opposite,
 * and a program without columns. Returns undefined for every other program.
 */
export function solveTrivially(
  program: FloatProgram,
  solver: SolverResult["solver"],
): SolverResult | undefined {
  const clash =
    clashingBounds("column", program.columnLower, program.columnUpper) ??
    clashingBounds("row", program.rowLower, program.rowUpper);
  if (clash) return infeasible(clash, solver);
  if (program.columnCount > 0) return undefined;
  for (let i = 0; i < program.rowCount; i++) {
    if (!(program.rowLower[i] <= 0 && program.rowUpper[i] >= 0)) {
      return infeasible(`row ${i} is empty and its bounds exclude zero`, solver);
    }
  }
  return {
    termination: "optimal",
    message: "the program has no columns",
    primal: new Float64Array(0),
    dual: new Float64Array(program.rowCount),
    basis: { column: new Uint8Array(0), row: new Uint8Array(program.rowCount).fill(BasisStatus.BASIC) },
    objective: program.offset,
    iterations: 0,
    solver,
  };
}

function clashingBounds(what: string, lower: Float64Array, upper: Float64Array): string | undefined {
  const index = lower.findIndex((bound, k) => !(bound <= upper[k]));
  return index < 0 ? undefined : `${what} ${index} is bounded by ${lower[index]} <= ${upper[index]}`;
}

function infeasible(message: string, solver: SolverResult["solver"]): SolverResult {
  return {
    termination: "infeasible",
    message,
    primal: undefined,
    dual: undefined,
    basis: undefined,
    objective: undefined,
    iterations: 0,
    solver,
  };
}
