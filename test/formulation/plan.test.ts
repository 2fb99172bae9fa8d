import { describe, expect, test } from "vitest";
import { bilateralTrade, correlatedPair, publicGood, singleGoodAuction } from "../../models/index.js";
import type { Environment } from "../../src/environment/environment.js";
import { planOf } from "../../src/formulation/plan.js";
import type { Size } from "../../src/formulation/size.js";
import { posed } from "../../src/question/problem.js";
import { highsSolver } from "../../src/solver/highs.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";

/** Solves by every formulation of the plan; each must have the size that was planned for it. */
async function solveAsPlanned(
  environment: Environment,
  question: Parameters<typeof posed>[1],
  rule: Parameters<typeof posed>[2],
  tally: Record<string, number>,
  label: string,
): Promise<void> {
  const problem = posed(environment, question, rule);
  for (const { formulation, size } of planOf(problem)) {
    if (!size) continue;
    const where = `${label}, ${formulation.name}, planned ${JSON.stringify(size)}`;
    for await (const resolution of formulation.resolve(problem, highsSolver, {})) {
      compare(resolution.size, size, where, formulation.name);
      const kind = `${formulation.name} ${size.known ?? "exactly"}`;
      tally[kind] = (tally[kind] ?? 0) + 1;
    }
  }
}

function compare(solved: Size, planned: Size, where: string, name: string): void {
  if (planned.known === undefined) {
    expect({ ...solved, known: undefined }, where).toEqual({ ...planned, known: undefined });
  } else if (planned.known === "at most") {
    for (const part of ["rows", "columns", "nonzeros"] as const)
      expect(solved[part], `${where}: ${part}`).toBeLessThanOrEqual(planned[part]);
  } else if (name !== "exchangeable") {
    // A search for a rule starts from paths, and may go on with a program of another shape.
    expect(solved.columns, `${where}: columns`).toBe(planned.columns);
    for (const part of ["rows", "nonzeros"] as const)
      expect(solved[part], `${where}: ${part}`).toBeGreaterThanOrEqual(planned[part]);
  }
}

const FIRST = 1;
const COUNT = 240;

test(`what is solved has the size that was planned, by every formulation (seeds ${FIRST} to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const environment =
      seed % 3 === 0
        ? randomSymmetricEnvironment(seed)
        : randomEnvironment(seed, { agents: [2, 3], types: [2, 3], outcomes: [2, 3] });
    // What only one formulation answers seldom comes up by itself.
    const flows = { ic: "bayesian", ir: "ex-post", budget: "ex-post" } as const;
    const question = { ...randomQuestion(seed), ...(seed % 4 === 0 ? flows : {}) };
    const label = `seed ${seed}, ${JSON.stringify(question)}`;
    await solveAsPlanned(environment, question, randomRule(environment, seed), tally, label);
  }
  console.log(`sizes as planned, seeds ${FIRST} to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "direct exactly",
    "interim exactly",
    "paths exactly",
    "states exactly",
    "exchangeable exactly",
    "exchangeable at first",
    "lazy at first",
    "flow at least",
  ]) {
    expect(tally[kind], kind).toBeGreaterThan(3);
  }
});

describe("a size by formula, for programs too large to be built for a plan, is never too small", () => {
  const grid = { points: 4 };
  const traders = bilateralTrade({ buyer: grid, seller: grid }).environment;
  const cases: [string, Environment][] = [
    ["trade", traders],
    ["correlated trade", correlatedPair({ situation: "trade", grid, correlation: "1/4" }).environment],
    ["an auction", singleGoodAuction({ agents: 2, grid }).environment],
    ["a public good", publicGood({ agents: 3, grid: { points: 3 }, cost: "3/2" }).environment],
  ];
  test.each(cases)("%s", (_name, environment) => {
    let compared = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const problem = posed(environment, randomQuestion(seed), randomRule(environment, seed));
      for (const { formulation, size: planned } of planOf(problem)) {
        const byFormula = formulation.size(problem);
        if (!planned || !formulation.program?.(problem) || byFormula.known === "about") continue;
        const where = `${formulation.name}, ${JSON.stringify(problem.question)}`;
        expect([byFormula.rows, byFormula.columns], where).toEqual([planned.rows, planned.columns]);
        expect(byFormula.nonzeros, where).toBeGreaterThanOrEqual(planned.nonzeros);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
