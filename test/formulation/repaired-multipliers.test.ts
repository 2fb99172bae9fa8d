import { expect, test } from "vitest";
import type { Multipliers } from "../../src/certificate/multipliers.js";
import { designFor } from "../../src/design.js";
import { repairedMultipliers } from "../../src/formulation/repaired-multipliers.js";
import { boundOf } from "../../src/kernel/bound.js";
import { judge, surplusIsUnbounded } from "../../src/kernel/judgement.js";
import { Refuted } from "../../src/kernel/refuted.js";
import { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";
import { choices } from "../../src/question/question.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";

/** As a floating-point solver might give them: every weight a little off, and rounded. */
function rounded({ prices, purpose, alike }: Multipliers, random: RandomSource): Multipliers {
  const off = (weight: Rational) =>
    Rational.of(Math.round(weight.toNumber() * 2 ** 40) + random.integer(-1000, 1000), 2 ** 40);
  return {
    purpose,
    alike,
    prices: prices.map((block) => {
      if (block.kind !== "list")
        throw new Error(`the direct program prices requirements one by one: ${block.kind}`);
      return {
        ...block,
        entries: Array.from(block.entries, (entry) => ({ ...entry, weight: off(entry.weight) })),
      };
    }),
  };
}

const COUNT = 200;

test(`rounded multipliers prove nothing; repaired they prove almost the optimum, exactly (seeds 1 to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  const tell = (word: string) => {
    tally[word] = (tally[word] ?? 0) + 1;
  };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x1b873593);
    const environment = randomEnvironment(seed, { agents: [2, 2], types: [2, 3], outcomes: [2, 3] });
    const problem = posed(
      environment,
      {
        ic: random.pick(choices.ic),
        ir: random.pick(["ex-post", "ex-post", "interim"] as const),
        budget: random.pick(["ex-post", "ex-post", "ex-ante", "none"] as const),
        balance: random.pick(choices.balance),
        objective: random.pick(["min-subsidy", "min-worst-subsidy", "max-surplus", "max-gains"] as const),
        allocation: random.pick(["efficient", "given", "free"] as const),
      },
      randomRule(environment, seed),
    );
    if (surplusIsUnbounded(problem)) continue;
    const design = await designFor(problem, { formulation: "direct" });
    if (!design.optimum || !design.multipliers) continue;
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const near = rounded(design.multipliers, random);
    const repaired = repairedMultipliers(problem, near);
    if (!repaired) {
      // Prices of their own at every profile always leave room for participation there.
      const { ir, budget } = problem.question;
      expect(ir === "ex-post" && budget === "ex-post", label).toBe(false);
      tell("not to be repaired");
      continue;
    }
    const { lower, upper } = judge(problem, undefined, repaired);
    const bound = problem.question.objective.startsWith("max") ? upper! : lower!;
    const loss = bound.subtract(design.optimum);
    expect(
      problem.question.objective.startsWith("max") ? loss.sign : -loss.sign,
      label,
    ).toBeGreaterThanOrEqual(0);
    // Where a profile has no probability, its price has no room, and the mixture may lose all.
    const { count } = environment.profiles;
    const likely = Array.from({ length: count }, (_, s) => !environment.prior.probability(s).isZero);
    if (likely.every(Boolean)) expect(Math.abs(loss.toNumber()), label).toBeLessThan(1e-4);
    else tell("unlikely profiles");
    tell(`${problem.question.objective}, ${problem.question.ir}, budget ${problem.question.budget}`);
    try {
      boundOf(problem, near);
    } catch (fault) {
      expect(fault).toBeInstanceOf(Refuted);
      tell("refused as they were");
    }
  }
  console.log(`repaired multipliers, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const objective of ["min-subsidy", "min-worst-subsidy", "max-surplus", "max-gains"]) {
    expect(tally[`${objective}, ex-post, budget ex-post`], objective).toBeGreaterThan(3);
  }
  expect(tally["refused as they were"]).toBeGreaterThan(30);
});
