import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import { numberText } from "./number-text.js";

/** Beyond this length a fraction says less to a reader than its decimals do. */
const LONGEST_FRACTION = 24;

/** Decimals of an end of a bracket: two more than its width needs. */
const FEWEST_DECIMALS = 6;
const MOST_DECIMALS = 30;

/** An end of a bracket, and which. A fraction that is short stands as it is; decimals are rounded outwards. */
export interface BracketEnds {
  readonly lower?: Rational | undefined;
  readonly upper?: Rational | undefined;
}

/** `between 0.165833 and 1/6 ≈ 0.1666667`, `at least 0.165833` or `at most 0.166667`: true however its ends are rounded. */
export function bracketText(ends: BracketEnds): string {
  const { lower, upper } = ends;
  if (lower && upper) return `between ${endText(ends, "lower")} and ${endText(ends, "upper")}`;
  return lower ? `at least ${endText(ends, "lower")}` : `at most ${endText(ends, "upper")}`;
}

/** One end, rounded away from the other one. */
export function endText(ends: BracketEnds, end: "lower" | "upper"): string {
  const value = ends[end]!;
  if (value.toString().length <= LONGEST_FRACTION) return numberText(value);
  return decimalOrFraction(roundedTo(value, decimalsOf(ends), end));
}

/** How far the ends are apart, with two digits, rounded upwards: `0.00084`. */
export function widthText(lower: Rational, upper: Rational): string {
  const width = upper.subtract(lower);
  if (width.sign <= 0) return "0";
  const leading = Math.ceil(-Math.log10(width.toNumber()));
  return decimalOrFraction(roundedTo(width, Math.min(MOST_DECIMALS, Math.max(1, leading + 1)), "upper"));
}

/** The same without decimals beside a fraction, for a line that has little room. */
export function shortEnd(ends: BracketEnds, end: "lower" | "upper"): string {
  const value = ends[end]!;
  return value.toString().length <= LONGEST_FRACTION ? value.toString() : endText(ends, end);
}

function decimalsOf({ lower, upper }: BracketEnds): number {
  const width = lower && upper ? upper.subtract(lower).toNumber() : 0;
  if (!(width > 0)) return 2 * FEWEST_DECIMALS;
  return Math.min(MOST_DECIMALS, Math.max(FEWEST_DECIMALS, Math.ceil(-Math.log10(width)) + 2));
}

function roundedTo(value: Rational, decimals: number, end: "lower" | "upper"): Rational {
  const scale = 10n ** BigInt(decimals);
  const scaled = value.numerator * scale;
  const below = scaled / value.denominator - (scaled % value.denominator < 0n ? 1n : 0n);
  const isWhole = scaled % value.denominator === 0n;
  return Rational.of(end === "lower" || isWhole ? below : below + 1n, scale);
}
