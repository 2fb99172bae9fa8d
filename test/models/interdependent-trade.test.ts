import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { interdependentTrade } from "../../models/interdependent-trade.js";
import { environmentDigest } from "../../src/environment/digest.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { efficientAt, profileAt, totalProbability } from "./expectations.js";

const ten = { points: 10, placement: "endpoint" as const };

test("without interdependence it is bilateral trade, when the seller's type is a cost", () => {
  const grids = { buyer: { points: 4, distribution: { power: 2 } }, seller: { values: [0, 1, 3] } };
  const { environment } = interdependentTrade(grids);
  const plain = bilateralTrade(grids).environment;
  for (let s = 0; s < 12; s++) {
    for (const agent of [0, 1]) {
      expect(environment.value(agent, 1, s)).toEqual(plain.value(agent, 1, s));
    }
  }
  expect(totalProbability(environment)).toBe("1");
});

test("with v_i = s_i + a s_-i the gains from trade are (1 - a) times those of private values, 11/60 on ten endpoints", () => {
  for (const a of ["-2", "-1", "0", "1/2"]) {
    const { environment } = interdependentTrade({ buyer: ten, seller: ten, a });
    const scale = Rational.ONE.subtract(toRational(a));
    expect(expectedEfficientGains(environment)).toEqual(scale.multiply(Rational.of(11, 60)));
  }
});

test("pure common values (a = 1) leave nothing to gain, and every outcome is efficient", () => {
  const { environment } = interdependentTrade({ buyer: ten, seller: ten, a: 1 });
  expect(expectedEfficientGains(environment).isZero).toBe(true);
  expect(efficientAt(environment, "1", "0")).toEqual(["no trade", "trade"]);
});

test("both conventions for the seller give equal gains, and the outside option is the seller's valuation", () => {
  const [cost, value] = (["cost", "value"] as const).map(
    (convention) =>
      interdependentTrade({ buyer: { points: 3 }, seller: { points: 4 }, a: "1/3", convention }).environment,
  );
  expect(expectedEfficientGains(value)).toEqual(expectedEfficientGains(cost));
  for (let s = 0; s < 12; s++) {
    expect(value.outsideOption(1, s)).toEqual(cost.value(1, 1, s).negate());
    expect(cost.outsideOption(1, s).isZero).toBe(true);
  }
});

test("a table and a polynomial say the same as linear coefficients", () => {
  const grids = { buyer: { values: [0, 1] }, seller: { values: [0, 2, 4] } };
  const linear = interdependentTrade({ ...grids, a: "1/2" });
  const other = interdependentTrade({
    ...grids,
    buyerValuation: {
      terms: [
        { coefficient: 1, own: 1 },
        { coefficient: "1/2", other: 1 },
      ],
    },
    // rows: the seller's types; columns: the buyer's.
    sellerValuation: {
      table: [
        [0, "1/2"],
        [2, "5/2"],
        [4, "9/2"],
      ],
    },
  });
  expect(environmentDigest(other.environment)).toBe(environmentDigest(linear.environment));
});

test("a polynomial may have products and powers of the signals", () => {
  const { environment } = interdependentTrade({
    buyer: { values: [0, "1/2"] },
    seller: { values: [0, 3] },
    buyerValuation: {
      terms: [
        { coefficient: 2, own: 2, other: 1 },
        { coefficient: 1, own: 1 },
      ],
    },
  });
  // 2 (1/2)^2 3 + 1/2
  expect(environment.value(0, 1, profileAt(environment, "0.5", "3")).toString()).toBe("2");
});

test.each([
  [{ sellerValuation: { own: 0 } }, "sellerValuation"],
  [{ sellerValuation: { own: -1, other: 2 } }, "sellerValuation"],
  [
    {
      buyerValuation: {
        table: [
          [0, 1],
          [0, 2],
        ],
      },
    },
    "buyerValuation.table[1][0]",
  ],
  [{ buyerValuation: { table: [[0, 1]] } }, "buyerValuation.table"],
  [{ buyerValuation: { table: [[0, 1], [2]] } }, "buyerValuation.table[1]"],
  [{ buyer: { points: 3000 }, seller: { points: 3000 } }, "buyerValuation"],
  [{ buyer: { points: 2, to: 0 } }, "buyer.to"],
])("%j is refused at %s", (parameters, path) => {
  expect(() =>
    interdependentTrade({ buyer: { points: 2 }, seller: { points: 2 }, ...parameters } as never),
  ).toThrow(expect.objectContaining({ name: "InputError", path }));
});
