import { describe, expect, test } from "vitest";
import type { Model } from "../../models/family.js";
import {
  bilateralTrade,
  correlatedPair,
  families,
  partnership,
  privateGoodProduction,
  publicGood,
  squareRootGood,
} from "../../models/index.js";
import type { ContinuousEnvironment } from "../../src/environment/continuous-environment.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { models, tent } from "./continuous-models.js";

function rationals(model: Model, agent: number): readonly Rational[] {
  return model.environment.agents[agent].types.map(toRational);
}

/** The surplus at a profile of the grid, by its definition. */
function surplusOnGrid({ environment }: Model, profile: number): Rational {
  const { specification, profiles, outcomes } = environment;
  const types = profiles.typesOf(profile);
  const costs = specification.cost?.entries.toRationals();
  const worth = outcomes.map((_, x) =>
    specification.agents.reduce(
      (sum, { values }, i) => sum.add(values.entries.at(types[i] * outcomes.length + x)),
      costs ? costs[costs.length === 1 ? 0 : x].negate() : Rational.ZERO,
    ),
  );
  return worth.reduce(Rational.maximum);
}

describe.each(models)("the continuous types of %s", (_, model) => {
  const continuous = model.continuous!();
  const { environment } = model;

  test("have the probabilities that the grid's cells have", () => {
    continuous.agents.forEach(({ density, atoms }, i) => {
      const n = environment.agents[i].types.length;
      const end = (k: number) =>
        density.from.add(density.to.subtract(density.from).multiply(Rational.of(k, n)));
      const cells = Array.from({ length: n }, (_, k) => {
        const inside = atoms.filter(
          ({ type }) => type.compare(end(k + 1)) <= 0 && (k === 0 || type.compare(end(k)) > 0),
        );
        const sure = inside.map(({ probability }) => probability);
        return Rational.sum([density.integral(end(k), end(k + 1)), ...sure]).toString();
      });
      expect(cells).toEqual(environment.prior.marginals[i].toRationals().map(String));
      expect(Rational.sum(cells.map(toRational))).toEqual(Rational.ONE);
    });
  });

  test("have the grid's outside options at its points", () => {
    environment.specification.agents.forEach(({ outsideOption }, i) => {
      rationals(model, i).forEach((type, k) => {
        const entries = outsideOption?.entries.toRationals() ?? [Rational.ZERO];
        expect(continuous.agents[i].outsideOption.at(type)).toEqual(entries[entries.length === 1 ? 0 : k]);
      });
    });
  });

  test("value outcomes, where there are finitely many, as the grid does at its points", () => {
    const { outcomes = [] } = continuous;
    if (outcomes.length > 0) expect(outcomes.map(({ label }) => label)).toEqual(environment.outcomes);
    environment.specification.agents.forEach(({ values }, i) => {
      const worth = rationals(model, i).flatMap((type) =>
        outcomes.map(({ slopes, constants }) => slopes[i].multiply(type).add(constants[i])),
      );
      if (outcomes.length > 0) expect(worth.map(String)).toEqual(values.entries.toRationals().map(String));
    });
  });

  test("leave the grid's surplus at its profiles, and nowhere less than a tangent elsewhere says", () => {
    const profiles = Array.from({ length: environment.profiles.count }, (_, s) =>
      environment.profiles.typesOf(s).map((type, i) => rationals(model, i)[type]),
    );
    const exact = !continuous.surplus.formula?.includes("sqrt");
    profiles.forEach((types, s) => {
      const { value, slopes } = continuous.surplus.tangent(types);
      const above = continuous.surplus.above(types);
      if (exact) {
        expect(above).toEqual(surplusOnGrid(model, s));
        expect(value).toEqual(above);
      } else {
        expect(above.toNumber()).toBeCloseTo(surplusOnGrid(model, s).toNumber(), 10);
        expect(value.compare(above)).toBeLessThanOrEqual(0);
        expect(above.subtract(value).toNumber()).toBeLessThan(1e-18);
      }
      for (const others of profiles) {
        const there = others.reduce((sum, t, i) => sum.add(slopes[i].multiply(t.subtract(types[i]))), value);
        expect(there.compare(continuous.surplus.above(others))).toBeLessThanOrEqual(0);
      }
    });
  });
});

test("a square root is rounded outwards: 2 |t| lies between what is said from below and from above, squared", () => {
  const { surplus } = squareRootGood({ agents: 2, grid: { points: 1 } }).continuous!();
  for (const [a, b] of [
    ["1/3", "1/7"],
    [1, 1],
    ["999/1000", "1/1000"],
    [0, 0],
    [3, 4],
  ]) {
    const types = [toRational(a), toRational(b)];
    const square = Rational.of(4).multiply(Rational.sum(types.map((t) => t.multiply(t))));
    const [low, high] = [surplus.tangent(types).value, surplus.above(types)];
    expect(low.multiply(low).compare(square)).toBeLessThanOrEqual(0);
    expect(high.multiply(high).compare(square)).toBeGreaterThanOrEqual(0);
  }
  expect(surplus.above([Rational.of(3), Rational.of(4)])).toEqual(Rational.of(10));
});

test("a grid in its units is the same as the distribution stretched over them", () => {
  const { agents } = bilateralTrade({
    buyer: { points: 2, distribution: tent, from: 10, to: 14 },
    seller: { points: 1 },
  }).continuous!();
  expect(agents[0].density.nodes.map(String)).toEqual(["10", "12", "14"]);
  expect(agents[0].density.at(Rational.of(12)).toString()).toBe("1/2");
  expect(agents[0].density.integral()).toEqual(Rational.ONE);
});

test("families of correlated types or interdependent values have none", () => {
  const without = families.filter(({ example, ...family }) => {
    const model = families
      .find(({ familyName }) => familyName === family.familyName)!
      .read(example.parameters);
    return model.continuous === undefined;
  });
  expect(without.map(({ familyName }) => familyName)).toEqual([
    "interdependent-trade",
    "interdependent-public-good",
    "correlated-pair",
    "conditionally-independent",
  ]);
  expect(correlatedPair.read(correlatedPair.example.parameters).continuous).toBeUndefined();
});

const two = { agents: 2, grid: { points: 2 } };

test.each<[string, () => Model, RegExp]>([
  [
    "a list of types",
    () => partnership({ grids: [{ points: 2 }, { values: [1, 2] }] }),
    /^grids\[1\]\.values: a list of types; expected for continuous types an interval with a distribution$/,
  ],
  [
    "weights",
    () => publicGood({ agents: 2, grid: { points: 2, distribution: { weights: [1, 2] } }, cost: 1 }),
    /^grid\.distribution\.weights: weights of points; expected/,
  ],
  [
    "a broken power",
    () => bilateralTrade({ buyer: { points: 2, distribution: { power: "1/2" } }, seller: { points: 2 } }),
    /^buyer\.distribution\.power: 1\/2; expected for continuous types a whole exponent up to 64/,
  ],
  [
    "an irrational share",
    () => squareRootGood({ ...two, endowments: ["1/2", "1/2"] }),
    /^endowments\[0\]: 1\/2, whose square root is no fraction; expected/,
  ],
  [
    "a broken gamma",
    () => privateGoodProduction({ ...two, gamma: "5/2" }),
    /^gamma: 5\/2; expected for continuous types a whole number/,
  ],
])("%s is a grid, and stands for no types that polynomials describe", (_, model, message) => {
  const { continuous } = model();
  expect(() => (continuous as () => ContinuousEnvironment)()).toThrow(message);
});
