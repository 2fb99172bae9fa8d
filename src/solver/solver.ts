import type { FloatProgram } from "../lp/float-program.js";
import type { Progress, StopSignal } from "../progress/progress.js";

/** Where a variable stands at a vertex. `NONBASIC_FREE` is a free variable held at zero. */
export const BasisStatus = {
  AT_LOWER: 0,
  BASIC: 1,
  AT_UPPER: 2,
  NONBASIC_FREE: 3,
} as const;

/** A simplex basis: one status for each column and one for each row's activity, `rowCount` of them BASIC. */
export interface Basis {
  readonly column: Uint8Array;
  readonly row: Uint8Array;
}

/** Why the solver stopped. Every value but the last two is the solver's claim, not yet a fact. */
export type Termination =
  | "optimal"
  | "infeasible"
  | "unbounded"
  /** The solver could not tell which of the two. */
  | "infeasible-or-unbounded"
  /** The time limit or the caller's signal ended the run. */
  | "interrupted"
  /** Numerical trouble, memory, or a size that the solver refuses; `message` says which. */
  | "failed";

/** What a floating-point solver proposes. Vectors refer to the FloatProgram's columns and rows. */
export interface SolverResult {
  readonly termination: Termination;
  /** The solver's own words. */
  readonly message: string;
  /** Column values, where the solver has any. */
  readonly primal: Float64Array | undefined;
  /** Row duals in the sign convention of LinearProgram. */
  readonly dual: Float64Array | undefined;
  readonly basis: Basis | undefined;
  readonly objective: number | undefined;
  readonly iterations: number | undefined;
  readonly solver: { readonly name: string; readonly version: string };
}

/** When to stop, who is told, and where to start. */
export interface SolverOptions {
  /** Seconds; the solver is asked to stop after them. */
  readonly timeLimit?: number;
  /** Told of iterations, and asked whether to go on, where the solver can. */
  readonly progress?: Progress;
  readonly signal?: StopSignal;
  /** Start from this basis, where the solver can. */
  readonly basis?: Basis;
  /** HiGHS only; "choose" is its default. */
  readonly algorithm?: "choose" | "simplex" | "ipm";
  /** Of "ipm": whether to go on from the interior point to a basis; it does when absent. */
  readonly crossover?: boolean;
}

/** One floating-point LP solver. A solver only proposes; nothing is believed because it said so. */
export interface Solver {
  readonly name: string;
  /** Throws SolverUnavailable when the package behind it cannot be loaded. */
  solve(program: FloatProgram, options?: SolverOptions): Promise<SolverResult>;
}

/** The solver cannot be used here at all: its package is missing, or it refuses this size. */
export class SolverUnavailable extends Error {
  override readonly name = "SolverUnavailable";
}
