import { z } from "zod";
import { schemaFault } from "../../environment/schema-fault.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { instanceReferenceSchema, profileLines } from "../../mechanism/mechanism-file.js";
import { profileRowSchema } from "../../mechanism/mechanism-rows.js";
import type { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";
import type { Problem } from "../../problem/problem.js";
import { choices } from "../../problem/question.js";
import type { Judgement } from "../judgement.js";
import type { Multipliers } from "../multipliers.js";
import { multipliersSchema, multipliersText } from "./multipliers-file.js";

export const questionInFullSchema = z.strictObject({
  ic: z.enum(choices.ic),
  ir: z.enum(choices.ir),
  budget: z.enum(choices.budget),
  balance: z.enum(choices.balance),
  objective: z.enum(choices.objective),
  allocation: z.enum(choices.allocation),
  ties: z.enum(choices.ties),
});

const boundSchema = z.union([rationalSchema, z.null()]);

/** What an answer claims; the mechanism and the multipliers beside it prove it. */
export const claimSchema = z.strictObject({
  verdict: z.enum(["possible", "impossible", "undecided"]),
  infeasible: z.boolean().describe("No mechanism meets the requirements, with any amount of outside money."),
  contradiction: boundSchema.describe(
    "Where infeasible: what the weighted requirements add up to, though it would have to be <= 0.",
  ),
  unbounded: z.boolean().describe("The objective has no bound."),
  lower: boundSchema.describe("The optimum is at least this."),
  upper: boundSchema.describe("The optimum is at most this."),
});

/** An answer file: a question's answer with everything that proves it, in labels and exact fractions. */
export const answerFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal("mechlp-answer-1"),
  instance: instanceReferenceSchema,
  question: questionInFullSchema,
  claim: claimSchema,
  mechanism: z
    .union([z.strictObject({ profiles: z.array(profileRowSchema) }), z.null()])
    .describe("A mechanism that meets every requirement and attains the bound that it proves."),
  multipliers: z
    .union([multipliersSchema, z.null()])
    .describe("Prices on the requirements that prove the other bound."),
});

export type AnswerFile = z.output<typeof answerFileSchema>;

/** An answer as it is written: the claim, and its proof. */
export interface Answer extends Judgement {
  readonly problem: Problem;
  readonly mechanism?: Mechanism;
  readonly multipliers?: Multipliers;
}

/** An answer file in pieces, a line for each profile of the mechanism and each multiplier. */
export function* answerFileText(
  answer: Answer,
  instance: { name: string; digest: string },
): Iterable<string> {
  const { problem, verdict, infeasible, contradiction, unbounded, lower, upper } = answer;
  const { environment } = problem;
  const claim = {
    verdict,
    infeasible,
    contradiction: text(contradiction),
    unbounded,
    lower: text(lower),
    upper: text(upper),
  };
  yield "{\n";
  yield '  "format": "mechlp-answer-1",\n';
  yield `  "instance": ${JSON.stringify({ name: instance.name, digest: instance.digest })},\n`;
  yield `  "question": ${JSON.stringify(problem.question)},\n`;
  yield `  "claim": ${JSON.stringify(claim)},\n`;
  if (answer.mechanism) {
    yield '  "mechanism": { "profiles": [\n';
    yield* profileLines(environment, answer.mechanism);
    yield "  ] },\n";
  } else yield '  "mechanism": null,\n';
  yield '  "multipliers": ';
  if (answer.multipliers) yield* multipliersText(environment, answer.multipliers);
  else yield "null";
  yield "\n}\n";
}

function text(value: Rational | undefined): string | null {
  return value?.toString() ?? null;
}

/** Reads a parsed answer file by its schema alone. Throws InputError. */
export function readAnswerFile(json: unknown): AnswerFile {
  const parsed = answerFileSchema.safeParse(json);
  if (!parsed.success) throw schemaFault(parsed.error, json, answerFileSchema);
  return parsed.data;
}
