import { expect, test } from "vitest";
import { buildGrid, gridSchema } from "../../models/grid.js";

const grid = (distribution: unknown, points = 4, placement = "midpoint") =>
  buildGrid(gridSchema.parse({ points, placement, distribution }));
const piece = (from: unknown, to: unknown, ...coefficients: unknown[]) => ({ from, to, coefficients });

test("cells have the integral of a density, exactly", () => {
  const { prior } = grid({ density: [piece(0, "1/2", 0, 4), piece("1/2", 1, 4, -4)] });
  expect(prior.toRationals().map(String)).toEqual(["1/8", "3/8", "3/8", "1/8"]);
});

test("an atom is of the cell in which it lies, and of the lower one where it lies between two", () => {
  const density = [piece(0, 1, "1/2")];
  const atoms = [0, "1/4", "7/10"].map((at) => ({ at, probability: "1/6" }));
  const { prior, continuous } = grid({ density, atoms });
  expect(prior.toRationals().map(String)).toEqual(["11/24", "1/8", "7/24", "1/8"]);
  // A distribution with atoms has no density, which papers' formulas need.
  expect(continuous).toBeUndefined();
});

test("a density in doubles is what the formulas of papers are given", () => {
  const { continuous } = grid({ density: [piece(0, "1/2", 0, 4), piece("1/2", 1, 4, -4)] });
  expect(continuous?.density(1 / 4)).toBe(1);
  expect(continuous?.distribution(1 / 4)).toBe(1 / 8);
  expect(continuous?.distribution(3 / 4)).toBe(7 / 8);
  expect(continuous?.quantile(1 / 8)).toBeCloseTo(1 / 4, 15);
  expect(continuous?.quantile(7 / 8)).toBeCloseTo(3 / 4, 15);
});

test.each([
  [
    "too much",
    [piece(0, 1, 2)],
    /^distribution\.density: a density that integrates to 2; expected one that integrates to 1$/,
  ],
  [
    "a gap",
    [piece(0, "1/3", 1), piece("1/2", 1, 1)],
    /^distribution\.density\[1\]\.from: 1\/2; expected 1\/3, where the piece before it ends$/,
  ],
  [
    "a late beginning",
    [piece("1/2", 1, 2)],
    /^distribution\.density\[0\]\.from: 1\/2; expected 0, where the interval begins$/,
  ],
  [
    "an early end",
    [piece(0, "1/2", 2)],
    /^distribution\.density\[0\]\.to: 1\/2; expected 1, where the interval ends$/,
  ],
  [
    "a step back",
    [piece(0, 0, 2)],
    /^distribution\.density\[0\]\.to: 0; expected more than from, which is 0$/,
  ],
  [
    "a negative end",
    [piece(0, 1, -1, 4)],
    /^distribution\.density: a density of -1 at 0; expected a density >= 0$/,
  ],
  [
    "a jump below zero",
    [piece(0, "1/2", 2), piece("1/2", 1, -3, 5)],
    /^distribution\.density: a density of -0\.5 at 0\.5; expected a density >= 0$/,
  ],
  // Positive at both ends, and its integral is 1.
  [
    "a dip",
    [piece(0, 1, "37/12", "-25/2", "25/2")],
    /^distribution\.density: a density of -\S+ at \S+; expected a density >= 0$/,
  ],
])("a density with %s is refused, and what is wrong is said", (_, density, message) => {
  expect(() => grid({ density })).toThrow(message);
});

test("a density may touch zero: it is not negative, whatever the roots are", () => {
  // 60/7 (x^2 - 1/2)^2 has an irrational root.
  const c = ["15/7", 0, "-60/7", 0, "60/7"];
  expect(() => grid({ density: [piece(0, 1, ...c)] })).not.toThrow();
});

test.each([
  [[{ at: 2, probability: "1/2" }], /^distribution\.atoms\[0\]\.at: 2; expected a point of \[0, 1\]$/],
  [
    [{ at: 0, probability: 0 }],
    /^distribution\.atoms\[0\]\.probability: 0; expected a positive probability$/,
  ],
  [
    [
      { at: "1/2", probability: "1/4" },
      { at: "1/2", probability: "1/4" },
    ],
    /^distribution\.atoms\[1\]\.at: 1\/2 after 1\/2; expected increasing points$/,
  ],
  [
    [{ at: 0, probability: "1/4" }],
    /^distribution\.density: a density that integrates to 1\/2, with atoms to 3\/4; expected 1 in all$/,
  ],
])("atoms %# that make no distribution are refused", (atoms, message) => {
  expect(() => grid({ density: [piece(0, 1, "1/2")], atoms })).toThrow(message);
});

test("quantiles of a density are no fractions: points of equal probability are refused", () => {
  expect(() => grid({ density: [piece(0, 1, 1)] }, 4, "equal-probability")).toThrow(
    /^distribution: a density; expected uniform or a power, for points of equal probability$/,
  );
});
