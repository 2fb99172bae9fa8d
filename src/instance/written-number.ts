import type { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";

/** More significant digits than this may not survive a double, through which other programs read numbers. */
const MOST_DIGITS = 15;

/** As files have it: a JSON number where its decimals are exact and short, else a fraction as text. */
export function writtenNumber(value: Rational): number | string {
  const text = decimalOrFraction(value);
  return text.includes("/") || text.replace(/\D/g, "").length > MOST_DIGITS ? text : Number(text);
}
