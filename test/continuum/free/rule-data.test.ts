import { describe, expect, it } from "vitest";
import { freeDominant, freeInterim } from "../../../src/continuum/free/method.js";
import { chosenOnCells, virtualRules } from "../../../src/continuum/free/rule-data.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { auction, environmentOf, q, revenue, secondBest, secondBestDominant, trade } from "./environments.js";

describe("what a report needs of a rule", () => {
  it("second-best trade happens where 4/3 of the value less 1/3 exceeds 4/3 of the cost: at a difference of 1/4", async () => {
    const { certificate } = await freeInterim.find(trade, secondBest, {});
    const rules = virtualRules(trade, secondBest, certificate);
    expect(JSON.parse(JSON.stringify(rules))).toEqual([
      {
        probability: "1",
        money: "1/2",
        virtualValues: [
          [{ from: "0", to: "1", atFrom: "-1/3", atTo: "1" }],
          [{ from: "0", to: "1", atFrom: "0", atTo: "4/3" }],
        ],
      },
    ]);
  });

  it("an auctioneer's virtual value is 2 t - 1, which is 0 at the reserve 1/2", async () => {
    const { certificate } = await freeInterim.find(auction(2), revenue, {});
    const [rule] = virtualRules(auction(2), revenue, certificate);
    expect(rule.money).toBeUndefined();
    expect(JSON.parse(JSON.stringify(rule.virtualValues[0]))).toEqual([
      { from: "0", to: "1", atFrom: "-1", atTo: "1" },
    ]);
  });

  it("types are pooled where the density falls so much that virtual values would", async () => {
    const density = new PiecewisePolynomial(
      [q(0), q(1, 2), q(1)],
      [Polynomial.constant(q(8, 5)), Polynomial.constant(q(2, 5))],
    );
    const shop = environmentOf(
      [
        ["nothing", [0]],
        ["sale", [1]],
      ],
      [{ density }],
    );
    const { certificate } = await freeInterim.find(shop, revenue, { cells: 10 });
    const [{ virtualValues }] = virtualRules(shop, revenue, certificate);
    const pooled = virtualValues[0].filter(({ from, to }) => to.subtract(from).compare(q(1, 10)) > 0);
    expect(pooled).toHaveLength(1);
    expect(pooled[0].from.compare(q(1, 2))).toBe(-1);
    expect(pooled[0].to.compare(q(1, 2))).toBe(1);
  });

  it("a posted price of 1/2 trades in one corner", async () => {
    const { certificate } = await freeDominant.find(trade, secondBestDominant, { cells: 4 });
    const { ends, chosen } = chosenOnCells(trade, certificate)!;
    expect(ends.map((list) => list.map(String))).toEqual([
      ["0", "1/4", "1/2", "3/4", "1"],
      ["0", "1/4", "1/2", "3/4", "1"],
    ]);
    expect(chosen).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ]);
  });
});
