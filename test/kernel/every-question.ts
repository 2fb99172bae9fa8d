import { readdirSync, readFileSync } from "node:fs";
import { answerFileText, readAnswerFile } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { type Instance, readInstance } from "../../src/instance/instance.js";
import { verifyAnswer } from "../../src/kernel/verify.js";
import { posed } from "../../src/question/problem.js";
import { choices, type Question } from "../../src/question/question.js";

/** Every instance of `instances/`. Throws when there are none. */
export function allInstances(): Instance[] {
  const folder = new URL("../../instances/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  if (files.length === 0) throw new Error("instances/ is empty");
  return files.map((file) =>
    readInstance(readFileSync(new URL(file, folder), "utf8"), file.replace(/\.json$/, "")),
  );
}

/** Every question that can be asked of an instance: ties matter only where efficient outcomes are wanted. */
export function* everyQuestion(instance: Instance): Iterable<Question> {
  for (const ic of choices.ic) {
    for (const ir of choices.ir) {
      for (const budget of choices.budget) {
        for (const balance of choices.balance) {
          for (const objective of choices.objective) {
            for (const allocation of choices.allocation) {
              if (allocation === "given" && !instance.givenRule) continue;
              for (const ties of allocation === "efficient" ? choices.ties : (["optimise"] as const)) {
                yield { ic, ir, budget, balance, objective, allocation, ties };
              }
            }
          }
        }
      }
    }
  }
}

/** Solves, writes, reads and verifies; returns the answer in a word, or what went wrong. */
export async function answeredAndVerified(instance: Instance, question: Question): Promise<string> {
  const design = await designFor(posed(instance.environment, question, instance.givenRule));
  if (design.verdict === "undecided") return `undecided: ${design.shortfall}`;
  if (!design.optimum && !design.infeasible && !design.unbounded)
    return `not exact: ${design.lower} to ${design.upper}`;
  const text = [...answerFileText(design, instance)].join("");
  const verification = verifyAnswer(readAnswerFile(parseExactJson(text, "answer")), instance);
  return verification.verified ? design.verdict : `refuted: ${verification.fault}`;
}
