import { describe, expect, test } from "vitest";
import { environmentDigest } from "../../src/environment/digest.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { asked, posed } from "../../src/question/problem.js";
import { RandomSource } from "../generator/random-source.js";
import { cases } from "../kernel/answer-forms.js";
import { allInstances } from "../kernel/every-question.js";
import { type Json, mutations } from "../kernel/mutations.js";
import { randomProblem } from "../kernel/random-answers.js";
import { randomParameter } from "../question/random-parameter.js";
import { answer, Both, hasPython } from "./both.js";

const RANDOM = 330;
const SEED = 7012;
/** Entries that are changed of each answer, besides those of the claim and the head. */
const SAMPLE = 12;

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
