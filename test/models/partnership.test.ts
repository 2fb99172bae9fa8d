import { expect, test } from "vitest";
import { partnership } from "../../models/partnership.js";
import { Rational } from "../../src/number/rational.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

test("the partner who values the good most gets the whole; equals share the efficiency", () => {
  const { environment } = partnership({ agents: 3, grid: { values: [1, 2, 3] } });
  expect(efficientAt(environment, "1", "3", "2")).toEqual(["to partner 2"]);
  expect(efficientAt(environment, "2", "1", "2")).toEqual(["to partner 1", "to partner 3"]);
  expect(totalProbability(environment)).toBe("1");
});

test("staying out is worth the share of the own type", () => {
  const { environment } = partnership({ agents: 2, grid: { values: [1, 3] }, shares: ["1/10", "9/10"] });
  const profile = profileAt(environment, "3", "1");
  expect([0, 1].map((i) => environment.outsideOption(i, profile).toString())).toEqual(["3/10", "9/10"]);
});

test("expected gains are the expected maximum less the mean, whatever the shares of partners alike", () => {
  // Two uniform types on n midpoints: E max = 1/2 + (n^2 - 1)/(6 n^2).
  for (const shares of [undefined, ["1/10", "9/10"], [0, 1]]) {
    const { environment } = partnership({ agents: 2, grid: { points: 12 }, shares });
    expect(expectedEfficientGains(environment)).toEqual(Rational.of(143, 6 * 144));
  }
});

test("a seller who owns all makes the partnership bilateral trade with the value convention", () => {
  const grids = [
    { points: 5, placement: "endpoint" as const },
    { points: 5, placement: "endpoint" as const },
  ];
  const { environment } = partnership({ grids, shares: [0, 1] });
  expect(expectedEfficientGains(environment).toString()).toBe("1/5");
});

test("the continuum is there when every partner's grid has a distribution", () => {
  expect(partnership({ agents: 3, grid: { points: 2 } }).continuum?.agents).toHaveLength(3);
  expect(partnership({ grids: [{ points: 2 }, { values: [1] }] }).continuum).toBeUndefined();
});

test.each([
  [{ agents: 2, grid: { points: 2 }, shares: [2, -1] }, "shares[1]"],
  [{ agents: 2, grid: { points: 2 }, shares: [1, "one"] }, "shares[1]"],
  [{ agents: 2, grid: { points: 2 }, shares: ["1/2", "1/3"] }, "shares"],
  [{ agents: 3, grid: { points: 2 }, shares: ["1/2", "1/2"] }, "shares"],
  [{ agents: 2, grid: { points: 0 } }, "grid.points"],
  [{ agents: 2, grid: { points: 2, distribution: { power: 0 } } }, "grid.distribution.power"],
  [{ grids: [{ points: 2 }, { values: [2, 1] }] }, "grids[1].values[1]"],
  [{ grid: { points: 2 } }, "agents"],
  [{ agents: 2 }, "grid"],
  [{ agents: 2, grids: [{ points: 2 }] }, "grids"],
  [{ agents: 0, grid: { points: 2 } }, "agents"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => partnership(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
