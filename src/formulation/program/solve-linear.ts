import { type ExactOutcome, solveExactly } from "../../exact/solve-exactly.js";
import { toFloatProgram } from "../../lp/float-program.js";
import { nonzeroCount } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import { giveWay } from "../../progress/give-way.js";
import { highsSolver } from "../../solver/highs.js";
import type { Solver, SolverResult } from "../../solver/solver.js";
import type { LinearFormulation } from "../formulation.js";
import type { Limits, Resolution } from "../resolution.js";
import { interiorCandidate } from "./interior-candidate.js";

/**
 * A solver that gives values but no basis leaves a degenerate vertex to exact pivoting. After this many pivots HiGHS is asked
 * for its basis as a second opinion: it decides only where exact arithmetic starts.
 */
const PIVOTS_WITHOUT_BASIS = 100;

/** Coefficients from which on a program takes so long that a bound on the way is worth the time that it takes. */
const LARGE = 500_000;

/**
 * Solves a linear formulation: the solver proposes, exact arithmetic disposes, and the formulation carries both sides of
 * the answer back. Throws SolverUnavailable when the solver cannot be used.
 */
export async function* solveLinear(
  build: () => LinearFormulation,
  solver: Solver,
  limits: Limits = {},
): AsyncIterable<Resolution> {
  const started = performance.now();
  const formulation = build();
  const { program } = formulation;
  const floats = toFloatProgram(program);
  const formulated = performance.now();
  const { signal, progress, timeLimit } = limits;
  await giveWay();
  const secondsLeft = (least: number) =>
    timeLimit === undefined ? undefined : Math.max(least, timeLimit - (performance.now() - started) / 1000);
  if (limits.offer && floats.coefficient.length >= LARGE) {
    const near = await interiorCandidate(formulation, floats, solver, {
      timeLimit: secondsLeft(0.001),
      signal,
      progress,
    });
    if (near) limits.offer(near);
  }
  const proposal = await solver.solve(floats, { timeLimit: secondsLeft(0.001), signal, progress });
  const solved = performance.now();
  await giveWay();
  const exactLimits = { timeLimit: secondsLeft(1), signal, progress };
  const hasBasis = proposal.basis !== undefined;
  const pivotLimit = hasBasis ? undefined : PIVOTS_WITHOUT_BASIS;
  const cutShort = proposal.termination === "interrupted" && !hasBasis && !proposal.primal;
  // Without anything to start from, the time that is left leads nowhere.
  let outcome: ExactOutcome = cutShort
    ? { status: "gave-up", reason: proposal.message, pivots: 0 }
    : solveExactly(program, proposal, { ...exactLimits, pivotLimit });
  const secondOpinion = !hasBasis && outcome.status === "gave-up" && outcome.pivots >= PIVOTS_WITHOUT_BASIS;
  if (secondOpinion) {
    const basis = await highsSolver.solve(floats, { timeLimit: secondsLeft(0.001), signal, progress });
    outcome = solveExactly(program, basis, { ...exactLimits, timeLimit: secondsLeft(1) });
  }
  const { termination, message } = proposal;
  yield {
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
