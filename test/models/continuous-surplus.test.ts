import { expect, test } from "vitest";
import { fixedEndowment } from "../../models/fixed-endowment.js";
import { partnership } from "../../models/partnership.js";
import { privateGoodProduction } from "../../models/private-good-production.js";
import { squareRootGood } from "../../models/square-root-good.js";
import { twoResidents } from "../../models/two-residents.js";
import { groundFor } from "../../src/comparison/ground.js";
import { constructions } from "../../src/construction/registry.js";
import { efficientOutcomes, welfare } from "../../src/environment/efficiency.js";
import { toRational } from "../../src/number/rational-text.js";

const two = { agents: 2, grid: { points: 5, placement: "endpoint" } } as const;
const three = { agents: 3, grid: { points: 4, distribution: { power: 2 } } } as const;
const unlike = { grids: [{ points: 4 }, { points: 3, from: "1/2", to: 2 }] };

/** Each family on endpoint grids from 0, with three agents, and with agents whose intervals differ. */
const models = [
  ["partnership, two", partnership(two)],
  ["partnership, three", partnership({ ...three, shares: ["1/2", "1/2", 0] })],
  ["private good, gamma 2", privateGoodProduction(two)],
  ["private good, gamma 1", privateGoodProduction({ ...two, gamma: 1 })],
  ["private good, gamma 3/2, three", privateGoodProduction({ ...three, gamma: "3/2" })],
  ["private good by the designer", privateGoodProduction({ ...unlike, gamma: 3, production: "by-designer" })],
  ["two residents", twoResidents(two)],
  ["three residents, cost x^2/3", twoResidents({ ...three, c: "1/3", autarky: "none" })],
  ["unlike residents", twoResidents({ ...unlike, c: 2 })],
  ["fixed endowment, two", fixedEndowment(two)],
  ["fixed endowment, three", fixedEndowment({ ...three, endowments: [1, 0, 0] })],
  ["fixed endowment, unlike", fixedEndowment(unlike)],
  ["square root, two", squareRootGood(two)],
  ["square root, three", squareRootGood(three)],
] as const;

test.each([
  ["partnership, two", [1 / 2, 3 / 4], 3 / 4, [0, 1]],
  // 1/2 (3/4)^2, and the derivative is the quantity 3/4
  ["private good, gamma 2", [1 / 2, 3 / 4], 9 / 32, [0, 3 / 4]],
  // (9/16)^(3/2) / (3/2) = 27/64 * 2/3, and (9/16)^(1/2)
  ["private good, gamma 3/2, three", [9 / 16, 1 / 4, 1 / 2], 9 / 32, [3 / 4, 0, 0]],
  // Size 3/5: worth 3/2 (6/5 - 9/25) less 9/25
  ["two residents", [1 / 2, 1], 9 / 10, [21 / 25, 21 / 25]],
  // T = 1, c = 1/3: size 3/4
  ["three residents, cost x^2/3", [1 / 4, 1 / 4, 1 / 2], 3 / 4, [15 / 16, 15 / 16, 15 / 16]],
  // Shares 1/3 and 2/3: worth 1/4 * 5/9 + 1/2 * 8/9
  ["fixed endowment, two", [1 / 4, 1 / 2], 7 / 12, [5 / 9, 8 / 9]],
  // The type of 1/10 gets nothing beside two of 1, who have halves worth 3/4
  ["fixed endowment, three", [1 / 10, 1, 1], 3 / 2, [0, 3 / 4, 3 / 4]],
  // Shares 9/25 and 16/25
  ["square root, two", [3 / 5, 4 / 5], 2, [6 / 5, 8 / 5]],
] as const)("%s: types %j leave %d, and %j of it for each unit of type", (name, types, total, marginals) => {
  const { surplus } = models.find(([own]) => own === name)![1].continuum!;
  expect(surplus!.total(types)).toBeCloseTo(total, 12);
  types.forEach((_, agent) => {
    expect(surplus!.marginal(agent, types)).toBeCloseTo(marginals[agent], 12);
  });
});

