import { expect, test } from "vitest";
import { bilateralTrade, singleGoodAuction } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { obviousBounds } from "../../src/formulation/obvious-bounds.js";
import { type Judgement, judge, surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { posed } from "../../src/question/problem.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { RandomSource } from "../generator/random-source.js";

/** What all obvious bounds of a question say. */
function saidOf(problem: ReturnType<typeof posed>): Judgement[] {
  return [...obviousBounds(problem)].map(({ mechanism, multipliers }) =>
    judge(problem, mechanism, multipliers),
  );
}

test("what traders gain without outside money is at least nothing, and at most what full efficiency is worth", () => {
  const grid = { points: 11 };
  const { environment } = bilateralTrade({ buyer: grid, seller: grid });
  const problem = posed(environment, { objective: "max-gains", allocation: "free" });
  const said = saidOf(problem);
  expect(said.map(({ upper }) => upper && String(upper)).filter((bound) => bound)).toEqual(["20/121"]);
  expect(said.map(({ lower }) => lower && String(lower)).filter((bound) => bound)).toContain("0");
});

test("a seller's revenue is at most what the good is worth to whoever values it most, and nothing can be kept", () => {
  const { environment } = singleGoodAuction({ agents: 2, grid: { points: 10 } });
  const problem = posed(environment, { objective: "max-surplus", allocation: "free", budget: "none" });
  const said = saidOf(problem);
  expect(said.map(({ upper }) => upper && String(upper)).filter((bound) => bound)).toEqual(["133/200"]);
  // Somebody always gets the good, for the least that it is worth to anybody.
  expect(said.map(({ lower }) => lower && String(lower)).filter((bound) => bound)).toContain("1/20");
});

const FIRST = 1;
const COUNT = 400;

test(`obvious bounds are bounds: every mechanism meets all, every optimum lies between (seeds ${FIRST} to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2545f491);
    const environment = randomEnvironment(seed, { agents: [2, 3], types: [2, 3], outcomes: [2, 3] });
    const parameters = {
      ...(random.onceIn(3) ? { neverPaid: random.pick(["all", ["ann"]]) } : {}),
      ...(random.onceIn(3) ? { paymentCaps: random.pick(["1/2", "2", { bob: "1" }]) } : {}),
      ...(random.onceIn(3) ? { icSlack: "1/8" } : {}),
    };
    const allocation = random.pick(["free", "free", "efficient", "given"] as const);
    const question = { ...randomQuestion(seed), allocation, parameters };
    const problem = posed(environment, question, randomRule(environment, seed));
    if (surplusIsUnbounded(problem)) continue;
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const said = saidOf(problem);
    if (said.length === 0) continue;
    const { optimum, infeasible } = await designFor(problem, { formulation: "direct" });
    for (const { findings, lower, upper } of said) {
      for (const { holds, requirement } of findings) expect(holds, `${label}: ${requirement}`).toBe(true);
      if (findings.length > 0) expect(infeasible, label).toBe(false);
      if (infeasible) continue;
      if (lower) expect(lower.compare(optimum!), label).toBeLessThanOrEqual(0);
      if (upper) expect(upper.compare(optimum!), label).toBeGreaterThanOrEqual(0);
      if (findings.length > 0) tell("mechanism");
      else tell(upper!.equals(optimum!) ? "tight bound" : "bound");
    }
  }
  console.log(`obvious bounds, seeds ${FIRST} to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const word of ["mechanism", "tight bound", "bound"]) expect(tally[word], word).toBeGreaterThan(20);
});
