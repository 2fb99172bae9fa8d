import { expect, test } from "vitest";
import { exchangeable } from "../../src/formulation/exchangeable.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { RandomSource } from "../generator/random-source.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";
import { compareWithDirect, type Tally } from "./against-direct.js";

const COUNT = Number(process.env["COUNT"] ?? 200);

test("symmetric mechanisms reach the direct program's optimum, and the way back proves it", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x5bd1e995);
    const environment = randomSymmetricEnvironment(seed);
    const question = {
      ic: random.pick(choices.ic),
      ir: random.pick(choices.ir),
      budget: random.pick(choices.budget),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(["efficient", "free"] as const),
      ties: random.pick(choices.ties),
    };
    const problem = posed(environment, question);
    await compareWithDirect(problem, exchangeable, tally, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  console.log(`exchangeable, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "infeasible",
    "zero",
    "not zero",
    ...choices.ic.map((ic) => `IC ${ic}`),
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
