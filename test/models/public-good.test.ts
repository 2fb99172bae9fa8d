import { expect, test } from "vitest";
import { publicGood } from "../../models/public-good.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, totalProbability } from "./expectations.js";

test("the good is provided when values exceed its cost, and both outcomes are efficient when they equal it", () => {
  const { environment } = publicGood({ agents: 3, grid: { values: [0, "1/2", 1] }, cost: "3/2" });
  expect(efficientAt(environment, "1", "1", "0")).toEqual(["provided"]);
  expect(efficientAt(environment, "1", "0", "0")).toEqual(["not provided"]);
  expect(efficientAt(environment, "0.5", "0.5", "0.5")).toEqual(["not provided", "provided"]);
  expect(totalProbability(environment)).toBe("1");
});

test("two neighbours with values 0 and 1 and a cost of 1 gain 1 when both want it: 1/4", () => {
  const { environment } = publicGood({ agents: 2, grid: { values: [0, 1] }, cost: 1 });
  expect(expectedEfficientGains(environment).toString()).toBe("1/4");
});

test("three neighbours on 5 midpoints with cost 3/2 gain (18 + 15 2 + 10 3 + 6 4 + 3 5 + 6)/5 in 125 profiles", () => {
  const { environment } = publicGood({ agents: 3, grid: { points: 5 }, cost: "3/2" });
  expect(expectedEfficientGains(environment).toString()).toBe("123/625");
});

test.each([
  [{ agents: 2, grid: { points: 2 } }, "cost"],
  [{ agents: 2, grid: { points: 2 }, cost: "1/0" }, "cost"],
  [{ grids: [{ points: 2 }, { points: -1 }], cost: 1 }, "grids[1].points"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => publicGood(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
