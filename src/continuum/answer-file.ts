import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import { schemaFault } from "../fault/schema-fault.js";
import type { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { questionInFullSchema, questionJson } from "../question/question-file.js";
import { version } from "../version.js";
import type { ContinuumAnswer } from "./design-continuum.js";
import { continuumMethods, type RegisteredMethod } from "./methods.js";

/** By which a file says that its answer is about continuous types. */
export const CONTINUUM_FORMAT = "mechlp-continuum-answer-1";

const claimSchema = z.strictObject({
  verdict: z.enum(["possible", "impossible", "undecided"]),
  lower: rationalSchema.optional().describe("The optimum is at least this."),
  upper: rationalSchema.optional().describe("The optimum is at most this."),
  contradiction: rationalSchema
    .optional()
    .describe(
      "No mechanism meets the requirements without outside money: with it they would need at least this much, which is positive.",
    ),
});

/** An answer about continuous types with its proof. Of the certificate no more is read than which method it is of. */
const answerSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(CONTINUUM_FORMAT),
  program: z.strictObject({ name: z.string(), version: z.string() }).describe("What wrote the file."),
  instance: z.strictObject({
    name: z.string(),
    digest: z.string().describe("SHA-256 of the continuous environment that the answer is to."),
  }),
  question: questionInFullSchema,
  claim: claimSchema,
  certificate: z
    .looseObject({ kind: z.string().describe("The method that proves the claim.") })
    .optional()
    .describe("What proves the claim; absent where nothing is claimed that needs a proof."),
});

export type ContinuumAnswerFile = z.output<typeof answerSchema>;

/** The same before it is read: plain JSON. */
export type ContinuumAnswerData = z.input<typeof answerSchema>;

/** The schema for editors, with the certificates of all methods. */
export function continuumAnswerSchema(methods: readonly RegisteredMethod[] = continuumMethods): z.ZodType {
  if (methods.length === 0) return answerSchema;
  const certificate = z.union(methods.map((method) => method.certificate));
  return answerSchema.extend({
    certificate: certificate.optional().describe(answerSchema.shape.certificate.description ?? ""),
  });
}

/** Reads what has been parsed, but for the certificate's own fields. Throws InputError. */
export function readContinuumAnswer(json: unknown): ContinuumAnswerFile {
  const format = typeof json === "object" && json !== null && "format" in json ? json.format : undefined;
  if (typeof format === "string" && format !== CONTINUUM_FORMAT)
    throw new InputError(
      "format",
      JSON.stringify(format),
      `"${CONTINUUM_FORMAT}": an answer about continuous types`,
    );
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) throw schemaFault(parsed.error, json, answerSchema);
  return parsed.data;
}

/** An answer as its file has it. */
export function continuumAnswerData(
  answer: ContinuumAnswer,
  { name, digest }: { readonly name: string; readonly digest: string },
): ContinuumAnswerData {
  const { question, verdict, certificate } = answer;
  const ends = { lower: answer.lower, upper: answer.upper, contradiction: answer.contradiction };
  const told = Object.entries(ends).flatMap(([end, value]: [string, Rational | undefined]) =>
    value ? [[end, value.toString()]] : [],
  );
  // Certificates hold fractions, which are written as texts.
  const written =
    certificate && (JSON.parse(JSON.stringify(certificate)) as ContinuumAnswerData["certificate"]);
  return {
    format: CONTINUUM_FORMAT,
    program: { name: "mechlp", version },
    instance: { name, digest },
    question: questionJson(question) as ContinuumAnswerData["question"],
    claim: { verdict, ...Object.fromEntries(told) },
    ...(written && { certificate: written }),
  };
}

/** The file's text: a line for each field. */
export function continuumAnswerText(data: ContinuumAnswerData): string {
  const fields = Object.entries(data).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${fields.join(",\n")}\n}\n`;
}
