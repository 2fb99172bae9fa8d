import { Rational } from "../../src/number/rational.js";

export const DIGITS = 6;

/** A bracket in decimals, each end rounded away from the inside; an exact answer as a fraction. */
export function bracketText(
  { lower, upper }: { readonly lower: Rational | undefined; readonly upper: Rational | undefined },
  digits = DIGITS,
): string {
  if (lower && upper?.equals(lower)) return `${lower}`;
  return `[${lower ? decimal(lower, digits, "down") : "-"}, ${upper ? decimal(upper, digits, "up") : "-"}]`;
}

/** So many decimals, not above the number or not below it. */
export function decimal(value: Rational, digits: number, direction: "down" | "up"): string {
  const unit = 10n ** BigInt(digits);
  const { numerator, denominator } = value.multiply(Rational.of(unit));
  const below = numerator / denominator - (numerator % denominator < 0n ? 1n : 0n);
  const isWhole = numerator % denominator === 0n;
  const units = direction === "up" && !isWhole ? below + 1n : below;
  const size = `${units < 0n ? -units : units}`.padStart(digits + 1, "0");
  return `${units < 0n ? "-" : ""}${size.slice(0, -digits)}.${size.slice(-digits)}`;
}
