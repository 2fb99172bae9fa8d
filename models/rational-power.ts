import { briefLine } from "../src/fault/inert-text.js";
import { InputError } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { roundToDecimals } from "../src/number/rational-text.js";

/** Digits to which irrational values and probabilities are rounded. */
export const DECIMALS = 12;

/** The largest exponent, over or under the line, for which powers are looked for among the fractions. */
const LARGEST_EXPONENT = 64n;

/**
 * `base ^ exponent` for a base >= 0: exact where it is a fraction, else rounded to 12 decimals. Throws RangeError for a
 * negative base, and for zero to a negative power; InputError where no double comes near the power.
 */
export function rationalPower(base: Rational, exponent: Rational): Rational {
  if (base.sign < 0) throw new RangeError(`a power of the negative number ${base}`);
  if (exponent.sign < 0) return Rational.ONE.divide(rationalPower(base, exponent.negate()));
  const { numerator: times, denominator: degree } = exponent;
  if (times <= LARGEST_EXPONENT && degree <= LARGEST_EXPONENT) {
    const root = exactRootOf(base, degree);
    if (root) return Rational.of(root.numerator ** times, root.denominator ** times);
  }
  const power = base.toNumber() ** exponent.toNumber();
  if (Number.isFinite(power)) return roundToDecimals(power, DECIMALS);
  const [of, to] = [base, exponent].map((own) => briefLine(`${own}`, 100));
  throw new InputError("", `${of} to the power of ${to}`, "a power that is no larger than about 10^308");
}

/** The number whose `degree`-th power is a number >= 0, where it is a fraction. */
export function exactRootOf({ numerator, denominator }: Rational, degree: bigint): Rational | undefined {
  const [above, below] = [wholeRootBelow(numerator, degree), wholeRootBelow(denominator, degree)];
  const isExact = above ** degree === numerator && below ** degree === denominator;
  return isExact ? Rational.of(above, below) : undefined;
}

/** The largest whole number whose `degree`-th power is at most a whole number >= 0. */
export function wholeRootBelow(value: bigint, degree: bigint): bigint {
  if (degree === 1n || value < 2n) return value;
  // Newton's method from above falls until it is there.
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / Number(degree)));
  for (;;) {
    const next = ((degree - 1n) * root + value / root ** (degree - 1n)) / degree;
    if (next >= root) return root;
    root = next;
  }
}
