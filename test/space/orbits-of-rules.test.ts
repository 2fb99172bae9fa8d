import { expect, test } from "vitest";
import { interimOutcomes } from "../../src/engine/interim-outcomes.js";
import { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { Rules } from "../../src/space/choices.js";
import { lotteries, sameLottery } from "../../src/space/lotteries.js";
import { orbitCount } from "../../src/space/orbits.js";
import { lotteryOf, type Rule } from "../../src/space/rule.js";
import { Space } from "../../src/space/space.js";
import { TIED } from "../../src/space/sure-row.js";
import { RandomSource } from "../generator/random-source.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

/** Prices that are the same for all agents, apart by little where `unit` is large. */
function pricedRule(space: Space, random: RandomSource, unit: bigint): Rule {
  const [{ types, classes }] = space.groups;
  const price = Array.from(
    { length: types * classes },
    () => unit * BigInt(random.integer(-3, 3)) + BigInt(random.integer(-1, 1)),
  );
  const perOutcome = space.classOf.map((own) =>
    Array.from({ length: types }, (_, type) => Array.from(own, (k) => price[type * classes + k])).flat(),
  );
  return { kind: "priced", among: random.pick(["all", "efficient"] as const), perOutcome, perCost: unit };
}

function rulesOf(space: Space, seed: number): Rule[] {
  const random = new RandomSource(seed);
  const priced = [1n, 10n ** 100n].map((unit) => pricedRule(space, random, unit));
  const weights = [Rational.of(2, 3), Rational.of(1, 3)];
  const mixture = {
    kind: "mixture",
    parts: priced.map((rule, k) => ({ rule, weight: weights[k] })),
  } as const;
  const efficient = (["first", "last", "uniform"] as const).map(
    (ties) => ({ kind: "efficient", ties }) as const,
  );
  return [...efficient, ...priced, mixture];
}

/** What one agent may expect, from the definitions: a sum over all profiles of the others. */
function plainly(space: Space, rule: Rule) {
  const { environment, groups, classOf } = space;
  const { prior, profiles } = environment;
  const [{ types, classes }] = groups;
  const lottery = lotteries(environment, rule, undefined, true);
  const chances = Array.from({ length: types * classes }, () => Rational.ZERO);
  const costs = Array.from({ length: types }, () => Rational.ZERO);
  for (let s = 0; s < profiles.count; s++) {
    const type = profiles.typeOf(s, 0);
    for (const { outcome, probability } of lottery(s)) {
      const weight = prior.belief(0, s).multiply(probability);
      const place = type * classes + classOf[0][outcome];
      chances[place] = chances[place].add(weight);
      costs[type] = costs[type].add(weight.multiply(environment.cost(outcome, s)));
    }
  }
  return { chances: chances.map(String), costs: costs.map(String) };
}

/** The same with so fine a prior that weights are beyond machine integers. */
function fine(environment: Environment, seed: number): Environment {
  const random = new RandomSource(seed);
  const weights = environment.agents[0].types.map((_, k) =>
    k > 0 ? BigInt(random.integer(0, 2 ** 45)) : 1n,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const marginal = RationalVector.from(weights.map((weight) => Rational.of(weight, total)));
  return new Environment({
    ...environment.specification,
    prior: { kind: "independent", marginals: environment.agents.map(() => marginal) },
  });
}

test("sums over orbits are what one agent expects over all profiles, whatever treats alike agents alike", () => {
  const tally = { impossible: 0, costly: 0, tied: 0, fine: 0 };
  for (const seed of SEEDS) {
    const coarse = randomSymmetricEnvironment(seed, [2, 4]);
    const isFine = seed % 4 === 0 && coarse.agentCount === 3;
    const environment = isFine ? fine(coarse, seed) : coarse;
    const space = Space.of(environment, true);
    for (const rule of rulesOf(space, seed)) {
      const [{ chances, costs }] = interimOutcomes(space, rule);
      const plain = plainly(space, rule);
      const label = `seed ${seed}, ${rule.kind}`;
      expect(chances.toRationals().map(String), label).toEqual(plain.chances);
      expect(costs.toRationals().map(String), label).toEqual(plain.costs);
    }
    if (environment.prior.marginals[0].toRationals().some(({ isZero }) => isZero)) tally.impossible++;
    if (environment.costs.dependsOnProfile) tally.costly++;
    if (isFine) tally.fine++;
    const { efficient } = new Rules(space, undefined);
    space.rows((row) => {
      efficient.fill(row);
      tally.tied += efficient.open.length;
    });
  }
  console.log(`sums over orbits, seeds 0 to ${SEEDS.length - 1}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

test("what a rule chooses at an orbit is what the definitions say, be scores apart by one in 10^100", () => {
  const tally = { sure: 0, lottery: 0 };
  for (const seed of SEEDS) {
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    const space = Space.of(environment, true);
    for (const rule of rulesOf(space, seed)) {
      const choices = new Rules(space, undefined).choices(rule);
      const lottery = lotteries(environment, rule, undefined, true);
      let orbits = 0;
      space.rows((row) => {
        choices.fill(row);
        for (let b = row.from; b < row.to; b++) {
          const sure = choices.sure[b];
          const found =
            sure === TIED ? lotteryOf(choices.lottery(b)) : [{ outcome: sure, probability: Rational.ONE }];
          const same = sameLottery(found, lottery(row.first + b));
          expect(same, `seed ${seed}, ${rule.kind}, ${environment.profileLabel(row.first + b)}`).toBe(true);
          tally[sure === TIED ? "lottery" : "sure"]++;
          orbits++;
        }
      });
      expect(orbits).toBe(orbitCount(environment.agentCount, environment.profiles.sizes[0]));
    }
  }
  console.log(`choices at orbits, seeds 0 to ${SEEDS.length - 1}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});
