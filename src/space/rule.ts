import type { Lottery } from "../environment/lottery.js";
import { type Integer, short } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";

/** How an efficient rule chooses among equally efficient outcomes: the first, the last, or all alike. */
export type TieRule = "first" | "last" | "uniform";

/**
 * An allocation rule as data, so that it can be written to a file and evaluated by whoever reads it.
 *
 * - `given`: the rule that stands in the instance.
 * - `efficient`: an outcome of the greatest welfare; ties go to the first, the last, or all alike.
 * - `priced`: an outcome of the greatest virtual welfare (`Weights`), among efficient ones or all; ties go to the first.
 * - `mixture`: one of several rules, with probabilities that sum to 1.
 * - `except`: a rule but for some profiles, at which lotteries are listed.
 * - `table`: a lottery for every profile, or orbit, in their order.
 *
 * Where agents are alike, rules say what happens at profiles with increasing types; "the first" outcome then stands for all outcomes
 * into which exchanging agents of equal types turns it, with equal chances.
 */
export type Rule =
  | { readonly kind: "given" }
  | { readonly kind: "efficient"; readonly ties: TieRule }
  | PricedRule
  | { readonly kind: "mixture"; readonly parts: readonly MixturePart[] }
  | { readonly kind: "except"; readonly rule: Rule; readonly lotteries: ReadonlyMap<number, Lottery> }
  | { readonly kind: "table"; readonly lotteries: LotteryList };

/** An outcome of the greatest virtual welfare; ties go to the first. */
export interface PricedRule {
  readonly kind: "priced";
  readonly among: "efficient" | "all";
  /** By agent: `perOutcome[type * outcomes + x]`. */
  readonly perOutcome: readonly ArrayLike<Integer>[];
  readonly perCost: Integer;
}

/** A rule, and how likely it is the one that decides. */
export interface MixturePart {
  readonly weight: Rational;
  readonly rule: Rule;
}

/** Lotteries by their place. */
export interface LotteryList {
  readonly length: number;
  at(place: number): Lottery;
}

/** A lottery with its probabilities as shares of one denominator. */
export interface Shares {
  readonly outcomes: readonly number[];
  readonly shares: readonly Integer[];
  readonly denominator: bigint;
}

/** Every outcome with the same share. */
export function equalShares(outcomes: readonly number[]): Shares {
  return { outcomes, shares: outcomes.map(() => 1), denominator: BigInt(outcomes.length) };
}

export function sharesOf(lottery: Lottery): Shares {
  const denominator = lottery.reduce((common, { probability }) => lcm(common, probability.denominator), 1n);
  return {
    outcomes: lottery.map(({ outcome }) => outcome),
    shares: lottery.map(({ probability }) =>
      short(probability.numerator * (denominator / probability.denominator)),
    ),
    denominator,
  };
}

export function lotteryOf({ outcomes, shares, denominator }: Shares): Lottery {
  return outcomes.map((outcome, k) => ({ outcome, probability: Rational.of(shares[k], denominator) }));
}
