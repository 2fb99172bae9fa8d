import { expect, test } from "vitest";
import type { Model } from "../../models/family.js";
import {
  bilateralTrade,
  partnership,
  publicGood,
  singleGoodAuction,
  squareRootGood,
} from "../../models/index.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { toRational } from "../../src/number/rational-text.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { continuumCsv } from "../../src/report/continuum-csv.js";
import { continuumFigures } from "../../src/report/continuum-figures.js";
import { continuousGains } from "../../src/report/continuum-gains.js";
import { chosenBy } from "../../src/report/continuum-rule.js";
import { expectedByType } from "../../src/report/continuum-types.js";

const trade = bilateralTrade({ buyer: { points: 2 }, seller: { points: 2 } });
const secondBest = { allocation: "free", objective: "max-gains" } as const;
const revenue = { allocation: "free", objective: "max-surplus", budget: "none" } as const;

const answered = (model: Model, question: AskedQuestion = {}, cells = 4) =>
  designContinuumFor(model.continuous!(), question, { cells });

/** The outcomes that may be chosen at these types. */
async function outcomes(model: Model, question: AskedQuestion, types: readonly string[], cells?: number) {
  const answer = await answered(model, question, cells);
  const chosen = chosenBy(answer)!(types.map(toRational));
  return chosen.map(
    ({ outcome, probability }) => `${answer.environment.outcomes![outcome].label} ${probability}`,
  );
}

test("the second best trades where the buyer's value exceeds the seller's cost by a quarter", async () => {
  expect(await outcomes(trade, secondBest, ["0.6", "0.34"])).toEqual(["trade 1"]);
  expect(await outcomes(trade, secondBest, ["0.6", "0.36"])).toEqual(["no trade 1"]);
});

test("the efficient rule trades where the value exceeds the cost, a rule on cells alike in each", async () => {
  expect(await outcomes(trade, {}, ["0.6", "0.59"])).toEqual(["trade 1"]);
  expect(await outcomes(trade, {}, ["0.6", "0.61"])).toEqual(["no trade 1"]);
  const atProfiles = { ...secondBest, ir: "ex-post" } as const;
  expect(await outcomes(trade, atProfiles, ["0.99", "0.01"])).toEqual(["trade 1"]);
  expect(await outcomes(trade, atProfiles, ["0.01", "0.99"])).toEqual(["no trade 1"]);
});

test("the auction that raises most sells to the higher bidder above a half", async () => {
  const auction = singleGoodAuction({ agents: 2, grid: { points: 2 } });
  expect(await outcomes(auction, revenue, ["0.6", "0.55"])).toEqual(["to bidder 1 1"]);
  expect(await outcomes(auction, revenue, ["0.49", "0.3"])).toEqual(["kept 1"]);
});

test("a buyer's utility rises as half the square of its type, a partner's outside option as its share", () => {
  const [buyer] = expectedByType(trade.continuous!(), { allocation: "efficient", ic: "bayesian" } as never);
  for (const { type, rise, outsideRise } of buyer.rows)
    expect([`${rise}`, `${outsideRise}`]).toEqual([`${type.multiply(type).divide(toRational(2))}`, "0"]);
  const partners = partnership({ agents: 2, grid: { points: 2 }, shares: ["1/10", "9/10"] });
  const [, second] = expectedByType(partners.continuous!(), {
    allocation: "efficient",
    ic: "bayesian",
  } as never);
  expect(second.rows.map(({ outsideRise }) => `${outsideRise}`).at(-1)).toBe("9/10");
});

test("gains are known of two agents and of sums of values: 1/6 of trade, 13/64 of a bridge for three", () => {
  const bridge = publicGood({ agents: 3, grid: { points: 2 }, cost: "3/2" });
  expect(`${continuousGains(trade.continuous!())}`).toBe("1/6");
  // E max(T - 3/2, 0) of the sum T of three uniform types.
  expect(`${continuousGains(bridge.continuous!())}`).toBe("13/64");
  const divided = squareRootGood({ agents: 2, grid: { points: 2 } });
  expect(continuousGains(divided.continuous!())).toBeUndefined();
});

test("there is a picture of what is chosen, of what types expect and of which ones the proof weighs", async () => {
  const partners = partnership({ agents: 2, grid: { points: 2 }, shares: ["1/10", "9/10"] });
  const names = async (model: Model, question: AskedQuestion) =>
    continuumFigures(await answered(model, question)).map(({ name }) => name);
  const atProfiles = { ir: "ex-post" } as const;
  expect(await names(partners, atProfiles)).toEqual([
    "allocation",
    "expects-1",
    "expects-2",
    "weights-1",
    "weights-2",
  ]);
  expect(await names(trade, secondBest)).toEqual(["allocation"]);
  expect(await names(squareRootGood({ agents: 2, grid: { points: 2 } }), atProfiles)).toEqual([]);
});

test("the tables have the bracket, and what types expect where that is known", async () => {
  const tables = continuumCsv({ answer: await answered(trade) });
  expect(tables.map(({ name }) => name)).toEqual(["summary.csv", "types.csv"]);
  expect([...tables[0].rows]).toEqual([
    ["optimum", "1/6", `${1 / 6}`],
    ["expected gains of full efficiency", "1/6", `${1 / 6}`],
  ]);
  const types = [...tables[1].rows];
  expect(types).toHaveLength(82);
  expect(types[20]).toEqual(["buyer", "1/2", "0.5", "1/8", "0.125", "0", "0"]);
  const best = continuumCsv({ answer: await answered(trade, secondBest) });
  expect(best.map(({ name }) => name)).toEqual(["summary.csv"]);
});
