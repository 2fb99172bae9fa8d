import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { type Problem, posed } from "../../src/problem/problem.js";
import type { Multipliers } from "../../src/proof/multipliers.js";
import { fractionBound, ProofFault, wholeBound } from "../../src/proof/weak-duality.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomQuestion } from "../generator/random-question.js";
import { RandomSource } from "../generator/random-source.js";

/** The bound in words, or why there is none. */
function outcome(bound: () => Rational | undefined): string {
  try {
    return `${bound()}`;
  } catch (fault) {
    if (fault instanceof ProofFault) return fault.message;
    throw fault;
  }
}

/** The multipliers with one of them changed. */
function tampered(multipliers: Multipliers, random: RandomSource): Multipliers {
  const { incentive, participation, budget } = multipliers;
  const factor = random.pick([Rational.of(-1), Rational.of(2), Rational.of(3, 7)]);
  const changed = <Entry extends { weight: Rational }>(entries: readonly Entry[]) => {
    const at = random.integer(0, Math.max(0, entries.length - 1));
    return entries.map((entry, k) =>
      k === at ? { ...entry, weight: entry.weight.multiply(factor) } : entry,
    );
  };
  switch (random.integer(1, 4)) {
    case 1:
      return { ...multipliers, incentive: changed(incentive) };
    case 2:
      return { ...multipliers, participation: changed(participation) };
    case 3: {
      const at = random.integer(0, Math.max(0, incentive.length - 1));
      return {
        ...multipliers,
        incentive: incentive.map((entry, k) => (k === at ? { ...entry, report: entry.type } : entry)),
      };
    }
    default:
      if (budget.kind !== "profile") return { ...multipliers, budget: { kind: "prior", scale: factor } };
      return {
        ...multipliers,
        budget: {
          kind: "profile",
          prices: RationalVector.from(
            budget.prices.toRationals().map((price, s) => (s % 3 === 1 ? price.add(factor) : price)),
          ),
        },
      };
  }
}

test("in whole numbers multipliers prove what they prove in fractions, and are refused in the same words (seeds 1 to 100)", async () => {
  const tally = { bounds: 0, contradictions: 0, faults: 0, "too long for whole numbers": 0 };
  const compare = (problem: Problem, multipliers: Multipliers, label: string) => {
    const plain = outcome(() => fractionBound(problem, multipliers));
    const found = outcome(() => wholeBound(problem, multipliers));
    if (found === "undefined") tally["too long for whole numbers"]++;
    else {
      expect(found, label).toBe(plain);
      if (/[a-z]/.test(found)) tally.faults++;
      else tally[multipliers.purpose === "bound" ? "bounds" : "contradictions"]++;
    }
  };
  for (let seed = 1; seed <= 100; seed++) {
    const random = new RandomSource(seed);
    const environment = randomEnvironment(seed, { agents: [2, 2], types: [2, 3] });
    const question = randomQuestion(seed);
    const problem = posed(environment, question, randomRule(environment, seed));
    const { multipliers } = await designFor(problem, { formulation: "direct" });
    if (!multipliers) continue;
    const label = `seed ${seed}, ${JSON.stringify(question)}`;
    compare(problem, multipliers, label);
    for (let k = 0; k < 4; k++) compare(problem, tampered(multipliers, random), `${label}, tampered`);
  }
  console.log(`whole-number Lagrangian, seeds 1 to 100: ${JSON.stringify(tally)}`);
  expect(Math.min(tally.bounds, tally.contradictions, tally.faults)).toBeGreaterThan(10);
});

test("weights too long for whole numbers are left to fractions", () => {
  const environment = randomEnvironment(3, { agents: [2, 2], prior: "independent" });
  const problem = posed(environment, { ir: "ex-ante" });
  const multipliers: Multipliers = {
    purpose: "infeasibility",
    incentive: [],
    participation: [{ agent: 0, weight: Rational.of(1, 10n ** 20n) }],
    budget: { kind: "none" },
  };
  expect(outcome(() => wholeBound(problem, multipliers))).toBe("undefined");
  expect(outcome(() => fractionBound(problem, multipliers))).toMatch(/does not cancel/);
});
