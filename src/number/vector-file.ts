import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import { listText } from "../json/list-text.js";
import { type Integer, short } from "./integer.js";
import { packIntegers, RationalVector } from "./rational-vector.js";

const INTEGER = /^-?\d{1,20000}$/;
const EXPECTED = "expected a whole number, or its digits as text";

/** A whole number in a file: a JSON number where doubles hold it, or its digits as text. */
export const wholeNumberSchema = z
  .union([z.int(), z.string().regex(INTEGER)], { error: EXPECTED })
  .describe("A whole number: a JSON number up to 2^53 - 1 in size, or its digits as text.");

/** Numbers over one denominator. */
export const vectorSchema = z
  .strictObject({
    over: wholeNumberSchema.describe("The denominator of all entries. Positive."),
    entries: z.array(wholeNumberSchema).describe("Numerators."),
  })
  .describe("Numbers as whole numbers over one denominator: entries[k] / over.");

export type VectorFile = z.output<typeof vectorSchema>;

/** Throws InputError (`path…`) for another length than expected, or a denominator that is not positive. */
export function readVector({ over, entries }: VectorFile, length: number, path: string): RationalVector {
  const denominator = BigInt(over);
  if (denominator <= 0n) throw new InputError(`${path}.over`, String(over), "a positive whole number");
  if (entries.length !== length) {
    throw new InputError(`${path}.entries`, `${entries.length} entries`, `${length}`);
  }
  if (entries.every((entry) => typeof entry === "number"))
    return new RationalVector(
      Float64Array.from(entries, (entry) => entry + 0),
      denominator,
    );
  return new RationalVector(packIntegers(entries.map((entry) => BigInt(entry))), denominator);
}

/** A whole number that a file has. */
export function readWholeNumber(number: number | string): Integer {
  return typeof number === "number" ? number + 0 : short(BigInt(number));
}

/** A whole number as a file has it. */
export function wholeNumberText(number: number | bigint): string {
  const value = typeof number === "bigint" ? short(number) : number;
  return typeof value === "number" ? String(value + 0) : `"${value}"`;
}

export function* vectorText({ numerators, denominator }: RationalVector, indent: string): Iterable<string> {
  yield `{ "over": ${wholeNumberText(denominator)}, "entries": `;
  yield* wholeNumbersText(numerators, indent);
  yield " }";
}

export function* wholeNumbersText(numbers: Iterable<number | bigint>, indent: string): Iterable<string> {
  yield* listText(texts(numbers), indent);
}

function* texts(numbers: Iterable<number | bigint>): Iterable<string> {
  for (const number of numbers) yield wholeNumberText(number);
}