test.each(models)("%s: at every profile of the grid the surplus is the efficient welfare", (_, model) => {
  const { environment, continuum } = model;
  const total = continuum!.surplus!.total;
  for (let s = 0; s < environment.profiles.count; s++) {
    const exact = welfare(environment, efficientOutcomes(environment, s)[0], s).toNumber();
    expect(Math.abs(total(typesAt(model, s)) - exact)).toBeLessThan(1e-9);
  }
});

test.each(models)("%s: the surplus rises with a type at the rate that its marginal says", (_, model) => {
  const { total, marginal } = model.continuum!.surplus!;
  const step = 1e-5;
  let applied = 0;
  for (let s = 0; s < model.environment.profiles.count; s++) {
    const types = typesAt(model, s);
    // Where types tie, a private good's surplus has a kink, and at 0 it cannot be continued.
    if (types.includes(0) || new Set(types).size < types.length) continue;
    types.forEach((type, agent) => {
      const [up, down] = [step, -step].map((by) => total(types.with(agent, type + by)));
      expect(Math.abs((up - down) / (2 * step) - marginal(agent, types))).toBeLessThan(1e-8);
      applied++;
    });
  }
  expect(applied).toBeGreaterThan(8);
});

const linear = models.filter(([name]) => !name.startsWith("private good, "));

test.each(linear)(
  "%s: the marginal is the slope of the agent's value at an efficient outcome",
  (_, model) => {
    const { environment, continuum } = model;
    let applied = 0;
    for (let s = 0; s < environment.profiles.count; s++) {
      const types = typesAt(model, s);
      types.forEach((type, agent) => {
        if (type === 0) return;
        const slopes = efficientOutcomes(environment, s).map(
          (outcome) => environment.value(agent, outcome, s).toNumber() / type,
        );
        const marginal = continuum!.surplus!.marginal(agent, types);
        expect(slopes.some((slope) => Math.abs(slope - marginal) < 1e-9)).toBe(true);
        applied++;
      });
    }
    expect(applied).toBeGreaterThan(8);
  },
);

test("where every type is 0 the marginal is still a number: that of equal shares, worth 3/4 and the root of 2", () => {
  expect(fixedEndowment(two).continuum!.surplus!.marginal(0, [0, 0])).toBe(3 / 4);
  expect(squareRootGood(two).continuum!.surplus!.marginal(1, [0, 0])).toBeCloseTo(Math.SQRT2, 15);
});

test("types that have weights instead of a distribution function have no continuous counterpart", () => {
  expect(partnership({ agents: 2, grid: { values: [1, 2] } }).continuum).toBeUndefined();
});

const entitlement = ["first-price-entitlement", "second-price-entitlement"];
const forPrivateGoods = ["m1", "m1-asymmetric", "m1-two-agents", "m2", "m3", ...entitlement];

test.each([
  ["partnership, two", forPrivateGoods],
  ["private good, gamma 2", forPrivateGoods],
  ["two residents", ["m2", "m3"]],
  ["fixed endowment, two", ["m2", "m3"]],
  ["square root, two", ["m2", "m3"]],
])("%s: the papers' formulas %j can be evaluated, and no others", (name, expected) => {
  const ground = groundFor(models.find(([own]) => own === name)![1], {
    allocation: "efficient",
    ties: "uniform",
  });
  const possible = constructions
    .filter(({ versions }) => versions.includes("formula"))
    .filter((construction) => {
      try {
        return construction.build(ground, { version: "formula" }) !== undefined;
      } catch (fault) {
        expect((fault as Error).message).toMatch(/needs a private good, whose surplus/);
        return false;
      }
    });
  expect(possible.map((construction) => construction.name)).toEqual(expected);
});

type Model = (typeof models)[number][1];

function typesAt({ environment }: Model, profile: number): number[] {
  return environment.profiles
    .typesOf(profile)
    .map((type, agent) => toRational(environment.agents[agent].types[type]).toNumber());
}
