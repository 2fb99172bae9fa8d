import { type ExactOutcome, solveExactly } from "../exact/solve-exactly.js";
import { toFloatProgram } from "../lp/float-program.js";
import { nonzeroCount } from "../lp/linear-program.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { highsSolver } from "../solver/highs.js";
import type { Solver, SolverResult } from "../solver/solver.js";
import type { LinearFormulation } from "./formulation.js";
import type { Limits, Resolution } from "./resolution.js";

/**
 * A solver that gives values but no basis leaves a degenerate vertex to exact pivoting. After this many pivots HiGHS is asked
 * for its basis as a second opinion: it decides only where exact arithmetic starts.
 */
const PIVOTS_WITHOUT_BASIS = 100;

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
  const exactLimits = {
    timeLimit: limits.timeLimit && Math.max(1, limits.timeLimit - (solved - started) / 1000),
    signal: limits.signal,
  };
  const hasBasis = proposal.basis !== undefined;
  const pivotLimit = hasBasis ? undefined : PIVOTS_WITHOUT_BASIS;
  let outcome = solveExactly(program, proposal, { ...exactLimits, pivotLimit });
  const secondOpinion = !hasBasis && outcome.status === "gave-up" && outcome.pivots >= PIVOTS_WITHOUT_BASIS;
  if (secondOpinion) {
    const basis = await highsSolver.solve(floats, { timeLimit: limits.timeLimit });
    outcome = solveExactly(program, basis, exactLimits);
  }
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
      secondOpinion,
    },
    timing: {
      formulateMs: formulated - started,
      solveMs: solved - formulated,
      exactMs: performance.now() - solved,
    },
  };
}

export function carriedBack(
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
