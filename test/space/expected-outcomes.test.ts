import { expect, test } from "vitest";
import type { Environment } from "../../src/environment/environment.js";
import type { AllocationRule } from "../../src/environment/lottery.js";
import { Rational } from "../../src/number/rational.js";
import { Rules } from "../../src/space/choices.js";
import { expectedOutcomes } from "../../src/space/expected-outcomes.js";
import { lotteries } from "../../src/space/lotteries.js";
import { Space } from "../../src/space/space.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

const COUNT = 150;
const rules = [
  { kind: "efficient", ties: "first" },
  { kind: "efficient", ties: "last" },
  { kind: "efficient", ties: "uniform" },
  { kind: "given" },
] as const;

/** From the definitions: sums over all profiles of what a type believes. */
function plainly(environment: Environment, space: Space, agent: number, lottery: AllocationRule) {
  const { profiles, prior } = environment;
  const { types, classes } = space.groups[agent];
  const chances = Array.from({ length: types * classes }, () => Rational.ZERO);
  const costs = Array.from({ length: types }, () => Rational.ZERO);
  for (let s = 0; s < profiles.count; s++) {
    const type = profiles.typeOf(s, agent);
    for (const { outcome, probability } of lottery(s)) {
      const weight = prior.belief(agent, s).multiply(probability);
      const place = type * classes + space.classOf[agent][outcome];
      chances[place] = chances[place].add(weight);
      costs[type] = costs[type].add(weight.multiply(environment.cost(outcome, s)));
    }
  }
  return { chances: chances.map(String), costs: costs.map(String) };
}

test(`what types may expect of a rule is what a sum over the others' profiles says (seeds 1 to ${COUNT})`, () => {
  const tally: Record<string, number> = {};
  for (let seed = 1; seed <= COUNT; seed++) {
    const environment = randomEnvironment(seed);
    const given = randomRule(environment, seed);
    const space = new Space(environment, false);
    for (const rule of rules) {
      const choices = new Rules(space, given).choices(rule);
      const lottery = lotteries(environment, rule, given, false);
      expectedOutcomes(space, choices).forEach(({ chances, costs }, agent) => {
        const label = `seed ${seed}, ${JSON.stringify(rule)}, agent ${agent}`;
        const plain = plainly(environment, space, agent, lottery);
        expect(chances.toRationals().map(String), label).toEqual(plain.chances);
        expect(costs.toRationals().map(String), label).toEqual(plain.costs);
      });
      const kinds = {
        joint: environment.prior.kind === "joint",
        byProfile: environment.costs.dependsOnProfile,
      };
      tally[rule.kind] = (tally[rule.kind] ?? 0) + 1;
      for (const [kind, is] of Object.entries(kinds)) if (is) tally[kind] = (tally[kind] ?? 0) + 1;
    }
  }
  console.log(`expected outcomes, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of ["efficient", "given", "joint", "byProfile"])
    expect(tally[kind], kind).toBeGreaterThan(20);
});
