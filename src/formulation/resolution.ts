import type { Multipliers } from "../certificate/multipliers.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Progress, StopSignal } from "../progress/progress.js";
import type { Candidate } from "./candidate.js";
import type { Size } from "./size.js";

/** What a formulation brings back in the terms of the problem: candidates for a proof, not yet an answer. */
export interface Resolution {
  readonly formulation: string;
  readonly size: Size;
  readonly mechanism?: StructuredMechanism | undefined;
  readonly multipliers?: Multipliers | undefined;
  /** A floating-point mechanism that could not be made exact. */
  readonly approximation?: Mechanism | undefined;
  /** Why the exact answer was not reached, where it was not. */
  readonly shortfall?: string;
  readonly solver?: SolverReport;
  readonly timing: { readonly formulateMs: number; readonly solveMs: number; readonly exactMs: number };
}

/** Which solver proposed, and in which state it stopped. */
export interface SolverReport {
  readonly name: string;
  readonly version: string;
  readonly termination: string;
  /** The solver's own words. */
  readonly message: string;
  readonly iterations?: number;
  /** Exact simplex pivots after the solver's proposal. */
  readonly exactPivots?: number;
  /** Whether HiGHS had to be asked for a basis, because the solver gives none and exact pivoting took too long. */
  readonly secondOpinion?: boolean;
}

/** Limits on the work of one question, and who is told of it. */
export interface Limits {
  /** Seconds. */
  readonly timeLimit?: number;
  readonly signal?: StopSignal;
  readonly progress?: Progress;
  /** Takes what may bound the optimum as soon as it is there; absent where that is not worth any time. */
  readonly offer?: (candidate: Candidate) => void;
}
