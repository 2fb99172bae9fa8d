import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { Rational } from "../number/rational.js";
import { integerSchema, rationalSchema } from "../number/rational-schema.js";
import { RandomNumbers } from "./random.js";
import { type Calculated, orCalculated, plain } from "./template.js";

/** Most numbers of one draw. */
const MOST_ENTRIES = 1_000_000;
/** Finer than any prior needs, and far below what doubles count exactly. */
const MOST_PARTS = 10 ** 12;
const MOST_WHOLE = 10 ** 15;

const size = integerSchema(1, MOST_ENTRIES);
const shape = z.array(size).min(1);
const times = size.optional().describe("So many of them in a list, independently; just one when absent.");
const lists = {
  shape: shape.optional().describe("Lengths of lists within lists, outermost first; no list when absent."),
  times,
};
const order = z
  .enum(["drawn", "increasing", "decreasing"])
  .optional()
  .describe("How each innermost list is sorted. As drawn when absent.");
const arranged = {
  order,
  distinct: z
    .boolean()
    .optional()
    .describe("Whether the numbers of an innermost list are all different. They need not be when absent."),
};
const parts = integerSchema(1, MOST_PARTS);

const wholeSchema = z.strictObject({
  of: z.literal("whole").describe("Whole numbers, each with the same probability."),
  from: integerSchema(-MOST_WHOLE, MOST_WHOLE).describe("The least."),
  to: integerSchema(-MOST_WHOLE, MOST_WHOLE).describe("The greatest."),
  ...lists,
  ...arranged,
});
const numberSchema = z.strictObject({
  of: z
    .literal("number")
    .describe("Numbers of an interval, equally far apart, each with the same probability."),
  from: rationalSchema.describe("The lower end."),
  to: rationalSchema.describe("The upper end."),
  parts: parts.describe("Into how many equal parts they divide the interval."),
  ...lists,
  ...arranged,
});
const choiceSchema = z.strictObject({
  of: z.literal("choice").describe("One of some values, each with the same probability."),
  values: z.array(z.unknown()).min(1).describe("The values, whatever they are."),
  ...lists,
});
const simplexSchema = z.strictObject({
  of: z
    .literal("simplex")
    .describe(
      "Positive probabilities that sum to 1, such as a prior, by a Dirichlet distribution on a grid.",
    ),
  parts: parts.describe("All probabilities are multiples of 1/parts."),
  concentration: integerSchema(1, 1000)
    .optional()
    .describe("The higher, the more alike; at 1 all such lists have the same probability. 1 when absent."),
  order,
  shape: shape.describe("Lengths of lists within lists, outermost first; all entries together sum to 1."),
  times,
});

const kinds = [wholeSchema, numberSchema, choiceSchema, simplexSchema] as const;
/** What may be drawn at random, as a specification has it. */
const drawSchema = z.discriminatedUnion("of", kinds);

/** A draw as a specification has it. */
export type DrawData = {
  [Of in Draw["of"]]: Calculated<Extract<z.input<typeof drawSchema>, { of: Of }>>;
}[Draw["of"]];

/** A draw as a specification has it: each of its fields may be calculated of the variables before it. */
export const openDrawSchema = z
  .union(kinds.map(({ shape: { of, ...fields } }) => z.strictObject({ of, ...withExpressions(fields) })))
  .meta({ id: "sweep-draw", description: "What is drawn at random; each field may be calculated." });

function withExpressions(fields: Readonly<Record<string, z.ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, orCalculated(field)]));
}

/**
 * What a draw gives: the same for the same seed and the same draw, whatever else there is. Throws InputError, relative to the draw,
 * for one that cannot be.
 */
