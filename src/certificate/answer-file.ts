import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { exactDocument } from "../json/exact-document.js";
import { type LongLists, withoutLongLists } from "../json/long-lists.js";
import { instanceReferenceSchema, mechanismSchema, mechanismText } from "../mechanism/mechanism-file.js";
import { MechanismRows, type ReadRow } from "../mechanism/mechanism-rows.js";
import { readStructured } from "../mechanism/structured-file.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import type { Problem } from "../question/problem.js";
import { questionInFullSchema, questionJson } from "../question/question-file.js";
import { version } from "../version.js";
import type { Claim } from "./claim.js";
import type { Multipliers } from "./multipliers.js";
import { multipliersSchema, multipliersText, readMultipliers } from "./multipliers-file.js";

const boundSchema = z.union([rationalSchema, z.null()]);

/** What an answer claims; the mechanism and the multipliers beside it prove it. */
export const claimSchema = z.strictObject({
  verdict: z.enum(["possible", "impossible", "undecided"]),
  infeasible: z
    .boolean()
    .describe(
      "No mechanism meets the requirements, with any amount of the outside money that the question allows.",
    ),
  contradiction: boundSchema.describe(
    "What the weighted requirements add up to, though it would have to be <= 0: where infeasible, or without outside money.",
  ),
  unbounded: z.boolean().describe("The objective has no bound."),
  lower: boundSchema.describe("The optimum is at least this."),
  upper: boundSchema.describe("The optimum is at most this."),
});

/** The instance, with the labels that the places in an answer stand for. */
const labelledInstanceSchema = instanceReferenceSchema.extend({
  agents: z.array(z.strictObject({ name: z.string(), types: z.array(z.string()) })),
  outcomes: z.array(z.string()),
});

/** An answer file: a question's answer with everything that proves it, in exact fractions. */
export const answerFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal("mechlp-answer-2"),
  program: z.strictObject({ name: z.string(), version: z.string() }).describe("What wrote the file."),
  solver: z
    .strictObject({ name: z.string(), version: z.string() })
    .optional()
    .describe("The floating-point solver that proposed, where one was asked; nothing rests on it."),
  instance: labelledInstanceSchema,
  question: questionInFullSchema,
  claim: claimSchema,
  mechanism: z
    .union([mechanismSchema, z.null()])
    .describe("A mechanism that meets every requirement and attains the bound that it proves."),
  multipliers: z
    .union([multipliersSchema, z.null()])
    .describe("Prices on the requirements that prove the other bound."),
});

/** An answer file that has been read: what is claimed of which environment, and its proof (docs/answer-format.md). */
export type AnswerFile = z.output<typeof answerFileSchema>;

/** The same before it is read: plain JSON. */
export type AnswerFileData = z.input<typeof answerFileSchema>;

/** An answer as it is written: the claim, and its proof. */
export interface Answer extends Claim {
  readonly problem: Problem;
  readonly mechanism?: StructuredMechanism;
  readonly multipliers?: Multipliers;
  /** What proposed, where a solver was asked. */
  readonly solver?: { readonly name: string; readonly version: string };
}

/** An answer file in pieces. */
export function* answerFileText(
  answer: Answer,
  { name, digest }: { readonly name: string; readonly digest: string },
): Iterable<string> {
  const { problem, verdict, infeasible, contradiction, unbounded, lower, upper } = answer;
  const { agents, outcomes } = problem.environment;
  const instance = { name, digest, agents: agents.map(({ name, types }) => ({ name, types })), outcomes };
  const claim = {
    verdict,
    infeasible,
    contradiction: text(contradiction),
    unbounded,
    lower: text(lower),
    upper: text(upper),
  };
  yield '{\n  "format": "mechlp-answer-2",\n';
  yield `  "program": ${JSON.stringify({ name: "mechlp", version })},\n`;
  if (answer.solver) {
    const { name, version } = answer.solver;
    yield `  "solver": ${JSON.stringify({ name, version })},\n`;
  }
  yield `  "instance": ${JSON.stringify(instance)},\n`;
  yield `  "question": ${JSON.stringify(questionJson(problem.question))},\n`;
  yield `  "claim": ${JSON.stringify(claim)},\n  "mechanism": `;
  if (answer.mechanism) yield* mechanismText(answer.mechanism, "  ");
  else yield "null";
  yield ',\n  "multipliers": ';
  if (answer.multipliers) yield* multipliersText(answer.multipliers, "  ");
  else yield "null";
  yield "\n}\n";
}

