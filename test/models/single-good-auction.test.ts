import { expect, test } from "vitest";
import { singleGoodAuction } from "../../models/single-good-auction.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, totalProbability } from "./expectations.js";

test("the bidder with the highest value gets the good unless it is worth more to the seller", () => {
  const { environment } = singleGoodAuction({ agents: 2, grid: { values: [1, 2, 3] }, sellerValue: 2 });
  expect(efficientAt(environment, "1", "1")).toEqual(["kept"]);
  expect(efficientAt(environment, "3", "1")).toEqual(["to bidder 1"]);
  expect(efficientAt(environment, "1", "2")).toEqual(["kept", "to bidder 2"]);
  expect(totalProbability(environment)).toBe("1");
});

test("two bidders with values 0 and 1 are worth 3/4 together, and 3/8 to a seller who values the good at 1/2", () => {
  const grid = { values: [0, 1] };
  expect(expectedEfficientGains(singleGoodAuction({ agents: 2, grid }).environment).toString()).toBe("3/4");
  const reserved = singleGoodAuction({ agents: 2, grid, sellerValue: "1/2" });
  expect(expectedEfficientGains(reserved.environment).toString()).toBe("3/8");
});

test("strong and weak bidders have grids of their own", () => {
  const { environment, continuum } = singleGoodAuction({ grids: [{ points: 4, to: 2 }, { points: 2 }] });
  expect(environment.profiles.sizes).toEqual([4, 2]);
  expect(continuum?.agents.map(({ to }) => to)).toEqual([2, 1]);
});

test.each([
  [{ agents: 2, grid: { points: 2 }, sellerValue: "NaN" }, "sellerValue"],
  [{ agents: 2, grid: { points: 2 }, reserve: 1 }, ""],
])("%j is refused at '%s'", (parameters, path) => {
  expect(() => singleGoodAuction(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
