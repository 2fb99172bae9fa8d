import { expect, test } from "vitest";
import { interim } from "../../src/formulation/interim.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { compareWithDirect, type Tally } from "./against-direct.js";

const COUNT = Number(process.env["COUNT"] ?? 250);

test("interim payments alone give the direct program's optimum, and the way back proves it", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2c1b3c6d);
    const environment = randomEnvironment(seed, { agents: [1, 3], types: [1, 4], prior: "independent" });
    const question = {
      ic: random.pick(["bayesian", "bayesian", "none"] as const),
      ir: random.pick(choices.ir),
      budget: random.pick(choices.budget),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(choices.allocation),
      ties: random.pick(choices.ties),
    };
    const problem = posed(environment, question, randomRule(environment, seed));
    await compareWithDirect(problem, interim, tally, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  console.log(`interim, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "infeasible",
    "zero",
    "not zero",
    "IC none",
    "IC bayesian",
    ...choices.ir.map((ir) => `IR ${ir}`),
    "budget none",
    "budget ex-ante exact",
    "budget ex-ante no-deficit",
    "budget ex-post exact",
    "budget ex-post no-deficit",
    ...choices.objective,
  ]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
});
