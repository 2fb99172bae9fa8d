import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { posed } from "../../src/question/problem.js";
import { choices, type Question } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

const questions: Partial<Question>[] = (["none", "bayesian"] as const).flatMap((ic) =>
  choices.ir.flatMap((ir) =>
    choices.budget.flatMap((budget) =>
      choices.balance.flatMap((balance) =>
        choices.objective.map((objective) => ({ ic, ir, budget, balance, objective })),
      ),
    ),
  ),
);

const allocations: Partial<Question>[] = [
  { allocation: "given" },
  ...choices.ties.map((ties) => ({ allocation: "efficient" as const, ties })),
];

test("paths and the direct linear program give the same exact answers to every question that paths answers", async () => {
  const SEED = 20_000;
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  let seed = SEED;
  for (const asked of questions) {
    for (const allocation of allocations) {
      seed++;
      const environment = randomEnvironment(seed, { prior: "independent", types: [2, 3], agents: [1, 3] });
      const problem = posed(environment, { ...asked, ...allocation }, randomRule(environment, seed));
      const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
      if (asked.ir === "ex-post" && asked.budget === "ex-post") {
        await expect(designFor(problem, { formulation: "paths" }), label).rejects.toThrow(
          "participation and budget are asked at every profile",
        );
        tell("ex post participation and budget: refused");
        continue;
      }
      if (environment.agentCount === 1 && asked.budget === "ex-post") {
        await expect(designFor(problem, { formulation: "paths" }), label).rejects.toThrow("one agent alone");
        tell("one agent, ex post budget: refused");
        continue;
      }
      const direct = await designFor(problem, { formulation: "direct" });
      const design = await designFor(problem, { formulation: "paths" });
      if (design.shortfall) {
        expect(problem.question.ties, label).toBe("optimise");
        expect(
          design.lower === undefined ||
            direct.optimum === undefined ||
            design.lower.compare(direct.optimum) <= 0,
          label,
        ).toBe(true);
        tell("left to another formulation");
        continue;
      }
      expect(design.infeasible, label).toBe(direct.infeasible);
      expect(design.unbounded, label).toBe(direct.unbounded);
      expect(design.verdict, label).toBe(direct.verdict);
      expect(`${design.optimum}`, label).toBe(`${direct.optimum}`);
      expect(design.optimum !== undefined || design.infeasible || design.unbounded, label).toBe(true);
      tell(`${problem.question.allocation} ${problem.question.ties === "optimise" ? "optimised" : ""}`);
      if (asked.ir === "ex-post") tell("IR ex-post");
      tell(design.infeasible ? "infeasible" : design.unbounded ? "unbounded" : design.verdict);
    }
  }
  console.log(`paths against direct, from seed ${SEED + 1}: ${JSON.stringify(tally)}`);
  for (const outcome of [
    "infeasible",
    "unbounded",
    "possible",
    "impossible",
    "efficient optimised",
    "IR ex-post",
  ]) {
    expect(tally[outcome], outcome).toBeGreaterThan(0);
  }
}, 120_000);
