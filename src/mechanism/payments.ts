import type { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";

/**
 * What an agent pays, as data. In all of them `s` is a profile of reports.
 *
 * - `sum`: `t_i(s) = sum_j byType[j](s_j) + onCost * r(s) + onValue * (v_i - u_i)(s)`, with `r` the cost of what the rule chooses and
 *   `v_i - u_i` what it is worth to the agent beyond its outside option. Interim payments, insurance contracts (BN) and gains
 *   that are the same at all profiles are of this kind.
 * - `menu`: an efficient rule over two outcomes without lotteries leaves the agent a price for each outcome, which depends on
 *   the others by the cut alone: how many of the agent's types would get the first outcome. `prices` is by `2 * cut + outcome`.
 * - `table`: an amount for each profile.
 *
 * Where agents are alike, one payment stands for all of theirs: a sum has two vectors, by the own type and by the type of every
 * other agent, and a table has an amount for each orbit and each type that occurs in it.
 */
export type Payment =
  | SumPayment
  | { readonly kind: "menu"; readonly prices: RationalVector }
  | { readonly kind: "table"; readonly amounts: RationalVector };

/** A payment that is a sum: amounts by the agents' types, a share of the cost, and what the outcome is worth to the payer or nothing. */
export interface SumPayment {
  readonly kind: "sum";
  /** By agent, the payer included; undefined for zero. */
  readonly byType: readonly (RationalVector | undefined)[];
  readonly onCost: Rational;
  readonly onValue: boolean;
}

/** Outside money that enters the budget: the same at every profile, what is missing at each, or by profile (or orbit). */
export type OutsideMoney =
  | { readonly kind: "constant"; readonly amount: Rational }
  | { readonly kind: "missing" }
  | { readonly kind: "table"; readonly amounts: RationalVector };
