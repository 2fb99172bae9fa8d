import type { LinearProgram } from "../lp/linear-program.js";
import type { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { SolverResult } from "../solver/solver.js";
import { Budget, BudgetExceeded, type BudgetLimits, OutOfPatience } from "./budget.js";
import { startingBasis } from "./crash-basis.js";
import { exactSimplex } from "./exact-simplex.js";
import { type IntegerProgram, toIntegerProgram } from "./integer-program.js";
import { preciseBasis } from "./precise-simplex.js";
import { type KnownBounds, SimplexState } from "./simplex-state.js";
import { type Violation, verifyFarkas, verifyOptimal, verifyRay } from "./verification.js";

/** A row or a column whose lower bound exceeds its upper one. */
export type ContradictoryBounds = { readonly row: number } | { readonly column: number };

/** Vectors refer to the LinearProgram's columns and rows; duals follow its sign convention. */
export type ExactOutcome =
  | {
      readonly status: "optimal";
      readonly objective: Rational;
      readonly primal: RationalVector;
      readonly dual: RationalVector;
      /** Exact pivots that were needed; 0 when the proposed basis was optimal. */
      readonly pivots: number;
    }
  | {
      readonly status: "infeasible";
      /** Row multipliers as in `verifyFarkas`; all zero where contradictory bounds are the whole proof. */
      readonly farkas: RationalVector;
      readonly contradictoryBounds?: ContradictoryBounds;
      readonly pivots: number;
    }
  | {
      readonly status: "unbounded";
      /** Feasible; and along the ray, from there on, the cost falls for ever. */
      readonly primal: RationalVector;
      readonly ray: RationalVector;
      readonly pivots: number;
    }
  /** A limit ended the run. What is given was proved before: `lower <= optimum <= upper`. */
  | ({ readonly status: "gave-up"; readonly reason: string; readonly pivots: number } & ExactBounds);

/** Bounds on the optimum, each with the vector that attains it. */
export interface ExactBounds {
  readonly lower?: Rational;
  /** Row duals whose weak-duality bound is `lower`. */
  readonly dual?: RationalVector;
  readonly upper?: Rational;
  /** A feasible vector whose objective is `upper`. */
  readonly primal?: RationalVector;
}

/**
 * The exact solution of a linear program, from what a floating-point solver proposes: its basis, else its values, else
 * nothing. The proposal only decides where exact arithmetic starts; a wrong one costs pivots, never the answer. Where it leads
 * through too many of them, a simplex method in long numbers proposes another basis.
 * Every answer has passed the referee of `verification.ts`.
 *
 * Throws RangeError when a limit is no number.
 */
export function solveExactly(
  program: LinearProgram,
  proposal?: SolverResult,
  limits: BudgetLimits = {},
): ExactOutcome {
  const budget = new Budget(limits);
  const contradictoryBounds = findContradiction(program);
  if (contradictoryBounds) {
    const farkas = RationalVector.zeros(program.rowCount);
    return { status: "infeasible", farkas, contradictoryBounds, pivots: 0 };
  }
  const integer = toIntegerProgram(program);
  const known: KnownBounds = {};
  const from = (status: Uint8Array, claimedInfeasible: boolean) =>
    certifiedOutcome(program, integer, new SimplexState(integer, status, budget, known), claimedInfeasible);
  try {
    budget.allow(patienceWith(integer));
    try {
      const claim = proposal?.termination;
      // Without a basis of the solver's own nothing says that the starting one contains a proof.
      const claimedInfeasible =
        proposal?.basis !== undefined && (claim === "infeasible" || claim === "infeasible-or-unbounded");
      return from(startingBasis(program, integer, proposal, budget.check), claimedInfeasible);
    } catch (error) {
      if (!(error instanceof OutOfPatience)) throw error;
    }
    budget.allow(Number.POSITIVE_INFINITY);
    const { status, claimsInfeasible } = preciseBasis(integer, budget.check);
    return from(status, claimsInfeasible);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    const bounds = exactBounds(program, integer, known);
    return { status: "gave-up", reason: error.message, pivots: budget.pivots, ...bounds };
  }
}

/** Entries of the largest tableau that is kept in long numbers. */
const LARGEST_TABLEAU = 500_000;

/**
 * Steps from the solver's basis before another one is looked for in long numbers. Whoever spends on the first way about what
 * the second one costs never loses more than half.
 */
function patienceWith({ rowCount, columnCount }: IntegerProgram): number {
  const entries = rowCount * columnCount;
  if (entries > LARGEST_TABLEAU) return Number.POSITIVE_INFINITY;
  return Math.max(1000, (entries * (rowCount + columnCount)) / 6000);
}

function certifiedOutcome(
  program: LinearProgram,
  integer: IntegerProgram,
  state: SimplexState,
  claimedInfeasible: boolean,
): ExactOutcome {
  const end = exactSimplex(state, claimedInfeasible);
  const { pivots } = state.budget;
  if (end.status === "infeasible") {
    const farkas = inRowUnits(integer, end.u, BigInt(end.sign));
    demand(verifyFarkas(program, farkas));
    return { status: "infeasible", farkas, pivots };
  }
  const primal = columnsOf(integer, state.vertex, 1n);
  if (end.status === "unbounded") {
    const ray = columnsOf(integer, end.direction, BigInt(end.sign));
    demand(verifyRay(program, primal, ray));
    return { status: "unbounded", primal, ray, pivots };
  }
  const objective = state.objective().add(program.offset);
  const dual = inRowUnits(integer, end.y, 1n);
  demand(verifyOptimal(program, primal, dual, objective));
  return { status: "optimal", objective, primal, dual, pivots };
}

/** What a run that had to stop has proved, in the program's own terms. */
function exactBounds(program: LinearProgram, integer: IntegerProgram, known: KnownBounds): ExactBounds {
  return {
    ...(known.lower && {
      lower: known.lower.objective.add(program.offset),
      dual: inRowUnits(integer, known.lower.y, 1n),
    }),
    ...(known.upper && {
      upper: known.upper.objective.add(program.offset),
      primal: columnsOf(integer, known.upper.x, 1n),
    }),
  };
}

function findContradiction(program: LinearProgram): ContradictoryBounds | undefined {
  const { columnLower, columnUpper, rowLower, rowUpper } = program;
  const crossed = (lower: Rational | undefined, upper: Rational | undefined) =>
    lower !== undefined && upper !== undefined && lower.compare(upper) > 0;
  const column = columnLower.findIndex((lower, j) => crossed(lower, columnUpper[j]));
  if (column >= 0) return { column };
  const row = rowLower.findIndex((lower, i) => crossed(lower, rowUpper[i]));
  return row >= 0 ? { row } : undefined;
}

/** Multipliers of the integer rows as multipliers of the program's rows. */
function inRowUnits(integer: IntegerProgram, u: RationalVector, sign: bigint): RationalVector {
  const { numerators } = u;
  if (sign === 1n && integer.rowScale.every((scale) => scale === 1n)) return u;
  const scaled = integer.rowScale.map((scale, i) => BigInt(numerators[i]) * scale * sign);
  return new RationalVector(packIntegers(scaled), u.denominator);
}

function columnsOf(integer: IntegerProgram, all: RationalVector, sign: bigint): RationalVector {
  const numerators = Array.from({ length: integer.columnCount }, (_, j) => all.numeratorAt(j) * sign);
  return new RationalVector(packIntegers(numerators), all.denominator);
}

function demand(violation: Violation): void {
  if (violation) throw new Error(`the exact solution fails its verification (${violation}): this is a bug`);
}