function text(value: Rational | undefined): string | null {
  return value?.toString() ?? null;
}

/** An answer that has been read: what it says, and its proof for an environment. */
export interface ReadAnswer {
  /** All but the mechanism's rows, which are left out. */
  readonly head: AnswerFile;
  /** Throws InputError for anything that does not fit the environment. */
  proof(): {
    readonly mechanism: StructuredMechanism | undefined;
    readonly multipliers: Multipliers | undefined;
  };
}

/** What an answer is checked against. */
export interface Subject {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  readonly digest: string;
}

/** Reads a parsed answer file by its schema alone. Throws InputError. */
export function readAnswerFile(json: unknown): AnswerFile {
  refuseFormatOne(json);
  return parsedBy(answerFileSchema, json);
}

/** Reads an answer file from chunks of its text; of a mechanism's rows no more than one is in memory at a time. Throws InputError. */
export function readAnswerText(chunks: Iterable<Uint8Array>, subject: Subject): ReadAnswer {
  const rows = rowsFor(subject);
  return answerOf(
    headOf(chunks, (row) => rows.take(row)),
    rows,
    subject,
  );
}

/** The same of a file that has been read by its schema. */
export function readAnswerObject(file: AnswerFile, subject: Subject): ReadAnswer {
  const rows = rowsFor(subject);
  const lists: LongLists = new Map([[ROWS, (row: unknown) => rows.takeRead(row as ReadRow)]]);
  return answerOf(withoutLongLists(file, lists) as AnswerFile, rows, subject);
}

/** What an answer file says, without the instance: a mechanism's rows are but counted. Throws InputError. */
export function readAnswerHead(chunks: Iterable<Uint8Array>): {
  readonly head: AnswerFile;
  readonly rows: number;
} {
  let rows = 0;
  const head = headOf(chunks, () => rows++);
  return { head, rows };
}

const ROWS = "mechanism.profiles";

function rowsFor({ environment, givenRule }: Subject): MechanismRows {
  return new MechanismRows(environment, givenRule, ROWS);
}

function headOf(chunks: Iterable<Uint8Array>, take: (row: unknown) => void): AnswerFile {
  // Of a mechanism file, which is no answer, as its head says.
  const lists: LongLists = new Map([
    [ROWS, take],
    ["profiles", () => {}],
  ]);
  return readAnswerFile(exactDocument(chunks, lists));
}

function refuseFormatOne(document: unknown): void {
  const format = typeof document === "object" && document !== null && "format" in document && document.format;
  if (format !== "mechlp-answer-1") return;
  throw new InputError(
    "format",
    "an answer in format 1, which earlier versions wrote",
    "format 2: solve the instance again with --proof",
  );
}

function answerOf(head: AnswerFile, rows: MechanismRows, subject: Subject): ReadAnswer {
  return {
    head,
    proof: () => {
      const { environment, givenRule } = subject;
      checkLabels(head.instance, environment);
      const { mechanism, multipliers } = head;
      return {
        mechanism:
          mechanism === null
            ? undefined
            : "profiles" in mechanism
              ? rows.finish()
              : readStructured(mechanism, environment, givenRule, "mechanism"),
        multipliers:
          multipliers === null ? undefined : readMultipliers(multipliers, environment, "multipliers"),
      };
    },
  };
}

/** Throws InputError where places would stand for other labels than readers of the file see. */
function checkLabels({ agents, outcomes }: AnswerFile["instance"], environment: Environment): void {
  const check = (path: string, found: readonly string[], expected: readonly string[]) => {
    const k = expected.findIndex((label, k) => label !== found[k]);
    if (k < 0 && found.length === expected.length) return;
    const place = k < 0 ? expected.length : k;
    throw new InputError(
      `instance.${path}[${place}]`,
      `"${found[place] ?? "nothing"}"`,
      `"${expected[place] ?? "nothing"}", as in the instance`,
    );
  };
  check("outcomes", outcomes, environment.outcomes);
  check(
    "agents",
    agents.map(({ name }) => name),
    environment.agents.map(({ name }) => name),
  );
  agents.forEach(({ types }, i) => {
    check(`agents[${i}].types`, types, environment.agents[i].types);
  });
}
