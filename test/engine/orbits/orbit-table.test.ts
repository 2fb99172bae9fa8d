import { expect, test } from "vitest";
import { singleGoodAuction } from "../../../models/index.js";
import type { OutcomeClass } from "../../../src/engine/orbits/orbit-pattern.js";
import { type OrbitPrices, OrbitScores } from "../../../src/engine/orbits/orbit-prices.js";
import { NOBODY, OrbitTable, type OrbitView, SEVERAL } from "../../../src/engine/orbits/orbit-table.js";
import {
  type SymmetricRule,
  symmetricOutcomes,
  uniformRule,
} from "../../../src/engine/orbits/symmetric-rule.js";
import { efficientOutcomes } from "../../../src/environment/efficiency.js";
import { Environment } from "../../../src/environment/environment.js";
import { uniformLottery } from "../../../src/environment/lottery.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { exchangeability } from "../../../src/space/exchangeability.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

/** What one agent may expect, from the definitions: a sum over all profiles of the others. */
function plainly(environment: Environment, { values, mass }: OrbitTable) {
  const { prior, profiles } = environment;
  const chances = Array.from({ length: mass.length * values.count }, () => Rational.ZERO);
  const costs = mass.map(() => Rational.ZERO);
  for (let s = 0; s < profiles.count; s++) {
    const type = profiles.typeOf(s, 0);
    for (const { outcome, probability } of uniformLottery(efficientOutcomes(environment, s))) {
      const weight = prior.belief(0, s).multiply(probability);
      const place = type * values.count + values.of(0, outcome);
      chances[place] = chances[place].add(weight);
      costs[type] = costs[type].add(weight.multiply(environment.cost(outcome, s)));
    }
  }
  return { chances: chances.map(String), costs: costs.map(String) };
}

test("sums over multisets of types are what one agent expects over all profiles", () => {
  const tally = { impossible: 0, costly: 0, tied: 0 };
  for (const seed of SEEDS) {
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    const table = OrbitTable.of(environment);
    const rule = uniformRule(table);
    const { chances, costs } = symmetricOutcomes(table, rule);
    const plain = plainly(environment, table);
    expect(chances.toRationals().map(String), `seed ${seed}`).toEqual(plain.chances);
    expect(costs.toRationals().map(String), `seed ${seed}`).toEqual(plain.costs);
    if (table.mass.includes(0n)) tally.impossible++;
    if (environment.costs.dependsOnProfile) tally.costly++;
    if (viewsOf(table).some((view) => rule.at(view).parts.length > 1)) tally.tied++;
  }
  console.log(`sums over orbits, seeds 0 to ${SEEDS.length - 1}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

function viewsOf(table: OrbitTable): OrbitView[] {
  return Array.from({ length: table.count }, (_, orbit) => table.view(orbit));
}

test("a profile looked up by its number is seen as in the table", () => {
  for (const seed of SEEDS) {
    const table = OrbitTable.of(randomSymmetricEnvironment(seed, [2, 4]));
    for (const view of viewsOf(table)) {
      const again = table.viewOf(view.profile);
      const typesOf = ({ types, from, pattern }: OrbitView) => [
        ...types.slice(from, from + pattern.counts.length),
      ];
      expect(again.pattern).toBe(view.pattern);
      expect(again.impossible).toBe(view.impossible);
      expect(typesOf(again)).toEqual(typesOf(view));
    }
  }
});

/** Three agents with so fine a prior that weights are cut into limbs. */
function fine(seed: number): Environment {
  const random = new RandomSource(seed);
  const environment = randomSymmetricEnvironment(seed, [3, 3]);
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

test("weights beyond machine integers are cut into limbs and lose nothing", () => {
  for (const seed of SEEDS.slice(0, 40)) {
    const environment = fine(seed);
    const table = OrbitTable.of(environment);
    expect(table.limbs.length).toBeGreaterThan(1);
    let total = 0n;
    for (let orbit = 0; orbit < table.count; orbit++) {
      if (table.view(orbit).impossible === NOBODY) total += table.weight(orbit);
    }
    expect(total).toBe(table.massDenominator ** 3n);
    const { chances } = symmetricOutcomes(table, uniformRule(table));
    expect(chances.toRationals().map(String)).toEqual(plainly(environment, table).chances);
  }
});

/** By its definition: a sum over agents, less the cost. */
function worth(table: OrbitTable, prices: OrbitPrices, view: OrbitView, of: OutcomeClass): bigint {
  const { environment, values } = table;
  const types = environment.profiles.typesOf(view.profile);
  const impossible = types.filter((type) => table.mass[type] === 0n).length;
  const x = of.outcomes[of.outcomes.length - 1];
  let total = 0n;
  types.forEach((type, agent) => {
    if (impossible > 1 || (impossible === 1 && table.mass[type] !== 0n)) return;
    total += prices.perClass[type * values.count + values.of(agent, x)];
  });
  if (impossible > 0) return total;
  return total - prices.perCost * BigInt(environment.costs.numerator(0, view.profile, x));
}

test("the outcomes that score best are found exactly, be their scores apart by one in 10^100", () => {
  const tally = { near: 0, far: 0, tied: 0, alone: 0 };
  for (const seed of SEEDS) {
    const random = new RandomSource(seed);
    const table = OrbitTable.of(randomSymmetricEnvironment(seed, [2, 4]));
    const { values } = table;
    for (const unit of [1n, 10n ** 100n]) {
      const price = () => unit * BigInt(random.integer(-3, 3)) + BigInt(random.integer(-1, 1));
      const perClass = values.values.map((_, k) => (k % values.count === values.base ? 0n : price()));
      const prices = { perClass, perCost: unit };
      const scores = new OrbitScores(table, prices);
      for (const view of viewsOf(table)) {
        const { classes } = view.pattern;
        const worths = classes.map((of) => worth(table, prices, view, of));
        const most = worths.reduce((a, b) => (b - a > 0n ? b : a));
        const best = classes.filter((_, k) => worths[k] === most);
        expect(scores.allBest(view, classes), `seed ${seed}`).toEqual(best);
        expect(scores.best(view, classes), `seed ${seed}`).toBe(best[0]);
        if (best.length > 1) tally.tied++;
        if (view.impossible !== NOBODY && view.impossible !== SEVERAL) tally.alone++;
        if (worths.some((one) => one !== most && most - one < 5n)) tally[unit === 1n ? "far" : "near"]++;
      }
    }
  }
  console.log(`best outcomes, seeds 0 to ${SEEDS.length - 1}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

test("exchanging bidders exchanges what they win, and one who values it more can be exchanged with nobody", () => {
  const { environment } = singleGoodAuction({ agents: 3, grid: { points: 2 } });
  expect(exchangeability(environment)?.swaps.map((swap) => [...swap])).toEqual([
    [0, 2, 1, 3],
    [0, 1, 3, 2],
  ]);
  const grids = [{ points: 2 }, { points: 2 }, { points: 2, to: 2 }];
  expect(exchangeability(singleGoodAuction({ grids }).environment)).toBe(undefined);
});

test("a rule is asked about every multiset of types once", () => {
  const table = OrbitTable.of(singleGoodAuction({ agents: 4, grid: { points: 3 } }).environment);
  const asked: number[] = [];
  const rule: SymmetricRule = {
    rule: { kind: "given" },
    at: ({ profile, pattern }) => {
      asked.push(profile);
      return pattern.classes[0].surely;
    },
  };
  symmetricOutcomes(table, rule);
  expect(new Set(asked).size).toBe(15);
  expect(asked.length).toBe(15);
});
