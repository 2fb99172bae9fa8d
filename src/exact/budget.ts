import { type Progress, type StopSignal, stopReason } from "../progress/progress.js";

/** Limits on an exact solve. */
export interface BudgetLimits {
  /** Seconds. */
  readonly timeLimit?: number;
  /** Exact simplex pivots. */
  readonly pivotLimit?: number;
  readonly signal?: StopSignal;
  /** Told of the pivots. */
  readonly progress?: Progress;
}

/** Looking at the clock costs more than most steps that ask for it. */
const CHECKS_BETWEEN_LOOKS = 16;

/** Watches the limits of one run and counts its pivots. */
export class Budget {
  pivots = 0;
  private readonly end: number;
  private readonly pivotLimit: number;
  private patience = Number.POSITIVE_INFINITY;
  private untilLook = 0;

  /** Throws RangeError when a limit is negative or no number. */
  constructor(private readonly limits: BudgetLimits = {}) {
    const { timeLimit = Number.POSITIVE_INFINITY, pivotLimit = Number.POSITIVE_INFINITY } = limits;
    if (!(timeLimit >= 0)) throw new RangeError(`a time limit of ${timeLimit} seconds`);
    if (!(pivotLimit >= 0)) throw new RangeError(`a limit of ${pivotLimit} pivots`);
    this.end = performance.now() + 1000 * timeLimit;
    this.pivotLimit = pivotLimit;
  }

  /** From now on so many steps may be taken before OutOfPatience is thrown. */
  allow(steps: number): void {
    this.patience = steps;
  }

  /** Counts a step. Throws BudgetExceeded when the time is up or the caller has aborted. */
  readonly check = (): void => {
    if (this.patience-- <= 0) throw new OutOfPatience();
    if (this.untilLook-- > 0) return;
    this.untilLook = CHECKS_BETWEEN_LOOKS;
    const { signal } = this.limits;
    if (signal?.aborted) throw new BudgetExceeded(stopReason(signal));
    if (performance.now() > this.end) throw new BudgetExceeded(`time limit of ${this.limits.timeLimit} s`);
  };

  /** Counts a pivot; throws BudgetExceeded when there may be no more. */
  spendPivot(): void {
    if (this.pivots >= this.pivotLimit) throw new BudgetExceeded(`limit of ${this.pivotLimit} pivots`);
    this.pivots++;
    this.limits.progress?.done(this.pivots, "exact pivots");
  }
}

export class BudgetExceeded extends Error {
  override readonly name = "BudgetExceeded";
}

/** The way that was tried leads too slowly to the end; another one may be tried. */
export class OutOfPatience extends Error {
  override readonly name = "OutOfPatience";
}
