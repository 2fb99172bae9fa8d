import * as z from "zod";
import type { Rational } from "../number/rational.js";

/** A number in JSON: exact, and the double nearest to it. */
export const numberJsonSchema = z
  .strictObject({
    exact: z
      .string()
      .describe("The number itself: a whole number, or a fraction in lowest terms such as `3/40`."),
    value: z.number().optional().describe("The double nearest to it; absent beyond the range of doubles."),
  })
  .describe("A number, exactly and for computing.");

/** A number as a machine reads it: the fraction that it is, and the double nearest to that. */
export type NumberJson = z.output<typeof numberJsonSchema>;

export function numberJson(value: Rational): NumberJson {
  const double = value.toNumber();
  return { exact: value.toString(), ...(Number.isFinite(double) && { value: double }) };
}

/** Only the entries that are there: what is absent in an object is absent in the text of it as well. */
export function present<T extends object>(entries: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}

export const boundsJsonSchema = z
  .strictObject({ lower: numberJsonSchema.optional(), upper: numberJsonSchema.optional() })
  .describe("What is proved of an optimum that is not known: it is not below the one nor above the other.");

export type BoundsJson = z.output<typeof boundsJsonSchema>;

/** The interval in which an optimum lies that is not settled; undefined where nothing is known, or everything. */
export function boundsJson({
  optimum,
  lower,
  upper,
}: {
  readonly optimum?: Rational | undefined;
  readonly lower?: Rational | undefined;
  readonly upper?: Rational | undefined;
}): BoundsJson | undefined {
  if (optimum || (!lower && !upper)) return undefined;
  return present({ lower: lower && numberJson(lower), upper: upper && numberJson(upper) });
}
