import { expect, test } from "vitest";
import { solveFlow } from "../../../src/formulation/flow/flow-solve.js";
import { networkOfRule } from "../../../src/formulation/flow/network-of-rule.js";
import { Rational } from "../../../src/number/rational.js";
import { posed } from "../../../src/question/problem.js";
import { choices } from "../../../src/question/question.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { Space } from "../../../src/space/space.js";
import { randomEnvironment } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 150;

test(`prices of money, participation and incentives cancel every agent's payment at every profile (seeds 1 to ${COUNT})`, async () => {
  const tally: Record<string, number> = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x3f84d5b5);
    const environment = randomEnvironment(seed, { agents: [2, 3], types: [1, 4], prior: "independent" });
    const question = {
      ic: random.pick(["bayesian", "bayesian", "none"] as const),
      ir: "ex-post" as const,
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
    };
    const { profiles, prior } = environment;
    if (prior.marginals.some((marginal) => marginal.toRationals().some(({ isZero }) => isZero))) continue;
    const problem = posed(environment, question);
    const network = networkOfRule(problem, Space.of(environment), { kind: "efficient", ties: "first" });
    if (!network) continue;
    const { prices, purpose } = await solveFlow(problem, network, highsSolver, {});
    if (!prices) continue;
    const { incentive, budget, participation } = prices;
    const surplus = purpose === "bound" && question.objective === "max-surplus";
    for (let s = 0; s < profiles.count; s++) {
      environment.agents.forEach((_, agent) => {
        const own = profiles.typeOf(s, agent);
        // What this type's IC takes from the coefficient of its interim payment, and what others' IC against it gives.
        const net = Rational.sum(
          incentive
            .filter(({ group }) => group === agent)
            .map(({ type, report, weight }) =>
              type === own ? weight : report === own ? weight.negate() : Rational.ZERO,
            ),
        );
        const paid = budget.at(s).add(surplus ? prior.probability(s) : Rational.ZERO);
        const left = paid.subtract(prior.belief(agent, s).multiply(net));
        expect(`${participation.at(network.slotStart[s] + agent)}`, `seed ${seed}`).toBe(`${left}`);
        expect(left.sign, `seed ${seed}`).toBeGreaterThanOrEqual(0);
      });
      if (question.balance === "no-deficit")
        expect(budget.at(s).sign, `seed ${seed}`).toBeGreaterThanOrEqual(0);
      // Outside money is to be had for its price.
      if (purpose === "bound" && question.objective === "min-subsidy")
        expect(budget.at(s).compare(prior.probability(s)), `seed ${seed}`).toBeLessThanOrEqual(0);
    }
    expect(incentive.every(({ weight }) => weight.sign >= 0)).toBe(true);
    for (const kind of [purpose, question.objective, question.balance]) tally[kind] = (tally[kind] ?? 0) + 1;
    if (incentive.length > 0) tally["incentives"] = (tally["incentives"] ?? 0) + 1;
  }
  console.log(`prices by cell, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of ["bound", "infeasibility", "incentives", ...choices.balance, ...choices.objective])
    expect(tally[kind], kind).toBeGreaterThan(0);
});
