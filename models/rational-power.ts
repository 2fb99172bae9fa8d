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
    const numerator = wholeRoot(base.numerator, degree);
    const denominator = wholeRoot(base.denominator, degree);
    if (numerator !== undefined && denominator !== undefined) {
      return Rational.of(numerator ** times, denominator ** times);
    }
  }
  const power = base.toNumber() ** exponent.toNumber();
  if (Number.isFinite(power)) return roundToDecimals(power, DECIMALS);
  const [of, to] = [base, exponent].map((own) => briefLine(`${own}`, 100));
  throw new InputError("", `${of} to the power of ${to}`, "a power that is no larger than about 10^308");
}

/** The whole number whose `degree`-th power is `value`, if there is one. */
function wholeRoot(value: bigint, degree: bigint): bigint | undefined {
  if (degree === 1n) return value;
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const root = BigInt(Math.round(Number(value) ** (1 / Number(degree))));
  return root ** degree === value ? root : undefined;
}
