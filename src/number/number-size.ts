import { InputError } from "../fault/input-error.js";
import { lcm, Rational } from "./rational.js";

/** Most digits of a number that a user gives, over or under its line. */
export const MOST_DIGITS = 1000;
/** Most digits of the common denominator of all numbers that a user gives: every exact number of the work may be as long. */
export const MOST_COMMON_DIGITS = 1000;

const LARGEST = 10n ** BigInt(MOST_DIGITS);
const LARGEST_COMMON = 10n ** BigInt(MOST_COMMON_DIGITS);

/**
 * Throws InputError, with its path, for the first number in a document that is too long to be reckoned with, or with which the common
 * denominator of all numbers so far becomes so.
 */
export function checkNumbers(document: unknown): void {
  const known = new Set([1n]);
  let common = 1n;
  const look = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (!(value instanceof Rational)) {
      const isList = Array.isArray(value);
      for (const key in value) {
        const inside = (value as Record<string, unknown>)[key];
        if (typeof inside === "object")
          look(inside, isList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
      }
      return;
    }
    const { numerator, denominator } = value;
    if (numerator >= LARGEST || -numerator >= LARGEST || denominator >= LARGEST)
      throw new InputError(
        path,
        "a number of too many digits",
        `at most ${MOST_DIGITS} digits, over the line and under it`,
      );
    if (known.has(denominator)) return;
    known.add(denominator);
    common = lcm(common, denominator);
    if (common >= LARGEST_COMMON)
      throw new InputError(
        path,
        "a number with which the common denominator of all becomes too long",
        `numbers whose common denominator has at most ${MOST_COMMON_DIGITS} digits`,
      );
  };
  look(document, "");
}
