import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { boundsAtHand } from "../../src/formulation/bounds-at-hand.js";
import { judge, surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";
import { allowsSubsidy, choices, isMaximised } from "../../src/question/question.js";
import { solverByName } from "../../src/solver/registry.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";

const FIRST = 1;
const COUNT = 160;

test(`bounds at hand are judged to be bounds, and the optimum lies between them (seeds ${FIRST} to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x5bd1e995);
    const grid = { points: 3 + (seed % 3) };
    const environment =
      seed % 4 === 0
        ? bilateralTrade({ buyer: grid, seller: grid }).environment
        : randomEnvironment(seed, { agents: [2, 3], types: [2, 3], outcomes: [2, 3] });
    const problem = posed(
      environment,
      {
        ic: random.pick(["bayesian", "ex-post", "dominant", "none"] as const),
        ir: random.pick(["ex-post", "ex-post", "interim", "ex-ante"] as const),
        budget: random.pick(["ex-post", "ex-post", "ex-ante", "none"] as const),
        balance: random.pick(choices.balance),
        objective: random.pick(choices.objective),
        allocation: random.pick(["efficient", "efficient", "given", "free"] as const),
        ties: random.pick(choices.ties),
      },
      randomRule(environment, seed),
    );
    if (surplusIsUnbounded(problem)) continue;
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const design = await designFor(problem, { formulation: "direct" });
    const maximised = isMaximised(problem.question);
    for await (const { mechanism, multipliers } of boundsAtHand(problem, solverByName("highs"))) {
      // Multipliers of a question that asks less are never refused.
      const judgement = judge(problem, mechanism, multipliers);
      if (judgement.infeasible) {
        expect(design.infeasible, label).toBe(true);
        tell("contradiction");
        continue;
      }
      if (mechanism) {
        const sound = judgement.findings.every(({ holds }) => holds);
        tell(sound ? "mechanism that meets all" : "mechanism that does not");
        if (sound) expect(design.infeasible, label).toBe(false);
        // With outside money enough, what holds at every profile is an answer.
        if (allowsSubsidy(problem.question)) expect(sound, label).toBe(true);
      }
      if (design.infeasible) continue;
      const { lower, upper } = judgement;
      if (lower) expect(lower.compare(design.optimum!), label).toBeLessThanOrEqual(0);
      if (upper) expect(upper.compare(design.optimum!), label).toBeGreaterThanOrEqual(0);
      const bound = maximised ? upper : lower;
      if (multipliers && bound) tell(bound.equals(design.optimum!) ? "tight bound" : "bound");
      if (multipliers && !maximised && lower && lower.compare(Rational.ZERO) > 0) tell("positive bound");
    }
  }
  console.log(`bounds at hand, seeds ${FIRST} to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const word of [
    "contradiction",
    "mechanism that meets all",
    "tight bound",
    "bound",
    "positive bound",
  ]) {
    expect(tally[word], word).toBeGreaterThan(3);
  }
});
