import { expect, test } from "vitest";
import { buildGrid, continuumOf, type Grid, gridSchema } from "../../models/grid.js";
import { InputError } from "../../src/fault/input-error.js";

function grid(specification: unknown): Grid {
  return buildGrid(gridSchema.parse(specification));
}

const texts = ({ values, prior }: Grid) => [values.map(String), prior.toRationals().map(String)];

test("uniform midpoints are the middles of equal cells, each with the cell's probability", () => {
  expect(texts(grid({ points: 4 }))).toEqual([
    ["1/8", "3/8", "5/8", "7/8"],
    ["1/4", "1/4", "1/4", "1/4"],
  ]);
});

test("endpoints reach both ends of the interval", () => {
  expect(texts(grid({ points: 3, placement: "endpoint", from: 1, to: 2 }))).toEqual([
    ["1", "3/2", "2"],
    ["1/3", "1/3", "1/3"],
  ]);
});

test("under F(x) = x^2 the k-th of n cells has probability (2k - 1)/n^2", () => {
  expect(texts(grid({ points: 3, distribution: { power: 2 } }))).toEqual([
    ["1/6", "1/2", "5/6"],
    ["1/9", "1/3", "5/9"],
  ]);
});

test("points of equal probability are quantiles, rounded to 12 decimals where they are irrational", () => {
  const { values, prior } = grid({ points: 2, placement: "equal-probability", distribution: { power: 2 } });
  expect(values.map(String)).toEqual(["1/2", String(values[1])]);
  expect(values[1].toNumber()).toBeCloseTo(Math.sqrt(3) / 2, 12);
  expect(10n ** 12n % values[1].denominator).toBe(0n);
  expect(prior.toRationals().map(String)).toEqual(["1/2", "1/2"]);
});

test("a power that is no whole number still gives probabilities that sum to exactly 1", () => {
  for (const power of ["1/2", "2.7", "1/3"]) {
    for (const placement of ["midpoint", "endpoint", "equal-probability"]) {
      expect(grid({ points: 7, placement, distribution: { power } }).prior.sum().toString()).toBe("1");
    }
  }
});

test("weights are normalised exactly, on points and on a list", () => {
  expect(texts(grid({ points: 3, distribution: { weights: [1, "1/2", 0] } }))[1]).toEqual([
    "2/3",
    "1/3",
    "0",
  ]);
  expect(texts(grid({ values: [0, 1, 5], weights: [1, 2, 4] }))).toEqual([
    ["0", "1", "5"],
    ["1/7", "2/7", "4/7"],
  ]);
});

test("one point stands in the middle, wherever points are placed", () => {
  for (const placement of ["midpoint", "endpoint", "equal-probability"]) {
    expect(texts(grid({ points: 1, placement, from: 1, to: 2 }))).toEqual([["3/2"], ["1"]]);
  }
});

test("labels are short decimals, or fractions where a decimal would not end", () => {
  expect(grid({ values: [0, "1/3", "1/2"] }).labels).toEqual(["0", "1/3", "0.5"]);
});

test("the continuous types of a power distribution on [1, 3] are its distribution, density and quantiles", () => {
  const { continuous } = grid({ points: 4, distribution: { power: 2 }, from: 1, to: 3 });
  expect(continuous && [continuous.from, continuous.to]).toEqual([1, 3]);
  expect(continuous?.distribution(2)).toBeCloseTo(1 / 4, 14);
  expect(continuous?.density(2)).toBeCloseTo(1 / 2, 14);
  expect(continuous?.quantile(1 / 4)).toBeCloseTo(2, 14);
  expect([0, 1, 3, 4].map((type) => continuous?.distribution(type))).toEqual([0, 0, 1, 1]);
  expect([0, 4].map((type) => continuous?.density(type))).toEqual([0, 0]);
});

test("weights and lists stand for no continuous types, and one such agent leaves the whole without a continuum", () => {
  const placed = grid({ points: 2 });
  const listed = grid({ values: [0, 1] });
  expect(listed.continuous).toBeUndefined();
  expect(grid({ points: 2, distribution: { weights: [1, 1] } }).continuous).toBeUndefined();
  expect(continuumOf([placed, placed])?.agents).toHaveLength(2);
  expect(continuumOf([placed, listed])).toBeUndefined();
});

test.each([
  [{ points: 2, from: 1, to: 1 }, "to"],
  [{ points: 2, distribution: { power: 0 } }, "distribution.power"],
  [{ points: 2, distribution: { power: -1 } }, "distribution.power"],
  [{ points: 2, distribution: { weights: [1] } }, "distribution.weights"],
  [{ points: 2, distribution: { weights: [1, -1] } }, "distribution.weights[1]"],
  [{ points: 2, distribution: { weights: [0, 0] } }, "distribution.weights"],
  [{ points: 2, distribution: { weights: [1, 1] }, placement: "equal-probability" }, "distribution"],
  [{ values: [1, 1] }, "values[1]"],
  [{ values: [0, 1], weights: [1] }, "weights"],
  [{ values: [0, 1], weights: [2, -1] }, "weights[1]"],
  [{ points: 9, placement: "equal-probability", distribution: { power: "1/100" } }, "points"],
])("%j is refused at %s", (specification, path) => {
  expect(() => grid(specification)).toThrow(InputError);
  expect(() => grid(specification)).toThrow(expect.objectContaining({ path }));
});
