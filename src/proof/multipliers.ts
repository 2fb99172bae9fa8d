import type { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";

/**
 * Prices on the requirements of the direct linear program, in the language of mechanisms (theory, section 8).
 * By weak duality they bound the objective of every mechanism, or show that there is none.
 *
 * Every requirement is written as `slack >= 0` (an exact budget as `slack = 0`):
 * IC of type `a` against report `b`: truthful minus misreporting utility; IR: utility minus outside option;
 * budget: payments plus outside money minus cost. Expectations are the agent's own, given its type.
 */
export interface Multipliers {
  /** `bound`: prices that bound the objective. `infeasibility`: prices that no mechanism at all can meet. */
  readonly purpose: "bound" | "infeasibility";
  readonly incentive: readonly IncentiveMultiplier[];
  readonly participation: readonly ParticipationMultiplier[];
  readonly budget: BudgetPrices;
  /** The same one by one, where there may be too many for a list. */
  eachIncentive?(): Iterable<IncentiveMultiplier>;
  eachParticipation?(): Iterable<ParticipationMultiplier>;
}

/** The incentive multipliers one by one; those kept in flat arrays never stand in memory as a list. */
export function incentivesOf(multipliers: Multipliers): Iterable<IncentiveMultiplier> {
  return multipliers.eachIncentive?.() ?? multipliers.incentive;
}

/** The participation multipliers one by one. */
export function participationsOf(multipliers: Multipliers): Iterable<ParticipationMultiplier> {
  return multipliers.eachParticipation?.() ?? multipliers.participation;
}

export interface IncentiveMultiplier {
  readonly agent: number;
  /** The true type, and the type that it might report. */
  readonly type: number;
  readonly report: number;
  /** Ex post and dominant-strategy IC: the true profile (in which the agent has `type`). */
  readonly truth?: number;
  /** Dominant-strategy IC: the profile of reports when the agent reports the truth. */
  readonly reported?: number;
  /** Not negative. */
  readonly weight: Rational;
}

export interface ParticipationMultiplier {
  readonly agent: number;
  /** Interim IR: the type. */
  readonly type?: number;
  /** Ex post IR: the profile. */
  readonly profile?: number;
  /** Not negative. */
  readonly weight: Rational;
}

export type BudgetPrices =
  | { readonly kind: "none" }
  /** Ex ante budget: the price of money in expectation. */
  | { readonly kind: "expectation"; readonly price: Rational }
  /** Ex post budget: the price of money at each profile. */
  | { readonly kind: "profile"; readonly prices: RationalVector }
  /** Ex post budget, the price at a profile being `scale` times its prior probability. */
  | { readonly kind: "prior"; readonly scale: Rational };
