import { expect, test } from "vitest";
import { publicGood } from "../../../models/index.js";
import { designFor } from "../../../src/design.js";
import { exchangeable, flowsOverOrbits } from "../../../src/formulation/exchangeable.js";
import { posed } from "../../../src/question/problem.js";
import { choices } from "../../../src/question/question.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";
import { compareWithDirect, type Tally } from "../against-direct.js";

const COUNT = Number(process.env["COUNT"] ?? 150);

test("flows over multisets of types give the direct program's optimum where agents take part at every profile", async () => {
  const tally: Tally = {};
  let flows = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2c1b3c6d);
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    const question = {
      ic: random.pick(["bayesian", "bayesian", "none"] as const),
      ir: "ex-post" as const,
      budget: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      ties: random.pick(choices.ties),
    };
    const problem = posed(environment, question);
    if (!flowsOverOrbits(problem)) continue;
    const applied = tally["applied"] ?? 0;
    await compareWithDirect(problem, exchangeable, tally, `seed ${seed}, ${JSON.stringify(question)}`);
    if ((tally["applied"] ?? 0) > applied) flows++;
  }
  console.log(`exchangeable ex post, seeds 1 to ${COUNT}: ${flows} flows, ${JSON.stringify(tally)}`);
  for (const kind of ["infeasible", "zero", "not zero", "IC none", "IC bayesian", ...choices.objective]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
  expect(tally["budget ex-post exact"]).toBeGreaterThan(0);
  expect(tally["budget ex-post no-deficit"]).toBeGreaterThan(0);
});

test("neighbours who may refuse at every profile need as much for their bridge as those who decide beforehand", async () => {
  // Four neighbours with eight types: the flows over 330 multisets and the paths over 4,096 profiles agree.
  const { environment } = publicGood({ agents: 4, grid: { points: 8 }, cost: "2" });
  const refusing = await designFor(posed(environment, { ties: "uniform", ir: "ex-post" }), {
    formulation: "exchangeable",
  });
  const deciding = await designFor(posed(environment, { ties: "uniform" }), { formulation: "paths" });
  expect(`${refusing.optimum}`).toBe("847/2048");
  expect(`${deciding.optimum}`).toBe("847/2048");
});
