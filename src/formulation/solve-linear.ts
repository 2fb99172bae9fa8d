import { type ExactOutcome, solveExactly } from "../exact/solve-exactly.js";
import { toFloatProgram } from "../lp/float-program.js";
import { nonzeroCount } from "../lp/linear-program.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Solver, SolverResult } from "../solver/solver.js";
import type { LinearFormulation } from "./formulation.js";
import type { Limits, Resolution } from "./resolution.js";

/**
 * Solves a linear formulation: the solver proposes, exact arithmetic disposes, and the formulation carries both sides of
 * the answer back. Throws SolverUnavailable when the solver cannot be used.
 */
export async function solveLinear(
  build: () => LinearFormulation,
  solver: Solver,
  limits: Limits = {},
): Promise<Resolution> {
  const started = performance.now();
  const formulation = build();
  const { program } = formulation;
  const floats = toFloatProgram(program);
  const formulated = performance.now();
  const proposal = await solver.solve(floats, { timeLimit: limits.timeLimit });
  const solved = performance.now();
  const outcome = solveExactly(program, proposal, {
    timeLimit: limits.timeLimit && Math.max(1, limits.timeLimit - (solved - started) / 1000),
    signal: limits.signal,
  });
  const { termination, message } = proposal;
  return {
    formulation: formulation.name,
    size: { rows: program.rowCount, columns: program.columnCount, nonzeros: nonzeroCount(program) },
    ...carriedBack(formulation, outcome, proposal),
    solver: {
      ...proposal.solver,
      termination,
      message,
      iterations: proposal.iterations,
      exactPivots: outcome.pivots,
    },
    timing: {
      formulateMs: formulated - started,
      solveMs: solved - formulated,
      exactMs: performance.now() - solved,
    },
  };
}

function carriedBack(
  formulation: LinearFormulation,
  outcome: ExactOutcome,
  proposal: SolverResult,
): Pick<Resolution, "mechanism" | "multipliers" | "approximation" | "shortfall"> {
  switch (outcome.status) {
    case "optimal":
      return {
        mechanism: formulation.recoverMechanism(outcome.primal),
        multipliers: formulation.recoverMultipliers(outcome.dual, "bound"),
      };
    case "infeasible":
      return { multipliers: formulation.recoverMultipliers(outcome.farkas, "infeasibility") };
    case "unbounded":
      return {
        mechanism: formulation.recoverMechanism(outcome.primal),
        shortfall: "the linear program is unbounded",
      };
    case "gave-up":
      return {
        mechanism: outcome.primal && formulation.recoverMechanism(outcome.primal),
        multipliers: outcome.dual && formulation.recoverMultipliers(outcome.dual, "bound"),
        approximation: proposal.primal && formulation.recoverMechanism(exactDoubles(proposal.primal)),
        shortfall: outcome.reason,
      };
  }
}

/** The rationals that doubles denote. */
function exactDoubles(values: Float64Array): RationalVector {
  return RationalVector.from(Array.from(values, (value) => Rational.fromDouble(value)));
}
