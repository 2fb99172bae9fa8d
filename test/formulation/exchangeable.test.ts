import { expect, test } from "vitest";
import { interdependentPublicGood } from "../../models/index.js";
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

test("neighbours who learn from each other what a bridge is worth are exchanged as well", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= COUNT / 5; seed++) {
    const random = new RandomSource(seed ^ 0x2f0b4c47);
    const { environment } = interdependentPublicGood({
      agents: random.integer(2, 3),
      grid: { points: random.integer(2, 3) },
      valuation: { own: 1, other: `${random.integer(1, 6)}/4` },
      cost: `${random.integer(2, 6)}/4`,
    });
    const question = {
      ic: random.pick(["bayesian", "bayesian", "none", "ex-post"] as const),
      ir: random.pick(choices.ir),
      budget: random.pick(choices.budget),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(["efficient", "free"] as const),
    };
    const problem = posed(environment, question);
    await compareWithDirect(problem, exchangeable, tally, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  console.log(`exchangeable, interdependent values, seeds 1 to ${COUNT / 5}: ${JSON.stringify(tally)}`);
  for (const kind of ["zero", "not zero", "IC bayesian", "IC ex-post", "IR ex-post", "budget ex-post exact"])
    expect(tally[kind], kind).toBeGreaterThan(0);
});
