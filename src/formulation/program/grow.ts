import type { ExactOutcome } from "../../exact/solve-exactly.js";
import type { SolverResult } from "../../solver/solver.js";
import type { Limits, SolverReport } from "../resolution.js";
import { type Size, sizeOf } from "../size.js";
import type { GrowingProgram } from "./growing-program.js";

/** Knows rows that are not there yet, and adds those that a solution violates. */
export interface Separator {
  /** Adds rows that a float solution violates by more than rounding; whether there were any. */
  near(primal: Float64Array): boolean;
  /** The same of an exact solution, decided exactly: where there are none, it is one of all rows. */
  exactly(outcome: OptimalOutcome): boolean;
}

export type OptimalOutcome = Extract<ExactOutcome, { readonly status: "optimal" }>;

/** What a program has grown to. */
export interface Grown {
  /** Exact, of the rows that are there: of all rows too, where it is not optimal, or it is and time was not up. */
  readonly outcome: ExactOutcome;
  /** Time was up before no row was violated: multipliers are valid still, for rows that are missing have none. */
  readonly isOver: boolean;
  readonly proposal: SolverResult;
  readonly size: Size;
  readonly solver: SolverReport;
  readonly solveMs: number;
  readonly exactMs: number;
}

/** What the last bound may take once the time is up; mostly it takes milliseconds. */
const LAST_SECONDS = 1;

/**
 * Solves a linear program most of whose rows are left out until a solution violates them. Floats find rows as long as they find any;
 * then exact solutions do, and say when there are none.
 */
export async function grow(growing: GrowingProgram, separator: Separator, limits: Limits): Promise<Grown> {
  const started = performance.now();
  const end = started + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  let pivots = 0;
  try {
    for (;;) {
      const isOver = limits.signal?.aborted === true || performance.now() > end;
      const proposal = await growing.propose(isOver ? LAST_SECONDS : undefined);
      const { termination, primal } = proposal;
      if (!isOver && termination === "optimal" && primal && separator.near(primal)) continue;
      const solved = performance.now();
      const outcome = growing.exactly(isOver ? { timeLimit: LAST_SECONDS } : undefined);
      pivots += outcome.pivots;
      if (!isOver && outcome.status === "optimal" && separator.exactly(outcome)) continue;
      return {
        outcome,
        isOver,
        proposal,
        size: sizeOf(growing.program),
        solver: { ...growing.report, iterations: growing.iterations, exactPivots: pivots },
        solveMs: solved - started,
        exactMs: performance.now() - solved,
      };
    }
  } finally {
    growing.dispose();
  }
}
