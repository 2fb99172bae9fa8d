import { plansFor } from "../../src/formulation/plan.js";
import type { Resolution } from "../../src/formulation/resolution.js";
import { surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { type Problem, posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { highsSolver } from "../../src/solver/highs.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomPublicGood } from "../generator/random-public-good.js";
import { randomQuestion } from "../generator/random-question.js";
import { RandomSource } from "../generator/random-source.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";

/**
 * A random problem: of any kind, or of one that has answers of a kind of their own: agents who are alike, two outcomes with
 * requirements at every profile, participation and budget at every profile, gains that have to be paid for.
 */
export function randomProblem(seed: number): Problem {
  const random = new RandomSource(seed ^ 0x2545f491);
  const question = randomQuestion(seed);
  const kind = seed % 6;
  if (kind === 0 || kind === 1) {
    const environment = randomSymmetricEnvironment(seed);
    return posed(
      environment,
      question.allocation === "given" ? { ...question, allocation: "efficient" } : question,
    );
  }
  if (kind === 2) {
    return posed(randomPublicGood(seed), {
      allocation: "free",
      objective: "max-gains",
      balance: "no-deficit",
    });
  }
  const allocation = random.pick(["efficient", "efficient", "given"] as const);
  const atProfiles = { ...question, allocation, ir: "ex-post", budget: "ex-post" } as const;
  const shape = { agents: [2, 3], types: [1, 4], values: "private", prior: "independent" } as const;
  if (kind === 3) {
    const environment = randomEnvironment(seed, { ...shape, outcomes: [2, 2] });
    const ic = random.pick(["ex-post", "dominant"] as const);
    const balance = random.pick(["no-deficit", "no-deficit", "exact"] as const);
    const objective = random.pick(["min-subsidy", "min-subsidy", ...choices.objective] as const);
    return posed(environment, { ...atProfiles, ic, balance, objective }, randomRule(environment, seed));
  }
  if (kind === 4) {
    const environment = randomEnvironment(seed, shape);
    return posed(environment, { ...atProfiles, ic: "bayesian" }, randomRule(environment, seed));
  }
  const environment = randomEnvironment(seed);
  return posed(environment, question, randomRule(environment, seed));
}

/** Everything that formulations bring back for a problem, whether or not it is best. */
export async function* everyAnswer(problem: Problem): AsyncIterable<Resolution> {
  if (surplusIsUnbounded(problem)) return;
  for (const formulation of plansFor(problem)) yield* formulation.resolve(problem, highsSolver, {});
}

/** The same environment and rule under another question about the same allocation. */
export function askedOtherwise(problem: Problem, seed: number): Problem {
  const { environment, question, givenRule } = problem;
  const { allocation, ties } = question;
  return posed(environment, { ...randomQuestion(seed), allocation, ties }, givenRule);
}
