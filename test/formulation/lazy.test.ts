import { expect, test } from "vitest";
import { lazy } from "../../src/formulation/lazy.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { compareWithDirect, type Tally } from "./against-direct.js";

const COUNT = Number(process.env["COUNT"] ?? 200);

test("incentives added as they are violated give the direct program's optimum, and the way back proves it", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x68e31da4);
    const environment = randomEnvironment(seed, { agents: [2, 3], types: [1, 4], prior: "independent" });
    const question = {
      ir: random.pick(["ex-post", "ex-post", ...choices.ir] as const),
      budget: random.pick(["ex-post", "ex-post", ...choices.budget] as const),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(choices.allocation),
      ties: random.pick(choices.ties),
    };
    const problem = posed(environment, question, randomRule(environment, seed));
    await compareWithDirect(problem, lazy, tally, `seed ${seed}, ${JSON.stringify(question)}`);
    if (question.ir !== "ex-post" || question.budget !== "ex-post") continue;
    for (const part of [
      question.balance,
      question.objective,
      question.allocation,
      `${environment.agentCount}`,
    ]) {
      tally[`lifted ${part}`] = (tally[`lifted ${part}`] ?? 0) + 1;
    }
  }
  console.log(`lazy, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "infeasible",
    "zero",
    "not zero",
    ...choices.ir.map((ir) => `IR ${ir}`),
    ...choices.objective.map((objective) => `lifted ${objective}`),
    ...choices.balance.map((balance) => `lifted ${balance}`),
    ...choices.allocation.map((allocation) => `lifted ${allocation}`),
    "lifted 2",
    "lifted 3",
  ]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
});
