import { expect } from "vitest";
import { answerFileText, readAnswerFile } from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { environmentDigest } from "../../src/environment/digest.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { verifyAnswer } from "../../src/kernel/verify.js";
import { posed } from "../../src/question/problem.js";
import { solverByName, solverNames } from "../../src/solver/registry.js";
import { SolverUnavailable } from "../../src/solver/solver.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";

/** How the answers to random questions came out. */
export interface Tally {
  [outcome: string]: number;
}

/**
 * Asks random questions of random environments, for seeds from `first` on: the solvers must give one exact answer, none
 * undecided, and the answer file must verify. Returns how often each kind of answer and each solver came up.
 */
export async function askRandomQuestions(first: number, count: number): Promise<Tally> {
  const tally: Tally = {};
  const tell = (outcome: string) => {
    tally[outcome] = (tally[outcome] ?? 0) + 1;
  };
  for (let seed = first; seed < first + count; seed++) {
    const environment = randomEnvironment(seed);
    const givenRule = randomRule(environment, seed);
    const question = randomQuestion(seed);
    const problem = posed(environment, question, givenRule);
    const label = `seed ${seed}, ${JSON.stringify(question)}`;
    const digest = environmentDigest(environment, givenRule);
    let reference: string | undefined;
    for (const name of solverNames) {
      try {
        const solver = solverByName(name);
        const design = await designFor(problem, { solver, formulation: "direct" });
        expect(design.verdict, label).not.toBe("undecided");
        expect(design.optimum !== undefined || design.infeasible || design.unbounded, label).toBe(true);
        const answer = `${design.verdict} ${design.infeasible ? "infeasible" : design.unbounded ? "unbounded" : design.optimum}`;
        reference ??= answer;
        expect(answer, `${label}, ${name}`).toBe(reference);
        tell(name);
        if (name !== "highs") continue;
        const text = [...answerFileText(design, { name: "random", digest })].join("");
        const verification = verifyAnswer(readAnswerFile(parseExactJson(text, "answer")), {
          environment,
          givenRule,
          digest,
        });
        expect(verification, label).toMatchObject({ verified: true });
        tell(design.infeasible ? "infeasible" : design.unbounded ? "unbounded" : design.verdict);
      } catch (fault) {
        if (!(fault instanceof SolverUnavailable)) throw fault;
        tell(`${name} refused`);
      }
    }
  }
  return tally;
}
