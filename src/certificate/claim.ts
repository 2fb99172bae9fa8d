import type { Rational } from "../number/rational.js";

/**
 * `possible`: a mechanism meets every requirement without outside money, exactly. `impossible`: multipliers prove that none
 * does, exactly. `undecided`: neither is at hand. There is no fourth case, and no tolerance.
 */
export type Verdict = "possible" | "impossible" | "undecided";

/** What an answer says; a mechanism and multipliers prove it. */
export interface Claim {
  readonly verdict: Verdict;
  /** No mechanism meets the requirements even with outside money. */
  readonly infeasible: boolean;
  /**
   * The positive number that the requirements, added up, would have to keep at or below zero: where infeasible, or where no mechanism
   * does without outside money, be it needed at profiles of probability zero alone.
   */
  readonly contradiction: Rational | undefined;
  /** The objective has no bound: surplus without participation or balance. */
  readonly unbounded: boolean;
  /** The optimum lies between these; absent where nothing is known on that side. */
  readonly lower: Rational | undefined;
  readonly upper: Rational | undefined;
}
