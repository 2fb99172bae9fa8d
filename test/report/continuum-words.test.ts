import { expect, test } from "vitest";
import type { Model } from "../../models/family.js";
import { bilateralTrade, partnership, singleGoodAuction } from "../../models/index.js";
import { designContinuum } from "../../src/index.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { proofInWords } from "../../src/report/continuum-words.js";

const grid = { points: 2 };
const trade = bilateralTrade({ buyer: grid, seller: grid });
const words = async (model: Model, question: AskedQuestion, cells = 4) =>
  proofInWords(await designContinuum(model, question, { cells }));

// Myerson and Satterthwaite: trade where the value exceeds the cost by 1/4, which is 4/3 v - 1/3 >= 4/3 c.
test("of the second best: virtual types that trade where the value exceeds the cost by a quarter", async () => {
  expect(await words(trade, { allocation: "free", objective: "max-gains" })).toEqual({
    lower: [
      "What is chosen would be efficient for virtual types (money weighs 0.5): buyer from ≈-0.3333333 at 0 to 1 at 1; seller from 0 at 0 to ≈1.333333 at 1.",
    ],
    upper: [],
  });
});

test("of an auction: virtual types 2t - 1, so that nobody below 1/2 gets the good", async () => {
  const auction = singleGoodAuction({ agents: 2, grid });
  expect(await words(auction, { allocation: "free", objective: "max-surplus", budget: "none" })).toEqual({
    lower: [
      "What is chosen would be efficient for virtual types: bidder 1 from -1 at 0 to 1 at 1; bidder 2 from -1 at 0 to 1 at 1.",
    ],
    upper: [],
  });
});

test("of partners with unequal shares: the small partner's low types against the large one's high types, and who gets which share", async () => {
  const partners = partnership({ agents: 2, grid, shares: ["1/10", "9/10"] });
  const { lower, upper = [] } = await words(partners, { ir: "ex-post" }, 10);
  expect(lower).toEqual([
    "Weighed against each other: partner 1's types from 0 to 0.2 (100%); partner 2's types from 0.8 to 1 (100%).",
  ]);
  expect(upper).toHaveLength(5);
  expect(upper[0]).toMatch(
    /^partner 1 from 0 to 0\.2, partner 2 from 0 to 0\.8: of the gains partner 1 ≈\S+%, partner 2 ≈\S+% on average\.$/,
  );
});

test("of mechanisms that are the same within cells: how often the good changes hands", async () => {
  const { lower } = await words(trade, {
    allocation: "free",
    objective: "max-gains",
    ic: "dominant",
    ir: "ex-post",
  });
  expect(lower).toEqual([
    "What is chosen is the same within each of 4 x 4 products of cells of types; in all no trade 75%, trade 25%.",
  ]);
});
