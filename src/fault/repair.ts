import type * as z from "zod";
import { choicesOf, fieldsOf, schemaAt } from "./schema-at.js";
import { namesLike } from "./unknown-name.js";

type Schema = z.core.$ZodType;

/** The longest repair that a message shows whole. */
const LONGEST = 60;

/**
 * What was probably meant by a value that a schema refuses, as it would be written: the nearest of the words that are
 * accepted, or else the first of the usual slips that, mended, is accepted.
 */
export function repairsOf(found: unknown, schema: Schema): readonly string[] {
  if (typeof found === "string") {
    const words = namesLike(found, choicesOf(schema));
    if (words.length > 0) return words;
  }
  for (const [mended, text] of candidates(found, schema)) {
    if (accepts(schema, mended)) return [text];
  }
  return [];
}

/** Fields that were probably meant by unknown ones: a like one that is missing, or the same one within another. */
export function fieldsMeant(unknown: readonly string[], given: unknown, schema: Schema): readonly string[] {
  const fields = fieldsOf(schema, given) ?? [];
  const missing = fields.filter((field) => !Object.hasOwn(Object(given), field));
  const meant = unknown.map((key) => {
    const like = namesLike(key, missing);
    if (like.length > 0) return like;
    const around = fields.filter((field) => fieldsWithin(schema, field).includes(key));
    return around.map((field) => `${field}.${key}`);
  });
  return meant.length === 1 ? meant[0] : [...new Set(meant.flatMap((some) => some.slice(0, 1)))];
}

function fieldsWithin(schema: Schema, field: string): readonly string[] {
  const inner = schemaAt(schema, [field]);
  return (inner && fieldsOf(inner, {}, "all")) ?? [];
}

/** Slips in the order in which they are likely, each with what it is mended to, as a value and as text. */
function* candidates(found: unknown, schema: Schema): Iterable<[mended: unknown, text: string]> {
  if (typeof found === "string") {
    for (const number of numbersIn(found)) yield [number, JSON.stringify(number)];
  }
  // Words are no data that lost a wrapper; decimals are, which are read as text.
  const isWord = typeof found === "string" && !/^-?\d+(\.\d+)?$/.test(found);
  for (const field of isWord ? [] : (fieldsOf(schema, {}, "all") ?? [])) {
    const text = `{"${field}": ${JSON.stringify(found)}}`;
    yield [{ [field]: found }, text.length > LONGEST ? `{"${field}": …}` : text];
  }
  if (Array.isArray(found)) {
    if (found.length === 1) yield [found[0], JSON.stringify(found[0])];
    // A list of things where their number is wanted; not where any number would do.
    if (!accepts(schema, "1/2")) yield [found.length, String(found.length)];
  }
  if (typeof found === "string") yield [[found], JSON.stringify([found])];
}

/** `0,5`, `1 / 3` and `50%` as they would be written here. */
function numbersIn(text: string): string[] {
  const close = text.replace(/\s/g, "");
  const texts = close === text ? [] : [close];
  // 1,000 may be a thousand.
  if (/^-?\d+,\d+$/.test(close) && !/^-?[1-9]\d{0,2},\d{3}$/.test(close)) texts.push(close.replace(",", "."));
  if (/^-?\d+%$/.test(close)) texts.push(close.replace("%", "/100"));
  return texts;
}

function accepts(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}
