import { Rational } from "../number/rational.js";

/** What one of `n` agents with the same type distribution knows of the others, at one type. */
export interface WinningChance {
  /** The distribution below the type and up to it. */
  readonly below: Rational;
  readonly upTo: Rational;
  /** `F(a-1)^(n-1)`: all others are lower. */
  readonly allLower: Rational;
  /** `Q(a) = (F(a)^n - F(a-1)^n) / (n p(a))`: the chance of winning when ties are shared equally. */
  readonly winning: Rational;
}

/** One entry for each type, in increasing order. */
export function winningChances(probabilities: readonly Rational[], n: number): WinningChance[] {
  let below = Rational.ZERO;
  return probabilities.map((probability) => {
    const upTo = below.add(probability);
    // n Q(a) = sum_k F(a)^k F(a-1)^(n-1-k), which needs no division by p(a).
    const terms = Array.from({ length: n }, (_, k) => power(upTo, k).multiply(power(below, n - 1 - k)));
    const chance = {
      below,
      upTo,
      allLower: power(below, n - 1),
      winning: Rational.sum(terms).divide(Rational.of(n)),
    };
    below = upTo;
    return chance;
  });
}

/**
 * `T(a) - T(a-1)` of VCG: who rises from one type to the next wins where it tied below, at the lower type's surplus, and
 * where it ties now, at its own.
 */
export function interimIncrement(
  lower: WinningChance,
  higher: WinningChance,
  surplus: readonly [Rational, Rational],
): Rational {
  return surplus[0]
    .multiply(higher.allLower.subtract(lower.winning))
    .add(surplus[1].multiply(higher.winning.subtract(higher.allLower)));
}

/** `base^exponent` for a whole exponent >= 0; `0^0` is 1. */
export function power(base: Rational, exponent: number): Rational {
  return Rational.of(base.numerator ** BigInt(exponent), base.denominator ** BigInt(exponent));
}
