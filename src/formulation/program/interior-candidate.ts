import type { FloatProgram } from "../../lp/float-program.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Solver, SolverOptions } from "../../solver/solver.js";
import type { Candidate } from "../candidate.js";
import type { LinearFormulation } from "../formulation.js";

/**
 * The duals of an interior point, as rounded multipliers: on a large program it comes near the optimum long before the simplex
 * method, whose bound may stay at zero until its last steps. Undefined for solvers without one, and where time runs out.
 */
export async function interiorCandidate(
  formulation: LinearFormulation,
  floats: FloatProgram,
  solver: Solver,
  limits: Pick<SolverOptions, "timeLimit" | "signal" | "progress">,
): Promise<Candidate | undefined> {
  if (solver.name !== "highs") return undefined;
  const { dual } = await solver.solve(floats, { algorithm: "ipm", crossover: false, ...limits });
  if (!dual) return undefined;
  const duals = Array.from(dual, (weight, row) => rounded(weight * floats.rowScale[row]));
  return {
    multipliers: formulation.recoverMultipliers(RationalVector.from(duals), "bound"),
    rounded: true,
  };
}

/** The unit that duals are rounded to: bounds lose no more than that, and denominators stay short. */
const UNITS = 2 ** 40;

function rounded(value: number): Rational {
  const units = Math.round(value * UNITS);
  return Number.isSafeInteger(units) ? Rational.of(units, UNITS) : Rational.ZERO;
}
