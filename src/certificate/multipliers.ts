import type { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Family, Place } from "../question/requirement.js";

/**
 * Prices on the requirements of a question, in the language of mechanisms (theory, section 8). By weak duality they bound the
 * objective of every mechanism, or show that there is none.
 *
 * A price is on an inequality of a requirement, which its place tells: whose, of which type, at which profile. A place that leaves
 * out the profile is the requirement's expectation: to the type, under its beliefs; or, without a type, under the prior. What is
 * asked at every profile is asked in expectation too, so such a price may stand for many.
 */
export interface Multipliers {
  /**
   * `bound`: prices that bound the objective. `infeasibility`: prices that no mechanism at all can meet. `money`: prices that none can
   * meet without outside money, where it is allowed.
   */
  readonly purpose: "bound" | "infeasibility" | "money";
  /**
   * Agents may change places: a price without an agent is on every agent's requirement, and one at a profile with increasing
   * types is at all profiles that have these types.
   */
  readonly alike: boolean;
  readonly prices: readonly Prices[];
}

/** The prices of a requirement's inequalities, in one of four forms. */
export type Prices = ListedPrices | ProfilePrices | RangePrices | PathPrices;

/** One by one. */
export interface ListedPrices {
  readonly kind: "list";
  readonly on: Family;
  readonly entries: Iterable<Price>;
}

export interface Price extends Place {
  /** Not negative, unless the requirement is an equation. */
  readonly weight: Rational;
}

/** At every profile, or orbit; of alike agents' participation at every orbit for each type that occurs in it. */
export interface ProfilePrices {
  readonly kind: "profiles";
  readonly on: Family;
  /** Absent for the designer, and where agents are alike. */
  readonly agent?: number;
  readonly weights: RationalVector;
}

/** On the designer's requirement at some profiles, `from <= s < to`: so many times the profile's probability. */
export interface RangePrices {
  readonly kind: "ranges";
  readonly on: Family;
  readonly weight: Rational;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/**
 * On incentives and participation at every profile, told by what keeps payments from being larger: at each profile the agent would
 * rather report another type, or not take part. What a payment is worth there (the price of money, and its probability where
 * surplus is the objective) flows along these until participation ends it: the prices are the flows.
 */
export interface PathPrices {
  readonly kind: "paths";
  /** One for each agent. */
  readonly paths: readonly Paths[];
}

/** What an agent would rather do than tell the truth, at each profile, told by profile or by cut. */
export type Paths =
  /** By profile: the type that the agent would rather report, or -1 where it would rather not take part. */
  | { readonly kind: "profiles"; readonly parents: Int32Array }
  /**
   * For an efficient rule over two outcomes: by `2 * cut + outcome`, where `cut` is how many of the agent's types get the first
   * outcome, the type that all types with the outcome would rather report, and which would rather not take part;
   * or OTHER_OUTCOME, where this is the type next to the cut, and would rather have the other outcome.
   */
  | { readonly kind: "menu"; readonly ties: "first" | "last"; readonly keepers: Int32Array };

export const OTHER_OUTCOME = -1;
/** No type gets the outcome there. */
export const NOBODY = -2;
