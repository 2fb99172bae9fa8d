import { describe, expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { direct } from "../../src/formulation/direct.js";
import { virtual } from "../../src/formulation/virtual.js";
import { surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { type Problem, posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { answerOf, type Tally } from "./against-direct.js";
import { resolved } from "./resolved.js";

const COUNT = Number(process.env["COUNT"] ?? 600);

/** The formulation's answer where it comes to one; where it does not, its bounds must lie around the direct program's. */
async function compare(problem: Problem, tally: Tally, label: string): Promise<void> {
  if (surplusIsUnbounded(problem) || virtual.obstacle(problem) !== undefined) return;
  const { question } = problem;
  const { optimum, infeasible, lower, upper, findings } = await resolved(virtual, problem);
  const expected = await answerOf(problem, direct, label);
  expect(
    findings.filter(({ holds }) => !holds),
    label,
  ).toEqual([]);
  const tell = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  if (optimum === undefined && !infeasible) {
    tell("open");
    if (expected === "infeasible") return;
    const within = ({ sign }: { sign: number }, side: -1 | 1) => sign * side <= 0;
    const exact = await resolved(direct, problem);
    if (lower) expect(within(lower.subtract(exact.optimum!), 1), `${label}: ${lower}`).toBe(true);
    if (upper) expect(within(upper.subtract(exact.optimum!), -1), `${label}: ${upper}`).toBe(true);
    return;
  }
  expect(infeasible ? "infeasible" : `${optimum}`, label).toBe(expected);
  tell("settled");
  tell(expected === "infeasible" ? "infeasible" : expected === "0" ? "zero" : "not zero");
  tell(`IC ${question.ic}`);
  tell(`IR ${question.ir}`);
  tell(`budget ${question.budget} ${question.budget === "none" ? "" : question.balance}`.trim());
  tell(question.objective);
}

describe("rules of the greatest virtual welfare", () => {
  test("attain the direct program's optimum of random problems, and their prices prove it", async () => {
    const tally: Tally = {};
    for (let seed = 1; seed <= COUNT; seed++) {
      const random = new RandomSource(seed ^ 0x1c80317f);
      const environment = randomEnvironment(seed, { agents: [1, 3], types: [1, 4], prior: "independent" });
      const question = {
        ic: random.pick(["bayesian", "bayesian", "none", "ex-post", "dominant"] as const),
        ir: random.pick(choices.ir),
        budget: random.pick(choices.budget),
        balance: random.pick(choices.balance),
        objective: random.pick(choices.objective),
        allocation: random.pick(["free", "free", "efficient"] as const),
        ties: "optimise" as const,
      };
      await compare(posed(environment, question), tally, `seed ${seed}, ${JSON.stringify(question)}`);
    }
    console.log(`virtual, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
    for (const kind of [
      "open",
      "infeasible",
      "zero",
      "not zero",
      "IC none",
      "IC bayesian",
      "IC ex-post",
      "IC dominant",
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

  test("trade at the second best whatever the distributions of two traders, in expectation and at every profile", async () => {
    const tally: Tally = {};
    const random = new RandomSource(0x5eed);
    const grid = (points: number) => ({
      values: Array.from({ length: points }, (_, k) => 7 * k + random.integer(0, 6)),
      weights: Array.from({ length: points }, () => random.integer(1, 9)),
    });
    for (let k = 0; k < 60; k++) {
      const { environment } = bilateralTrade({ buyer: grid(1 + (k % 7)), seller: grid(1 + ((3 * k) % 8)) });
      for (const objective of ["max-gains", "max-surplus"] as const) {
        for (const ic of ["bayesian", "dominant"] as const) {
          const budget = ic === "dominant" ? "ex-ante" : "ex-post";
          const question = { ic, budget, allocation: "free", objective, balance: "no-deficit" } as const;
          await compare(posed(environment, question), tally, `grids ${k}, ${JSON.stringify(question)}`);
        }
      }
    }
    console.log(`virtual, random traders: ${JSON.stringify(tally)}`);
    expect(tally["open"]).toBe(undefined);
    expect(tally["not zero"]).toBeGreaterThan(120);
  });
});
