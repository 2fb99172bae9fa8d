import { describe, expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { lacking } from "../../src/claim/properties.js";
import {
  extremePoints,
  fixedPrice,
  tradeMechanism,
  tradeText,
} from "../../src/claim/trade-extreme-points.js";

describe("strategy-proof, balanced, voluntary trade", () => {
  test("of the types 0 and 1 on both sides is a lottery over five fixed prices or ways to break ties", () => {
    const types = { values: [0, 1], costs: [0, 1] };
    const points = extremePoints(types);
    expect(points.map((point) => tradeText(types, point).join("; ")).sort()).toEqual([
      "",
      "value 0, cost 0: trade, and 0 is paid; value 1, cost 0: trade, and 0 is paid",
      "value 1, cost 0: trade, and 0 is paid",
      "value 1, cost 0: trade, and 1 is paid",
      "value 1, cost 0: trade, and 1 is paid; value 1, cost 1: trade, and 1 is paid",
    ]);
    expect(points.every((point) => fixedPrice(point) !== undefined)).toBe(true);
  });

  // Counted by another program, with another double description: extreme points, and fixed prices among them.
  test.each([
    [[0, 3], [1, 2], 5, 5],
    [[0, 2], [1, 3], 3, 3],
    [[1, 3], [0, 2], 15, 7],
    [[0, 1, 2], [0, 1], 15, 8],
    [[0, 1, 2], [0, 1, 2], 18, 9],
    [[1, 2, 3], [0, 1, 2], 117, 11],
  ])(
    "of values %j and costs %j has %i extreme points, and %i of them are prices",
    (values, costs, all, prices) => {
      const points = extremePoints({ values, costs });
      expect(points).toHaveLength(all);
      expect(points.filter((point) => fixedPrice(point) !== undefined)).toHaveLength(prices);
      const { environment } = bilateralTrade({ buyer: { values }, seller: { values: costs } });
      const properties = ["dominant-strategy IC", "ex post IR", "ex post balance"] as const;
      for (const point of points)
        expect(lacking(environment, tradeMechanism(environment, point), properties)).toBe(undefined);
    },
  );
});
