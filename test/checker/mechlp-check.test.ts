import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { answerFileText, readAnswerFile, type Subject } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { environmentDigest } from "../../src/environment/digest.js";
import { InputError } from "../../src/fault/input-error.js";
import type { FormulationName } from "../../src/formulation/formulation.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { instanceText } from "../../src/instance/written-out.js";
import { verifyAnswer } from "../../src/kernel/verify.js";
import { asked, type Problem, posed } from "../../src/question/problem.js";
import { scratch } from "../cli/command.js";
import { RandomSource } from "../generator/random-source.js";
import { cases } from "../kernel/answer-forms.js";
import { allInstances } from "../kernel/every-question.js";
import { type Json, mutations } from "../kernel/mutations.js";
import { randomProblem } from "../kernel/random-answers.js";
import { Tally } from "../kernel/tally.js";
import { randomParameter } from "../question/random-parameter.js";

const checker = fileURLToPath(new URL("../../checker/mechlp_check.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.warn("NOT RUN: the second checker, checker/mechlp_check.py, as there is no python3");

const RANDOM = 330;
const SEED = 7012;
/** Entries that are changed of each answer, besides those of the claim and the head. */
const SAMPLE = 12;

const folder = scratch();

/** Answers that both checkers are to judge alike. */
class Both {
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

async function answer(problem: Problem, subject: Subject, formulation?: FormulationName): Promise<string> {
  const design = await designFor(problem, { formulation });
  return [...answerFileText(design, { name: "an instance", ...subject })].join("");
}

describe.skipIf(!hasPython)("a checker that shares nothing finds the same", () => {
  test("of the answer of every instance, to its own question and to those with a parameter", async () => {
    const both = new Both();
    for (const [k, instance] of allInstances().entries()) {
      const { environment, givenRule, question, name } = instance;
      const random = new RandomSource(SEED + k);
      const plain = posed(environment, question, givenRule);
      const [parameter, value] = randomParameter(random, environment);
      for (const problem of [plain, asked(plain, { parameters: { [parameter]: value } })]) {
        const label = `${name}, ${JSON.stringify(problem.question)}`;
        expect(both.add(instance, await answer(problem, instance), label), label).toBe(true);
      }
    }
    const tally = both.compared();
    console.log(`second checker, every instance: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("verified")).toBe(56);
  });

  test(`of answers to random questions (seeds 0 to ${RANDOM - 1})`, async () => {
    const both = new Both();
    for (let seed = 0; seed < RANDOM; seed++) {
      const plain = randomProblem(seed);
      const { environment, givenRule } = plain;
      const random = new RandomSource(SEED + seed);
      const [parameter, value] = randomParameter(random, environment);
      const problem = random.onceIn(4) ? asked(plain, { parameters: { [parameter]: value } }) : plain;
      const subject = { environment, givenRule, digest: environmentDigest(environment, givenRule) };
      const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
      expect(both.add(subject, await answer(problem, subject), label), label).toBe(true);
    }
    const tally = both.compared();
    console.log(`second checker, random answers, seeds 0 to ${RANDOM - 1}: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("verified")).toBe(RANDOM);
  });

  test(`of answers of every form that were tampered with (seed ${SEED})`, async () => {
    const both = new Both();
    for (const [formulation, instance, question] of cases) {
      const problem = posed(instance.environment, question, instance.givenRule);
      const text = await answer(problem, instance, formulation);
      const document = parseExactJson(text, "answer") as Json;
      const idle = { purpose: "infeasibility", alike: false, prices: [] };
      const without = { ...(document as Record<string, Json>), multipliers: idle };
      both.add(instance, JSON.stringify(without), `${formulation}, ${instance.name}: idle multipliers`);
      for (const { document: mutated, how } of mutations(document, SEED, SAMPLE)) {
        both.add(instance, JSON.stringify(mutated), `${formulation}, ${instance.name}: ${how}`);
      }
    }
    const tally = both.compared();
    console.log(`second checker, tampered answers, seed ${SEED}: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("refuted") + tally.of("refused")).toBeGreaterThan(500);
    expect(tally.of("verified")).toBeGreaterThan(0);
  });
});
