import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { Rational } from "../../src/number/rational.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, totalProbability } from "./expectations.js";

test("the first best of uniform trade on n endpoints is (n + 1)/(6 n), 11/60 for ten", () => {
  for (const n of [2, 3, 5, 10, 11]) {
    const grid = { points: n, placement: "endpoint" as const };
    const gains = expectedEfficientGains(bilateralTrade({ buyer: grid, seller: grid }).environment);
    // sum over gaps d of (n - d) d / (n - 1) / n^2
    expect(gains).toEqual(Rational.of(n + 1, 6 * n));
  }
});

test("on n midpoints it is (n^2 - 1)/(6 n^2), which tends to the continuum's 1/6", () => {
  for (const n of [1, 2, 5, 10]) {
    const gains = expectedEfficientGains(
      bilateralTrade({ buyer: { points: n }, seller: { points: n } }).environment,
    );
    expect(gains).toEqual(Rational.of(n * n - 1, 6 * n * n));
  }
});

test("both conventions for the seller give equal gains", () => {
  const grids = {
    buyer: { points: 5, distribution: { power: 2 }, to: 2 },
    seller: { values: [0, "1/3", 1], weights: [1, 2, 3] },
  };
  const [cost, value] = (["cost", "value"] as const).map(
    (convention) => bilateralTrade({ ...grids, convention }).environment,
  );
  expect(expectedEfficientGains(value)).toEqual(expectedEfficientGains(cost));
  expect(totalProbability(cost)).toBe("1");
});

test("the good changes hands exactly when the buyer values it more; at equal types both outcomes are efficient", () => {
  const grid = { points: 3, placement: "endpoint" as const };
  for (const convention of ["cost", "value"] as const) {
    const { environment } = bilateralTrade({ buyer: grid, seller: grid, convention });
    expect(efficientAt(environment, "1", "0.5")).toEqual(["trade"]);
    expect(efficientAt(environment, "0", "0.5")).toEqual(["no trade"]);
    expect(efficientAt(environment, "0.5", "0.5")).toEqual(["no trade", "trade"]);
  }
});

test("the continuum is there when both sides have distributions", () => {
  const placed = { points: 2, from: 1, to: 3 };
  expect(bilateralTrade({ buyer: placed, seller: placed }).continuum?.agents.map(({ to }) => to)).toEqual([
    3, 3,
  ]);
  expect(bilateralTrade({ buyer: placed, seller: { values: [1] } }).continuum).toBeUndefined();
});

test.each([
  [{ seller: { points: 2 } }, "buyer"],
  [{ buyer: { points: 0 }, seller: { points: 2 } }, "buyer.points"],
  [{ buyer: { points: 2 }, seller: { points: 2, to: -1 } }, "seller.to"],
  [{ buyer: { points: 2 }, seller: { points: 2 }, convention: "price" }, "convention"],
])("%j is refused at %s", (parameters, path) => {
  expect(() => bilateralTrade(parameters as never)).toThrow(
    expect.objectContaining({ name: "InputError", path }),
  );
});
