import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { repairedMultipliers } from "../../src/formulation/repaired-multipliers.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { posed } from "../../src/problem/problem.js";
import { choices } from "../../src/problem/question.js";
import { judge, surplusIsUnbounded } from "../../src/proof/judgement.js";
import type { Multipliers } from "../../src/proof/multipliers.js";
import { lagrangianBound, ProofFault } from "../../src/proof/weak-duality.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";

/** As a floating-point solver might give them: every weight a little off, and rounded. */
function rounded(
  { incentive, participation, budget, purpose }: Multipliers,
  random: RandomSource,
): Multipliers {
  const off = (weight: Rational) =>
    Rational.of(Math.round(weight.toNumber() * 2 ** 40) + random.integer(-1000, 1000), 2 ** 40);
  const entries = <Entry extends { weight: Rational }>(list: readonly Entry[]) =>
    list.map((entry) => ({ ...entry, weight: off(entry.weight) }));
  return {
    purpose,
    incentive: entries(incentive),
    participation: entries(participation),
    budget:
      budget.kind === "profile"
        ? { kind: "profile", prices: RationalVector.from(budget.prices.toRationals().map(off)) }
        : budget.kind === "expectation"
          ? { kind: "expectation", price: off(budget.price) }
          : budget.kind === "prior"
            ? { kind: "prior", scale: off(budget.scale) }
            : budget,
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
    if (surplusIsUnbounded(problem.question)) continue;
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
      lagrangianBound(problem, near);
    } catch (fault) {
      expect(fault).toBeInstanceOf(ProofFault);
      tell("refused as they were");
    }
  }
  console.log(`repaired multipliers, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const objective of ["min-subsidy", "min-worst-subsidy", "max-surplus", "max-gains"]) {
    expect(tally[`${objective}, ex-post, budget ex-post`], objective).toBeGreaterThan(3);
  }
  expect(tally["refused as they were"]).toBeGreaterThan(30);
});
