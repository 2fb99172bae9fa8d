import { expect, test } from "vitest";
import { correlatedPair } from "../../models/correlated-pair.js";
import type { Environment } from "../../src/environment/environment.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, totalProbability } from "./expectations.js";

const grid = { values: [1, 2, 5], weights: [1, 2, 3] };

const beliefs = (environment: Environment, agent: number, type: number) =>
  environment.profiles.profilesOf(agent, type).map((s) => environment.prior.belief(agent, s).toString());

test("correlation leaves the marginals as they are, and makes the own type likelier in the other", () => {
  const { environment } = correlatedPair({ grid, correlation: "1/2" });
  expect(totalProbability(environment)).toBe("1");
  for (const marginal of environment.prior.marginals) {
    expect(marginal.toRationals().map(String)).toEqual(["1/6", "1/3", "1/2"]);
  }
  expect(beliefs(environment, 0, 0)).toEqual(["7/12", "1/6", "1/4"]);
  expect(beliefs(environment, 1, 2)).toEqual(["1/12", "1/6", "3/4"]);
});

test("a correlation of 0 is independence: beliefs do not depend on the type", () => {
  const { environment } = correlatedPair({ grid, correlation: 0 });
  for (const type of [0, 1, 2]) expect(beliefs(environment, 0, type)).toEqual(["1/6", "1/3", "1/2"]);
});

test("joint weights are normalised exactly", () => {
  const { environment } = correlatedPair({
    grid: { values: [1, 3] },
    weights: [
      [2, 1],
      [1, 3],
    ],
  });
  expect([0, 1, 2, 3].map((s) => environment.prior.probability(s).toString())).toEqual([
    "2/7",
    "1/7",
    "1/7",
    "3/7",
  ]);
});

test("the higher bidder gets the good; expected gains are the expected maximum", () => {
  const { environment } = correlatedPair({
    grid: { values: [1, 3] },
    weights: [
      [2, 1],
      [1, 3],
    ],
  });
  expect(efficientAt(environment, "1", "3")).toEqual(["to bidder 2"]);
  expect(expectedEfficientGains(environment).toString()).toBe("17/7");
});

test("traders whose types always agree have nothing to gain", () => {
  const { environment } = correlatedPair({ situation: "trade", grid, correlation: 1 });
  expect(expectedEfficientGains(environment).isZero).toBe(true);
  expect(efficientAt(environment, "5", "1")).toEqual(["trade"]);
});

test.each([
  [{}, "correlation"],
  [{ correlation: "3/2" }, "correlation"],
  [{ correlation: 0, weights: [[1]] }, "weights"],
  [{ weights: [[1, 1, 1]] }, "weights"],
  [
    {
      weights: [
        [1, 1, 1],
        [1, 1],
        [1, 1, 1],
      ],
    },
    "weights[1]",
  ],
  [
    {
      weights: [
        [1, 1, 1],
        [0, 0, 0],
        [1, 1, 1],
      ],
    },
    "weights[1]",
  ],
  [
    {
      weights: [
        [1, 1, 0],
        [1, 1, 0],
        [1, 1, 0],
      ],
    },
    "weights",
  ],
  [
    {
      weights: [
        [1, 1, 1],
        [1, -1, 0],
        [1, 1, 0],
      ],
    },
    "weights[1][1]",
  ],
  [{ correlation: 0, grid: { values: [1, 2], weights: [0, 1] } }, "grid"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => correlatedPair({ grid, ...parameters } as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
