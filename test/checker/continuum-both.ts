import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { continuumAnswerData, continuumAnswerText } from "../../src/continuum/answer-file.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { verifyContinuumAnswer } from "../../src/continuum/verify.js";
import { continuousDigest } from "../../src/environment/continuous-digest.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseContinuousInstance } from "../../src/instance/continuous-instance.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { scratch } from "../cli/command.js";
import type { Json } from "../kernel/mutations.js";
import { Tally } from "../kernel/tally.js";

const checker = fileURLToPath(new URL("../../checker/mechlp_continuum.py", import.meta.url));
const folder = scratch();

/** An answer to a question about an instance that writes intervals out. */
export interface Answered {
  readonly label: string;
  /** The path of the instance. */
  readonly instance: string;
  readonly subject: Parameters<typeof verifyContinuumAnswer>[1];
  readonly text: string;
}

/** The text of an answer, which may have been altered. */
export interface Case {
  readonly of: Answered;
  readonly text: string;
  /** What was altered. */
  readonly how: string;
}

/** What the program answers; throws InputError where it does not cover the question. */
export async function answered(
  name: string,
  instance: object,
  question: AskedQuestion,
  cells?: number,
): Promise<Answered> {
  const json = parseExactJson(JSON.stringify(instance), "instance");
  const { environment } = parseContinuousInstance(json, name);
  const subject = { environment, digest: continuousDigest(environment) };
  const answer = await designContinuumFor(environment, question, cells ? { cells } : {});
  const text = continuumAnswerText(continuumAnswerData(answer, { name, ...subject }));
  const label = `${name}, ${JSON.stringify(question)}${cells ? `, ${cells} cells` : ""}`;
  return { subject, text, label, instance: folder.write(`${subject.digest}.json`, instance) };
}

/** What the proof of an answer is called. */
export const kindOf = ({ text }: Answered): string =>
  ((parseExactJson(text, "answer") as { certificate?: { kind: string } }).certificate?.kind ??
    "none") as string;

export function isVerified(text: string, { subject }: Answered): boolean {
  try {
    return verifyContinuumAnswer(parseExactJson(text, "answer"), subject).verified;
  } catch (fault) {
    if (fault instanceof InputError) return false;
    throw fault;
  }
}

/** The second checker's lines on these texts of answers. */
export function judged(texts: readonly { readonly of: Answered; readonly text: string }[]): string[] {
  const input = texts.map(({ of, text }, k) => `${of.instance}\t${folder.write(`${k}.answer.json`, text)}\n`);
  const run = spawnSync("python3", [checker, "-"], {
    input: input.join(""),
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  expect(run.stderr).toBe("");
  return run.stdout.trimEnd().split("\n");
}

/** Lets both judge every text alike, and counts what the second checker says. */
export function compared(cases: readonly Case[]): Tally {
  const tally = new Tally();
  const lines = judged(cases);
  expect(lines.length).toBe(cases.length);
  lines.forEach((line, k) => {
    const { of, text, how } = cases[k];
    const [word] = line.split(":");
    expect(["verified", "refuted", "refused"], `${of.label}: ${how}: ${line}`).toContain(word);
    expect(`${of.label}: ${how}: ${word === "verified"}`, line).toBe(
      `${of.label}: ${how}: ${isVerified(text, of)}`,
    );
    tally.tell(word);
  });
  return tally;
}

export const documentOf = ({ text }: Answered) => parseExactJson(text, "answer") as { [part: string]: Json };
