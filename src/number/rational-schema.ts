import * as z from "zod";
import type { Rational } from "./rational.js";
import { parseRational, rationalOfDecimal } from "./rational-text.js";

/** What a number in a file may be, as messages say it. */
export const EXPECTED_NUMBER = 'expected a number, or a string such as "1/3"';

/**
 * A number in a file: a JSON number, which denotes the rational of its decimal text, or a string with a decimal or
 * a fraction. NaN, infinities and `"1/0"` are refused.
 */
export const rationalSchema = z
  .union([z.number(), z.string()], { error: EXPECTED_NUMBER })
  .transform((value, context): Rational => {
    const parsed = typeof value === "number" ? finite(value) : parseRational(value);
    if (parsed) return parsed;
    context.addIssue({ code: "custom", message: EXPECTED_NUMBER });
    return z.NEVER;
  })
  .describe('An exact number: a JSON number (0.1 is one tenth) or a string such as "1/3".')
  .meta({ id: "number" });

function finite(value: number): Rational | undefined {
  return Number.isFinite(value) ? rationalOfDecimal(value) : undefined;
}

/** A whole number within bounds, written in any of the ways of `rationalSchema`. */
export function integerSchema(least: number, greatest: number) {
  const error = `expected a whole number from ${least} to ${greatest}`;
  return z
    .union([z.number(), z.string()], { error })
    .transform((value, context): number => {
      const parsed = typeof value === "number" ? finite(value) : parseRational(value);
      const integer = parsed && parsed.denominator === 1n ? Number(parsed.numerator) : Number.NaN;
      if (integer >= least && integer <= greatest) return integer;
      context.addIssue({ code: "custom", message: error });
      return z.NEVER;
    })
    .describe(`A whole number from ${least} to ${greatest}.`);
}
