import type { Multipliers } from "./certificate/multipliers.js";
import type { Candidate } from "./formulation/candidate.js";
import { repairedMultipliers } from "./formulation/repaired-multipliers.js";
import { type Judgement, judge, surplusIsUnbounded } from "./kernel/judgement.js";
import { Refuted } from "./kernel/refuted.js";
import type { StructuredMechanism } from "./mechanism/structured-mechanism.js";
import type { Problem } from "./question/problem.js";

/** What is proved of an optimum, and what proves it. */
export interface Known extends Judgement {
  readonly mechanism?: StructuredMechanism;
  readonly multipliers?: Multipliers;
}

/** The tightest bounds so far, each with what proves it: nothing counts that has not been judged. */
export class BestKnown {
  private judgement: Judgement;
  private best: { readonly mechanism?: StructuredMechanism; readonly multipliers?: Multipliers } = {};

  /** `onKnown` is told at first, and of every tighter bound. */
  constructor(
    private readonly problem: Problem,
    private readonly onKnown: ((known: Known) => void) | undefined,
  ) {
    this.judgement = judge(problem, undefined, undefined);
    onKnown?.(this.answer);
  }

  /** The best mechanism and the best multipliers, judged together. */
  get answer(): Known {
    return { ...this.best, ...this.judgement };
  }

  /** Takes what a candidate proves, if it proves more than what is known. */
  offer({ mechanism, multipliers, rounded }: Candidate): void {
    const exact = rounded && multipliers ? repairedMultipliers(this.problem, multipliers) : multipliers;
    // Nothing bounds what has no bound; multipliers may still show that there is no mechanism.
    if (exact && !(exact.purpose === "bound" && surplusIsUnbounded(this.problem)))
      this.take({ ...this.best, multipliers: exact });
    if (mechanism) this.take({ ...this.best, mechanism });
  }

  private take(next: typeof this.best): void {
    let judgement: Judgement;
    try {
      judgement = judge(this.problem, next.mechanism, next.multipliers);
    } catch (fault) {
      if (fault instanceof Refuted) return;
      throw fault;
    }
    if (!judgement.findings.every(({ holds }) => holds) || !this.isBetter(judgement)) return;
    this.best = next;
    this.judgement = judgement;
    this.onKnown?.(this.answer);
  }

  /** A contradiction, or a bound where there was none or a tighter one, and none lost. */
  private isBetter({ infeasible, lower, upper }: Judgement): boolean {
    if (infeasible) return true;
    const before = this.judgement;
    const raised = lower !== undefined && (!before.lower || lower.compare(before.lower) > 0);
    const lowered = upper !== undefined && (!before.upper || upper.compare(before.upper) < 0);
    const lost =
      (before.lower && (!lower || lower.compare(before.lower) < 0)) ||
      (before.upper && (!upper || upper.compare(before.upper) > 0));
    return (raised || lowered) && !lost;
  }
}
