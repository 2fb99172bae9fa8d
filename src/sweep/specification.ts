import * as z from "zod";
import { InputError, shown } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { heading, labelSchema } from "../instance/instance-schema.js";
import type { QuestionData } from "../instance-data.js";
import { Rational } from "../number/rational.js";
import { integerSchema, rationalSchema } from "../number/rational-schema.js";
import { rationalOfDecimal } from "../number/rational-text.js";
import { questionSchema } from "../question/question-file.js";
import { axisSchema } from "./axis.js";
import { type DrawData, openDrawSchema } from "./draw.js";
import { type Calculated, COPY, hasExpressions, orCalculated, plain } from "./template.js";

/** What is asked at a point once nothing in it is left to be calculated. */
export const askSchema = z.strictObject({
  question: questionSchema.optional(),
  continuum: z
    .boolean()
    .optional()
    .describe(
      "Whether it is asked about all types of the intervals that grids stand for. On the grid when absent.",
    ),
  cells: integerSchema(1, 1000)
    .optional()
    .describe("With continuum: cells of each agent's types to begin with."),
  width: rationalSchema.optional().describe("With continuum: refine until the bracket is at most so wide."),
  constructions: z
    .array(z.string())
    .optional()
    .describe(
      "Mechanisms of the literature to be measured besides, as `m1` or `m1:formula`; an empty list for all.",
    ),
});

export type Ask = z.output<typeof askSchema>;

const openQuestionSchema = z.union([
  questionSchema,
  z
    .record(z.string(), z.unknown())
    .refine(hasExpressions, { error: "expected a question", abort: true })
    .describe("A question of which parts are calculated."),
]);

const openAskSchema = z
  .strictObject({
    name: labelSchema.optional().describe("By which tables call it; its number when absent."),
    ...Object.fromEntries(
      Object.entries(askSchema.shape).map(([name, schema]) => [
        name,
        name === "question" ? openQuestionSchema.optional() : orCalculated(schema),
      ]),
    ),
  })
  .meta({
    id: "sweep-question",
    description: "A question, and what else is wanted to be known, at every point.",
  });

const VARIABLE = /^[A-Za-z_]\w*$/;
const variableSchema = z.string().regex(VARIABLE, { error: "expected a name of letters and digits" });

export const limitsSchema = z.strictObject({
  seconds: rationalSchema
    .refine((seconds) => seconds.sign > 0, { error: "expected a positive number of seconds" })
    .optional()
    .describe("After which a point ends with what is proved by then. None when absent."),
  memory: integerSchema(64, 1 << 20)
    .optional()
    .describe(
      "Mebibytes of objects in a worker, beyond which it ends and the point fails; for threads of Node. None when absent.",
    ),
});

/** A sweep's file. */
export const sweepSchema = z.strictObject({
  $comment: heading.$comment,
  $schema: z.string().optional().describe("For editors: where the JSON Schema of sweeps lies."),
  name: heading.name.describe("The sweep's name; a file's own when absent."),
  description: heading.description.describe("What the sweep is to show, in a line."),
  instance: z
    .record(z.string(), z.unknown())
    .describe(
      'An instance of which any part is calculated: "=cost" is the variable cost, "=(1 - q)/2" a fraction, and {"repeat": ..., "times": "=n"} so many items, in which i counts from 0.',
    ),
  vary: z
    .record(variableSchema, axisSchema)
    .optional()
    .describe(
      "Variables that take values one after the other, each combination once; the last moves fastest.",
    ),
  draw: z
    .record(variableSchema, openDrawSchema)
    .optional()
    .describe(
      "Variables that are drawn at random. Equal draws of the same number give the same, whatever varies besides.",
    ),
  draws: integerSchema(1, 10_000_000)
    .optional()
    .describe("How often is drawn at each combination. 1 when absent."),
  seed: integerSchema(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("What is drawn depends on. 0 when absent."),
  questions: z
    .array(openAskSchema)
    .min(1)
    .optional()
    .describe("What is asked at each point; the instance's own question when absent."),
  limits: limitsSchema.optional().describe("Of each point."),
});

/** A specification as whoever writes one has it: see `schema/sweep.schema.json`. */
export interface SweepData extends Omit<z.input<typeof sweepSchema>, "instance" | "draw" | "questions"> {
  readonly instance: object;
  readonly draw?: Readonly<Record<string, DrawData>>;
  readonly questions?: readonly AskData[];
}

/** A question as a specification has it, perhaps with a name. */
export type AskData = Calculated<Omit<z.input<typeof askSchema>, "question">> & {
  readonly name?: string | number;
  readonly question?: Calculated<QuestionData>;
};

/** The parts that are filled in at each point, as they are written. */
const writtenSchema = z.object({
  instance: z.record(z.string(), z.unknown()),
  draw: z.record(z.string(), z.unknown()).default({}),
  questions: z.array(z.record(z.string(), z.unknown())).default([{}]),
});

/** A sweep's file that has been read. */
export interface Specification {
  /** All of it in the one way of writing: of numbers that are not whole, the text. */
  readonly data: object;
  readonly read: z.output<typeof sweepSchema>;
  readonly written: z.output<typeof writtenSchema>;
}

/** Reads a specification of which nothing is known. Throws InputError with the path of the first thing at fault. */
export function parseSpecification(json: unknown): Specification {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new InputError("", shown(json), "an object: a sweep");
  const data = Object.fromEntries(
    Object.entries(json)
      .filter(([key, value]) => key !== "$schema" && key !== "$comment" && value !== undefined)
      .map(([key, value]) => [key, canonical(value)]),
  );
  const read = parsedBy(sweepSchema, data);
  const { vary = {}, draw = {} } = read;
  for (const [room, variables] of Object.entries({ vary, draw }))
    if (COPY in variables)
      throw new InputError(room, `a variable "${COPY}"`, `another name, for ${COPY} counts what is repeated`);
  const twice = Object.keys(draw).find((name) => name in vary);
  if (twice !== undefined)
    throw new InputError(`draw.${twice}`, "a variable that varies already", "another name");
  return { data, read, written: writtenSchema.parse(data) };
}

/** Data in which numbers are whole, or texts that denote them exactly. */
function canonical(value: unknown): unknown {
  if (typeof value === "number" && !Number.isSafeInteger(value) && Number.isFinite(value))
    return rationalOfDecimal(value).toString();
  if (value instanceof Rational) return plain(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}
