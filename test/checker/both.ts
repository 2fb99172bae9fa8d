import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { answerFileText, readAnswerFile, type Subject } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import type { FormulationName } from "../../src/formulation/formulation.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { instanceText } from "../../src/instance/written-out.js";
import { verifyAnswer } from "../../src/kernel/verify.js";
import type { Problem } from "../../src/question/problem.js";
import { scratch } from "../cli/command.js";
import { Tally } from "../kernel/tally.js";

const checker = fileURLToPath(new URL("../../checker/mechlp_check.py", import.meta.url));
export const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.warn("NOT RUN: the second checker, checker/mechlp_check.py, as there is no python3");

const folder = scratch();

/** Answers that both checkers are to judge alike. */
export class Both {
  private readonly pairs: { readonly files: string; readonly verified: boolean; readonly label: string }[] =
    [];
  private readonly instances = new Map<string, string>();

  add(subject: Subject, document: string, label: string): boolean {
    const { environment, givenRule, digest } = subject;
    let instance = this.instances.get(digest);
    if (!instance) {
      const written = { environment, givenRule, name: "written out", description: "", question: {} };
      instance = folder.write(`${digest}.json`, [...instanceText(written)].join(""));
      this.instances.set(digest, instance);
    }
    const verified = isVerified(document, subject);
    const answer = folder.write(`${this.pairs.length}.answer.json`, document);
    this.pairs.push({ files: `${instance}\t${answer}`, verified, label });
    return verified;
  }

  /** Runs the second checker; how often both found what. */
  compared(): Tally {
    const input = this.pairs.map(({ files }) => `${files}\n`).join("");
    const { stdout, stderr } = spawnSync("python3", [checker, "-"], {
      input,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBe(this.pairs.length);
    const tally = new Tally();
    lines.forEach((line, k) => {
      const { verified, label } = this.pairs[k];
      const [word] = line.split(":");
      expect(["verified", "refuted", "refused"], line).toContain(word);
      expect(`${label}: ${word === "verified"}`, line).toBe(`${label}: ${verified}`);
      tally.tell(word);
    });
    return tally;
  }
}

function isVerified(document: string, subject: Subject): boolean {
  try {
    return verifyAnswer(readAnswerFile(parseExactJson(document, "answer")), subject).verified;
  } catch (fault) {
    if (fault instanceof InputError) return false;
    throw fault;
  }
}

/** The text of the answer file to a problem. */
export async function answer(
  problem: Problem,
  subject: Subject,
  formulation?: FormulationName,
): Promise<string> {
  const design = await designFor(problem, { formulation });
  return [...answerFileText(design, { name: "an instance", ...subject })].join("");
}
