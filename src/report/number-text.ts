import type { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";

/** Beyond this length a fraction says less to a reader than its decimals do. */
const LONGEST_FRACTION = 24;

/** `3/40 = 0.075`, `2`, or `≈ 0.0152778` where the fraction is too long to read. */
export function numberText(value: Rational): string {
  const fraction = value.toString();
  const decimals = decimalText(value);
  if (fraction.length > LONGEST_FRACTION) return `≈ ${decimals}`;
  if (value.denominator === 1n) return fraction;
  return `${fraction} ${decimalOrFraction(value) === decimals ? "=" : "≈"} ${decimals}`;
}

/** At most seven significant digits. */
export function decimalText(value: Rational): string {
  return String(Number(value.toNumber().toPrecision(7)));
}

/** `12.3%` */
export function percentText(part: Rational, whole: Rational): string {
  return `${Number((100 * part.divide(whole).toNumber()).toPrecision(3))}%`;
}
