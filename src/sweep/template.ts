import * as z from "zod";
import { InputError, shown, within } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { readExpression } from "../number/expression.js";
import { Rational } from "../number/rational.js";

/** What variables stand for at a point, by their names. */
export type Values = ReadonlyMap<string, unknown>;

/** Data with expressions in it, which becomes plain data where variables have values. Throws InputError where it does not. */
export type Template = (values: Values) => unknown;

/** Within what is repeated, the number of the copy, from 0. */
export const COPY = "i";

/** Most copies of anything. */
const MOST_COPIES = 100_000;

const EXPRESSION = 'numbers and variables after "=", such as "=(1 - share)/(partners - 1)"';

/** Whether a text is to be calculated. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("=");
}

/** Fields of which each may be calculated. */
export type Calculated<Fields> = {
  readonly [Name in keyof Fields]: Name extends "of" ? Fields[Name] : Fields[Name] | `=${string}`;
};

/** What a schema accepts, or texts that are to be calculated, in place of all of it or of items of a list. */
export function orCalculated(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return described(orCalculated(schema.unwrap()).optional(), schema);
  const open = schema instanceof z.ZodArray ? z.array(orCalculated(schema.element)) : schema;
  return described(z.union([open, expressionSchema]), schema);
}

const expressionSchema = z
  .string()
  .regex(/^=/, { error: `expected ${EXPRESSION}` })
  .meta({ id: "sweep-expression", description: 'Calculated of variables: "=n - 1".' });

function described(schema: z.ZodType, as: z.core.$ZodType): z.ZodType {
  const { description } = z.globalRegistry.get(as) ?? {};
  return description === undefined ? schema : schema.describe(description);
}

/** Whether there is anything in data that is to be calculated. */
export function hasExpressions(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return isExpression(data);
  return Object.values(data).some(hasExpressions);
}

/**
 * Reads data in which texts such as `"=1 - share"` are calculated, and `{"repeat": …, "times": "=n"}` stands for that many copies:
 * items of the list in which it stands, elsewhere a list. Throws InputError, with its path, for a variable that is not `known`.
 */
export function templateOf(data: unknown, known: readonly string[]): Template {
  if (isExpression(data)) return calculated(data, known);
  if (Array.isArray(data)) {
    const items = data.map((item, k) =>
      at(`[${k}]`, () => (isRepeat(item) ? copies(item, known) : single(item, known))),
    );
    return (values) => items.flatMap((item) => item(values) as unknown[]);
  }
  if (typeof data !== "object" || data === null) return () => data;
  if (isRepeat(data)) return copies(data, known);
  const fields = Object.entries(data).map(
    ([key, value]) => [key, at(key, () => templateOf(value, known))] as const,
  );
  return (values) => Object.fromEntries(fields.map(([key, field]) => [key, field(values)]));
}

/** A template whose faults have a path before theirs, when it is read and when it is filled in. */
function at(path: string, read: () => Template): Template {
  const template = within(path, read);
  return (values) => within(path, () => template(values));
}

function single(item: unknown, known: readonly string[]): Template {
  const template = templateOf(item, known);
  return (values) => [template(values)];
}

function isRepeat(item: unknown): item is { readonly repeat: unknown; readonly times: unknown } {
  return typeof item === "object" && item !== null && "repeat" in item && "times" in item;
}

function copies(
  { repeat, times }: { readonly repeat: unknown; readonly times: unknown },
  known: readonly string[],
): Template {
  const one = at("repeat", () => templateOf(repeat, [...known, COPY]));
  const count = at("times", () => templateOf(times, known));
  return (values) => {
    const wanted = count(values);
    if (!(typeof wanted === "number" && Number.isInteger(wanted) && wanted >= 0 && wanted <= MOST_COPIES))
      throw new InputError("times", shown(wanted), `a whole number from 0 to ${MOST_COPIES}`);
    return Array.from({ length: wanted }, (_, k) => one(new Map([...values, [COPY, k]])));
  };
}

function calculated(text: string, known: readonly string[]): Template {
  const expression = readExpression(text.slice(1), EXPRESSION);
  for (const name of expression.names) if (!known.includes(name)) throw unknownVariable(name, known);
  return (values) => plain(expression.value((name) => values.get(name)));
}

function unknownVariable(name: string, known: readonly string[]): InputError {
  if (known.length > 0) return unknownName("", "variable", name, known);
  return new InputError(
    "",
    `the unknown variable "${name}"`,
    'a variable of "vary" or "draw", of which there is none',
  );
}

/** A number as JSON has it: a whole one as such, a fraction as text. */
export function plain(value: unknown): unknown {
  if (!(value instanceof Rational)) return value;
  const double = value.toNumber();
  return value.denominator === 1n && Number.isSafeInteger(double) ? double : value.toString();
}
