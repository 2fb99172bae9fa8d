import * as z from "zod";
import { boundsJsonSchema, numberJsonSchema } from "../report/number-json.js";

const mechanismSchema = z.strictObject({
  name: z.string(),
  qualifies: z
    .boolean()
    .optional()
    .describe(
      "Whether it meets what the question asks of allocation, incentives and participation; absent where that is not known.",
    ),
  subsidyNeeded: numberJsonSchema
    .optional()
    .describe(
      "The least expected outside money that its budget needs; absent where none serves, and with continuum.",
    ),
  settles: z
    .boolean()
    .optional()
    .describe("With continuum: whether it is proved to meet all of the question without outside money."),
  violations: z
    .record(z.string(), numberJsonSchema)
    .optional()
    .describe(
      "On a grid: how far it is from each property that it does not have, of those that were checked.",
    ),
});

/** What was found at a point. */
export const foundSchema = z.strictObject({
  key: z
    .string()
    .describe(
      "A SHA-256 of the environment and all that is asked about it: points with the same one have the same answer.",
    ),
  verdict: z.enum(["possible", "impossible", "undecided"]),
  infeasible: z
    .literal(true)
    .optional()
    .describe("No mechanism meets the requirements, whatever outside money."),
  unbounded: z
    .literal(true)
    .optional()
    .describe("There are such mechanisms with as large a surplus as anybody likes."),
  optimum: numberJsonSchema.optional().describe("Absent where there is none, and where it is not settled."),
  bounds: boundsJsonSchema.optional(),
  shortfall: z.string().optional().describe("Why the question is not settled."),
  efficientGains: numberJsonSchema
    .optional()
    .describe("The expected gains of full efficiency, beyond the outside options; on grids."),
  mechanisms: z.array(mechanismSchema).optional().describe("Mechanisms of the literature that apply."),
  notApplying: z.array(z.strictObject({ name: z.string(), reason: z.string() })).optional(),
});

/** A point without an answer, as a results file has it. */
export const failedSchema = z.strictObject({
  failure: z.string().describe("Why there is no answer at this point."),
});

/** The answer at a point of a sweep: verdict, bounds and optimum, in exact fractions. */
export type Found = z.output<typeof foundSchema>;

/** What became of a point: an answer, or why there is none. */
export type Outcome = Found | z.output<typeof failedSchema>;

const coordinatesSchema = z.strictObject({
  point: z
    .number()
    .int()
    .positive()
    .describe("The number of the point, from 1, in the order of the specification."),
  at: z
    .record(z.string(), z.unknown())
    .describe("What the variables that vary are, by the names of cases where they have such."),
  draw: z.number().int().positive().optional().describe("The number of the draw, from 1."),
  drawn: z.record(z.string(), z.unknown()).optional().describe("What was drawn."),
  question: z.string().optional().describe("The question's name, where there are several."),
});

/** A line of a results file: a point, where it stands and what became of it. */
export const resultSchema = z.union([
  coordinatesSchema.extend(foundSchema.shape),
  coordinatesSchema.extend(failedSchema.shape),
]);

/** A point of a sweep, with its coordinates and what became of it: a line of a results file. */
export type Result = z.output<typeof resultSchema>;

export const RESULTS_FORMAT = "mechlp sweep results 1";

/** The first line of a results file. */
export const headSchema = z.strictObject({
  format: z.literal(RESULTS_FORMAT),
  version: z.string().describe("The version of mechlp that computed all of it."),
  digest: z.string().describe("A SHA-256 of the specification."),
  seed: z.number().describe("What was drawn depends on it."),
  points: z
    .number()
    .int()
    .positive()
    .describe("How many points the sweep has; a shard's file has a part of them."),
  shard: z
    .string()
    .regex(/^\d+\/\d+$/)
    .optional()
    .describe("Which part: 3/16 has the points 3, 19, 35 and so on. All of them when absent."),
  specification: z.record(z.string(), z.unknown()),
});

export type Head = z.output<typeof headSchema>;

/** A line of a results file, its first one among them. */
export const lineSchema = z.union([headSchema, resultSchema]);
