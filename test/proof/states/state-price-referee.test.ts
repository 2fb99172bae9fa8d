import { expect, test } from "vitest";
import { flow } from "../../../src/formulation/flow.js";
import { RuledMechanism } from "../../../src/mechanism/ruled-mechanism.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { objectiveOf } from "../../../src/problem/objective.js";
import { posed } from "../../../src/problem/problem.js";
import { choices } from "../../../src/problem/question.js";
import { auditRequirements } from "../../../src/problem/requirements.js";
import { StatePriceMultipliers } from "../../../src/proof/states/state-price-multipliers.js";
import { StatePriceReferee } from "../../../src/proof/states/state-price-referee.js";
import { lagrangianBound, ProofFault } from "../../../src/proof/weak-duality.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { randomEnvironment } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 250;

/** The vector with one entry raised or lowered by one unit. */
function nudged(vector: RationalVector, random: RandomSource): RationalVector {
  const numerators = Float64Array.from(vector.numerators as Float64Array);
  numerators[random.integer(0, numerators.length - 1)] += random.pick([-1, 1]);
  return new RationalVector(numerators, vector.denominator);
}

test("the referee finds of Bayesian mechanisms with ex post participation what the plain audit and bound find", async () => {
  let mechanisms = 0;
  let bounds = 0;
  let faults = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2545f491);
    const environment = randomEnvironment(seed, {
      agents: [2, 3],
      types: [2, 4],
      values: "private",
      prior: "independent",
    });
    const problem = posed(environment, {
      ir: "ex-post",
      balance: random.pick(choices.balance),
      objective: random.pick([
        "min-subsidy",
        "min-worst-subsidy",
        "feasibility",
        "max-surplus",
        "max-gains",
      ] as const),
      ties: random.pick(["first", "last", "optimise"] as const),
    });
    if (flow.obstacle(problem)) continue;
    const { mechanism, multipliers } = await flow.resolve(problem, highsSolver, {});
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    if (mechanism instanceof RuledMechanism) {
      const payments = mechanism.payments.map((own) => (random.onceIn(2) ? own : nudged(own, random)));
      for (const candidate of [
        mechanism,
        new RuledMechanism(environment, mechanism.rule, payments, mechanism.subsidies),
      ]) {
        const referee = StatePriceReferee.of(problem, candidate);
        if (!referee) continue;
        const withoutCounts = (finding: object) => ({ ...finding, worst: "", requirements: 0, binding: 0 });
        expect(referee.findings().map(withoutCounts), label).toEqual(
          auditRequirements(problem, candidate).map(withoutCounts),
        );
        expect(`${referee.objective()}`, label).toBe(`${objectiveOf(problem, candidate)}`);
        mechanisms++;
      }
    }
    if (!(multipliers instanceof StatePriceMultipliers)) continue;
    const tampered = new StatePriceMultipliers(
      multipliers.purpose,
      multipliers.incentive,
      multipliers.prices.map((own) => nudged(own, random)),
      multipliers.budget,
    );
    for (const candidate of [multipliers, tampered]) {
      const usable = mechanism instanceof RuledMechanism ? mechanism : undefined;
      const plain = outcome(() => `${lagrangianBound(problem, candidate)}`);
      const found = outcome(() => {
        const bound = StatePriceReferee.of(problem, usable)?.bound(candidate);
        return bound && `${bound}`;
      });
      if (found === undefined) continue;
      expect(found, label).toBe(plain);
      if (plain === "fault") faults++;
      else bounds++;
    }
  }
  console.log(
    `state prices, seeds 1 to ${COUNT}: ${mechanisms} mechanisms, ${bounds} bounds, ${faults} faults`,
  );
  expect(mechanisms).toBeGreaterThan(0);
  expect(bounds).toBeGreaterThan(0);
  expect(faults).toBeGreaterThan(0);
});

function outcome(of: () => string | undefined): string | undefined {
  try {
    return of();
  } catch (fault) {
    if (fault instanceof ProofFault) return "fault";
    throw fault;
  }
}
