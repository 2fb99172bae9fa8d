import { Rational } from "./rational.js";

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;
const FRACTION = /^([+-]?\d+)\/(\d+)$/;

/** The longest text and the largest exponent read as a number: beyond them lies only a denial of service. */
const LONGEST_TEXT = 20_000;
const LARGEST_EXPONENT = 10_000;

/**
 * The rational that a decimal (`"0.1"`, `"-2.5e-3"`) or a fraction (`"1/3"`) denotes, exactly.
 * Returns undefined when the text denotes no number: empty, `NaN`, an infinity, a zero denominator.
 */
export function parseRational(text: string): Rational | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const fraction = text.includes("/") ? FRACTION.exec(text) : undefined;
  if (fraction) {
    const denominator = BigInt(fraction[2]);
    return denominator === 0n ? undefined : Rational.of(BigInt(fraction[1]), denominator);
  }
  const decimal = DECIMAL.exec(text);
  if (!decimal) return undefined;
  const [, sign, whole, fractional = "", exponentText = "0"] = decimal;
  if (whole === "" && fractional === "") return undefined;
  const exponent = Number(exponentText) - fractional.length;
  if (Math.abs(exponent) > LARGEST_EXPONENT + LONGEST_TEXT) return undefined;
  const factor = sign === "-" ? -1 : 1;
  // So few digits, and so small a power of ten, are exact as doubles.
  if (whole.length + fractional.length <= 15 && exponent <= 0 && exponent >= -15)
    return Rational.of(factor * Number(whole + fractional), 10 ** -exponent);
  const digits = BigInt(whole + fractional) * BigInt(factor);
  return exponent >= 0
    ? Rational.of(digits * 10n ** BigInt(exponent))
    : Rational.of(digits, 10n ** BigInt(-exponent));
}

/** The rational that the shortest decimal text of a double denotes: `0.1` is one tenth. */
export function rationalOfDecimal(value: number): Rational {
  const parsed = parseRational(String(value));
  if (!parsed) throw new RangeError(`${value} is not a finite number`);
  return parsed;
}

/** What `structuredClone` leaves of a rational. */
export interface RationalData {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a library user may write where a number is wanted. */
export type RationalLike = Rational | RationalData | bigint | number | string;

/** Reads a number as a user writes it. Throws RangeError, naming the text, when it denotes no number. */
export function toRational(value: RationalLike): Rational {
  if (value instanceof Rational) return value;
  if (typeof value === "bigint") return Rational.of(value);
  if (typeof value === "number") return rationalOfDecimal(value);
  if (typeof value === "object") return Rational.of(value.numerator, value.denominator);
  const parsed = parseRational(value);
  if (!parsed) throw new RangeError(`"${value.slice(0, 60)}" is not a decimal number or a fraction`);
  return parsed;
}

/** The nearest multiple of `10^-digits`, for values that no fraction equals. */
export function roundToDecimals(value: number, digits: number): Rational {
  return rationalOfDecimal(Number(value.toFixed(digits)));
}

/** A decimal where it is finite and short (`0.35`), else the fraction (`1/3`). */
export function decimalOrFraction(value: Rational): string {
  let rest = value.denominator;
  let digits = 0;
  while (rest % 10n === 0n) {
    rest /= 10n;
    digits++;
  }
  for (const prime of [2n, 5n]) {
    while (rest % prime === 0n) {
      rest /= prime;
      digits++;
    }
  }
  if (rest !== 1n || digits > 15) return value.toString();
  const scaled = (value.absolute().numerator * 10n ** BigInt(digits)) / value.denominator;
  const text = scaled.toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fractional = text.slice(text.length - digits).replace(/0+$/, "");
  return (value.sign < 0 ? "-" : "") + whole + (fractional === "" ? "" : `.${fractional}`);
}
