import type { Lottery } from "../../environment/lottery.js";
import { InputError } from "../../fault/input-error.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";

/** The columns of the outcomes that may be chosen at a profile where that is left to the design. */
export interface FreeProfile {
  readonly outcomes: readonly number[];
  readonly firstColumn: number;
}

/** More profiles with a choice than this do not fit in a linear program. */
const MOST_CHOICES = 2_000_000;

/**
 * The columns that every interim program has (theory, section 3): interim payments `T_i(a)`, then probabilities of outcomes
 * at the profiles where there is a choice, then, for agents with private values, the interim probabilities `Q_i(x|a)` that
 * these choices add up to. Further columns follow as they are asked for.
 */
export class InterimColumns {
  /** The profiles where the lottery is left to the design. */
  readonly free = new Map<number, FreeProfile>();
  private readonly firstPayment: readonly number[];
  private readonly firstLifted: readonly (number | undefined)[];
  private next: number;

  /** Throws InputError when there are too many profiles with a choice. */
  constructor(private readonly problem: Problem) {
    const { environment, allowed } = problem;
    const { profiles } = environment;
    let next = 0;
    this.firstPayment = profiles.sizes.map((size) => {
      next += size;
      return next - size;
    });
    for (let s = 0; s < profiles.count; s++) {
      if (allowed.fixed(s)) continue;
      const outcomes = allowed.outcomes(s);
      this.free.set(s, { outcomes, firstColumn: next });
      next += outcomes.length;
      if (next > MOST_CHOICES) {
        throw new InputError("", "an allocation with too many choices", `at most ${MOST_CHOICES}`);
      }
    }
    this.firstLifted = profiles.sizes.map((size, agent) => {
      if (this.free.size === 0 || environment.values[agent].dependsOnProfile) return undefined;
      next += size * environment.outcomes.length;
      return next - size * environment.outcomes.length;
    });
    this.next = next;
  }

  get count(): number {
    return this.next;
  }

  /** The first of a number of further columns. */
  append(count: number): number {
    this.next += count;
    return this.next - count;
  }

  payment(agent: number, type: number): number {
    return this.firstPayment[agent] + type;
  }

  /** Whether the agent's values enter by interim probabilities of outcomes. */
  isLifted(agent: number): boolean {
    return this.firstLifted[agent] !== undefined;
  }

  /** The part of `Q_i(outcome | type)` that the choices make up. */
  lifted(agent: number, type: number, outcome: number): number {
    return this.firstLifted[agent]! + type * this.problem.environment.outcomes.length + outcome;
  }

  /** The lottery at a profile that a solution describes. */
  lottery(profile: number, primal: RationalVector): Lottery {
    const free = this.free.get(profile);
    if (!free) return this.problem.allowed.fixed(profile)!;
    return free.outcomes
      .map((outcome, k) => ({ outcome, probability: primal.at(free.firstColumn + k) }))
      .filter((entry) => !entry.probability.isZero);
  }
}