export function drawn(data: unknown, seed: readonly unknown[]): unknown {
  const draw = parsedBy(drawSchema, data);
  const random = new RandomNumbers(JSON.stringify([...seed, data]));
  if (draw.of === "simplex")
    return repeated(draw.times, () => nested(probabilities(draw, random), draw.shape));
  const inner = draw.shape?.at(-1) ?? 1;
  const one = () => {
    if (draw.shape === undefined) return listOf(draw, 1, random)[0];
    const count = entriesOf(draw.shape) / inner;
    return nested(Array.from({ length: count }, () => listOf(draw, inner, random)).flat(), draw.shape);
  };
  return repeated(draw.times, one);
}

/** A draw that has been read. */
type Draw = z.output<typeof drawSchema>;
type ListDraw = Exclude<Draw, { of: "simplex" }>;

function repeated(times: number | undefined, one: () => unknown): unknown {
  return times === undefined ? one() : Array.from({ length: times }, one);
}

/** An innermost list. */
function listOf(draw: ListDraw, length: number, random: RandomNumbers): unknown[] {
  if (draw.of === "choice")
    return Array.from({ length }, () => draw.values[random.below(draw.values.length)]);
  const steps = stepsOf(draw);
  const { distinct = false, order: sorting = "drawn" } = draw;
  if (distinct && length > steps + 1)
    throw new InputError("distinct", `${length} different numbers of ${steps + 1}`, "no more than there are");
  const places = distinct
    ? random.differentBelow(steps + 1, length)
    : Array.from({ length }, () => random.below(steps + 1));
  const from = draw.of === "whole" ? Rational.of(draw.from) : draw.from;
  const step = draw.of === "whole" ? Rational.ONE : draw.to.subtract(from).divide(Rational.of(steps));
  return sorted(places, sorting).map((place) => plain(from.add(step.multiply(Rational.of(place)))));
}

/** How many steps lead from the least number to the greatest. */
function stepsOf(draw: Exclude<ListDraw, { of: "choice" }>): number {
  const isRising = draw.of === "whole" ? draw.to >= draw.from : draw.to.compare(draw.from) > 0;
  if (!isRising) throw new InputError("to", `${draw.to}`, `more than from, which is ${draw.from}`);
  return draw.of === "whole" ? draw.to - draw.from : draw.parts;
}

/** The gaps between different cuts of a whole: so many together for each entry as the concentration says. */
function probabilities(draw: Extract<Draw, { of: "simplex" }>, random: RandomNumbers): unknown[] {
  const { parts: whole, concentration = 1, order: sorting = "drawn" } = draw;
  const entries = entriesOf(draw.shape);
  const gaps = entries * concentration;
  if (gaps > whole || gaps > MOST_ENTRIES)
    throw new InputError(
      "parts",
      `${whole} parts for ${entries} probabilities of concentration ${concentration}`,
      `at least ${gaps}`,
    );
  const cuts = [...random.distinctBelow(whole - 1, gaps - 1).map((cut) => cut + 1), whole];
  const ends = cuts.filter((_, k) => (k + 1) % concentration === 0);
  const sizes = ends.map((end, k) => end - (k === 0 ? 0 : ends[k - 1]));
  return sorted(sizes, sorting).map((size) => plain(Rational.of(size, whole)));
}

function sorted(numbers: readonly number[], order: "drawn" | "increasing" | "decreasing"): readonly number[] {
  if (order === "drawn") return numbers;
  const sign = order === "increasing" ? 1 : -1;
  return [...numbers].sort((a, b) => sign * (a - b));
}

function entriesOf(sizes: readonly number[]): number {
  const entries = sizes.reduce((product, size) => product * size, 1);
  if (entries <= MOST_ENTRIES) return entries;
  throw new InputError("shape", `${entries} numbers`, `at most ${MOST_ENTRIES} of them`);
}

/** A list as lists within lists, the last place fastest. */
function nested(entries: readonly unknown[], [first, ...rest]: readonly number[]): unknown {
  if (rest.length === 0) return entries;
  const length = entries.length / first;
  return Array.from({ length: first }, (_, k) => nested(entries.slice(k * length, (k + 1) * length), rest));
}
