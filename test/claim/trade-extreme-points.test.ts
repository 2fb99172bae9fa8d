import { describe, expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { lacking } from "../../src/claim/properties.js";
import {
  extremePoints,
  fixedPrice,
  tradeMechanism,
  tradeText,
} from "../../src/claim/trade-extreme-points.js";
import { RandomSource } from "../../src/generator/random-source.js";
import { Rational } from "../../src/number/rational.js";

const typesOf = (values: readonly number[], costs: readonly number[]) => ({
  values: values.map((own) => Rational.of(own)),
  costs: costs.map((own) => Rational.of(own)),
});

describe("strategy-proof, balanced, voluntary trade", () => {
  test("of the types 0 and 1 on both sides is no trade, or trade at a price of 0, of 1, or of which neither loses", () => {
    const types = typesOf([0, 1], [0, 1]);
    const points = extremePoints(types, new RandomSource(1), 60);
    const told = points.map((point) => tradeText(types, point).join("; ")).sort();
    expect(told).toContain("");
    expect(told).toContain("value 1, cost 0: trade, and 1 is paid");
    expect(points.every((point) => fixedPrice(point) !== undefined)).toBe(true);
  });

  test("of values 1 and 3 and costs 0 and 2 may have two prices, and every extreme point keeps what it promises", () => {
    const types = typesOf([1, 3], [0, 2]);
    const { environment } = bilateralTrade({ buyer: { values: [1, 3] }, seller: { values: [0, 2] } });
    const points = extremePoints(types, new RandomSource(1), 80);
    const properties = ["dominant-strategy IC", "ex post IR", "ex post balance"] as const;
    for (const point of points)
      expect(lacking(environment, tradeMechanism(environment, point), properties)).toBe(undefined);
    expect(points.some((point) => fixedPrice(point) === undefined)).toBe(true);
    // Halfway between two prices lies no extreme point.
    const [one, other] = points.filter((point) => fixedPrice(point) !== undefined);
    const middle = (a: Rational, b: Rational) => a.add(b).divide(Rational.of(2));
    const mixed = {
      trade: one.trade.map((row, b) => row.map((chance, s) => middle(chance, other.trade[b][s]))),
      paid: one.paid.map((row, b) => row.map((amount, s) => middle(amount, other.paid[b][s]))),
    };
    expect(points.map((point) => `${point.trade}`)).not.toContain(`${mixed.trade}`);
    expect(lacking(environment, tradeMechanism(environment, mixed), properties)).toBe(undefined);
  });
});
