import { Rational } from "../number/rational.js";
import { rationalOfDecimal } from "../number/rational-text.js";
import type { Extent } from "./style.js";

/** Beyond this length a fraction says less to a reader than its decimals do. */
const LONGEST_FRACTION = 24;

/** `3/40 = 0.075`, `2`, or `≈ 0.0152778` where the fraction is too long to read. */
export function numberText(value: Rational): string {
  const fraction = value.toString();
  const decimals = decimalText(value);
  const rounded = decimals.startsWith("≈");
  const bare = rounded ? decimals.slice(1) : decimals;
  if (fraction.length > LONGEST_FRACTION) return `${rounded ? "≈ " : ""}${bare}`;
  if (value.denominator === 1n && !rounded) return fraction;
  return `${fraction} ${rounded ? "≈" : "="} ${bare}`;
}

/** At most seven significant digits, as they stand in the cells of tables: `0.075`, `≈0.6666667` where they are rounded. */
export function decimalText(value: Rational): string {
  return rounded(value, 7);
}

/** How numbers stand in the cells of tables: as decimals, or as fractions where these are asked for. */
export function cellText({ fractions = false }: Extent): (value: Rational) => string {
  return fractions ? String : decimalText;
}

/** A share of a whole with at most three digits: `12.5%`, `≈14.3%` where they are rounded. */
export function percentText(part: Rational, whole: Rational): string {
  return `${rounded(part.divide(whole).multiply(Rational.of(100)), 3)}%`;
}

/** So many significant digits, with a sign before them where they are not the number itself. */
export function rounded(value: Rational, digits: number): string {
  const double = value.toNumber();
  if (!Number.isFinite(double)) return `≈${enormous(value, digits)}`;
  const nearest = Number(double.toPrecision(digits));
  const isExact = Number.isFinite(nearest) && rationalOfDecimal(nearest).equals(value);
  return `${isExact ? "" : "≈"}${nearest}`;
}

/** A number beyond the range of doubles, with its leading digits: `1.234567e+3000`. */
function enormous({ numerator, denominator }: Rational, digits: number): string {
  const whole = String((numerator < 0n ? -numerator : numerator) / denominator);
  return `${numerator < 0n ? "-" : ""}${whole[0]}.${whole.slice(1, digits)}e+${whole.length - 1}`;
}
