import { expect, test } from "vitest";
import { squareRootGood } from "../../models/square-root-good.js";
import { efficientOutcomes, welfare } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

test("types 3 and 4 divide as 9 to 16, which is worth 2 sqrt(3^2 + 4^2) = 10", () => {
  const { environment } = squareRootGood({ grids: [{ values: [3] }, { values: [4] }] });
  expect(environment.outcomes).toEqual(["0.36, 0.64"]);
  expect(welfare(environment, 0, 0).toString()).toBe("10");
});

test("at every profile the efficient shares are in proportion to the squares of the types, worth 2 sqrt(sum of squares)", () => {
  for (const parameters of [
    { agents: 2, grid: { points: 12 } },
    {
      agents: 2,
      grid: { points: 7, distribution: { power: 2 }, placement: "endpoint" as const, from: 1, to: 3 },
    },
    { agents: 3, grid: { points: 4 } },
  ]) {
    const { environment } = squareRootGood(parameters);
    expect(totalProbability(environment)).toBe("1");
    for (let s = 0; s < environment.profiles.count; s++) {
      const squares = environment.profiles.typesOf(s).map((type, i) => {
        const value = toRational(environment.agents[i].types[type]);
        return value.multiply(value);
      });
      const total = Rational.sum(squares);
      const [only, ...more] = efficientOutcomes(environment, s);
      expect(more).toEqual([]);
      expect(environment.outcomes[only].split(", ").map(toRational)).toEqual(
        squares.map((square) => square.divide(total)),
      );
      expect(welfare(environment, only, s).toNumber()).toBeCloseTo(2 * Math.sqrt(total.toNumber()), 10);
    }
  }
});

test("an endowment of a quarter is worth theta, and of a half, rounded to 12 decimals, sqrt(2) theta", () => {
  const quarter = squareRootGood({ agents: 2, grid: { values: [1, 5] }, endowments: ["1/4", "3/4"] });
  expect(quarter.environment.outsideOption(0, profileAt(quarter.environment, "5", "1")).toString()).toBe("5");
  const half = squareRootGood({ agents: 2, grid: { values: [1] }, endowments: ["1/2", "1/2"] });
  expect(half.environment.outsideOption(0, 0)).toEqual(toRational("1.414213562374"));
});

test("a type of 0 leaves everything to the other", () => {
  const { environment } = squareRootGood({ agents: 2, grid: { values: [0, 1] } });
  expect(efficientAt(environment, "0", "1")).toEqual(["0, 1"]);
});

test("negative types are refused", () => {
  expect(() => squareRootGood({ grids: [{ points: 1 }, { points: 2, from: -1 }] })).toThrow(
    expect.objectContaining({ name: "InputError", path: "grids[1]" }),
  );
});
