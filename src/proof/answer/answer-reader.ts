import type { Environment } from "../../environment/environment.js";
import { schemaFault } from "../../environment/schema-fault.js";
import { exactDocument } from "../../json/exact-document.js";
import { type LongLists, withoutLongLists } from "../../json/long-lists.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { MechanismRows, type ReadRow } from "../../mechanism/mechanism-rows.js";
import type { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";
import type { Multipliers } from "../multipliers.js";
import { type AnswerFile, answerFileSchema } from "./answer-file.js";
import { MultiplierRows, parsed, readIncentive, readParticipation } from "./multiplier-rows.js";
import type { MultipliersFile } from "./multipliers-file.js";

/** An answer that has been read: what it claims, and its proof for an environment. */
export interface ReadAnswer {
  /** All but the long lists, which are empty. */
  readonly head: AnswerFile;
  /** The proof. Throws InputError for anything in it that does not fit the environment. */
  readonly proof: () => { mechanism: Mechanism | undefined; multipliers: Multipliers | undefined };
}

/** Reads an answer file from chunks of its text: besides flat tables, no more than an entry is in memory at a time. Throws InputError. */
export function readAnswerText(chunks: Iterable<Uint8Array>, environment: Environment): ReadAnswer {
  const rows = new MechanismRows(environment, "mechanism.profiles");
  const entries = new MultiplierRows(environment);
  const lists: LongLists = new Map([
    ["mechanism.profiles", (row: unknown) => rows.take(row)],
    ...multiplierLists(entries),
    // Of a mechanism file, which is no answer: its head says so.
    ["profiles", () => {}],
  ]);
  return answerOf(headOf(exactDocument(chunks, lists)), rows, entries);
}

/** The same of a file that has been read by its schema. */
export function readAnswerObject(file: AnswerFile, environment: Environment): ReadAnswer {
  const rows = new MechanismRows(environment, "mechanism.profiles");
  const entries = new MultiplierRows(environment);
  const lists: LongLists = new Map([
    ["mechanism.profiles", (row: unknown) => rows.takeRead(row as ReadRow)],
    ...multiplierLists(entries),
  ]);
  return answerOf(withoutLongLists(file, lists) as AnswerFile, rows, entries);
}

/** An answer as it is explained: of the mechanism only its size matters. */
export type AnswerInWords = Omit<AnswerFile, "mechanism"> & {
  readonly mechanism: { readonly profiles: { readonly length: number } } | null;
  /** How many multipliers there are beyond those that are listed. */
  readonly leftOut?: { readonly incentive: number; readonly participation: number };
};

/**
 * Reads an answer file for its explanation, without the instance: of each kind of multiplier the first `most`, which are all
 * that is shown, and how many more there are. Throws InputError.
 */
export function readAnswerInWords(
  chunks: Iterable<Uint8Array>,
  most = Number.POSITIVE_INFINITY,
): AnswerInWords {
  let profiles = 0;
  const leftOut = { incentive: 0, participation: 0 };
  const incentive: MultipliersFile["incentive"] = [];
  const participation: MultipliersFile["participation"] = [];
  const prices: Rational[] = [];
  const lists: LongLists = new Map<string, (item: unknown, index: number) => void>([
    ["mechanism.profiles", () => profiles++],
    [
      "multipliers.incentive",
      (entry, k) => {
        if (k >= most) leftOut.incentive++;
        else incentive.push(readIncentive(entry, `multipliers.incentive[${k}]`));
      },
    ],
    [
      "multipliers.participation",
      (entry, k) => {
        if (k >= most) leftOut.participation++;
        else participation.push(readParticipation(entry, `multipliers.participation[${k}]`));
      },
    ],
    [
      "multipliers.budget.prices",
      (price, k) => prices.push(parsed(rationalSchema, price, `multipliers.budget.prices[${k}]`)),
    ],
    ["profiles", () => {}],
  ]);
  const head = headOf(exactDocument(chunks, lists));
  const budget = head.multipliers?.budget;
  return {
    ...head,
    leftOut,
    mechanism: head.mechanism && { profiles: { length: profiles } },
    multipliers: head.multipliers && {
      ...head.multipliers,
      incentive,
      participation,
      budget: budget?.kind === "profile" ? { ...budget, prices } : head.multipliers.budget,
    },
  };
}

function headOf(document: unknown): AnswerFile {
  const parsed = answerFileSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw schemaFault(parsed.error, document, answerFileSchema);
}

function multiplierLists(entries: MultiplierRows): [string, (item: unknown, index: number) => void][] {
  return [
    ["multipliers.incentive", (entry, index) => entries.takeIncentive(entry, index)],
    ["multipliers.participation", (entry, index) => entries.takeParticipation(entry, index)],
    ["multipliers.budget.prices", (price, index) => entries.takePrice(price, index)],
  ];
}

function answerOf(head: AnswerFile, rows: MechanismRows, entries: MultiplierRows): ReadAnswer {
  return {
    head,
    proof: () => ({
      mechanism: head.mechanism ? rows.finish() : undefined,
      multipliers: head.multipliers ? entries.finish(head.multipliers) : undefined,
    }),
  };
}
