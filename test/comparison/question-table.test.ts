import { expect, test } from "vitest";
import {
  bilateralTrade,
  fixedEndowment,
  interdependentTrade,
  partnership,
  publicGood,
} from "../../models/index.js";
import { answeredTable, implicationsFor, questionOf } from "../../src/comparison/answered-table.js";
import {
  type Cell,
  type CellAnswer,
  cells,
  QuestionTable,
  sharpImpossibilities,
  type TableEntry,
} from "../../src/comparison/question-table.js";
import { designFor } from "../../src/design.js";
import { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";
import { verifyAnswer } from "../../src/verify-data.js";

const interdependent = (a: string) => interdependentTrade({ buyer: { points: 3 }, seller: { points: 3 }, a });

const models = {
  trade: bilateralTrade({
    buyer: { points: 3, placement: "endpoint" },
    seller: { points: 3, placement: "endpoint" },
  }),
  partnership: partnership({ agents: 2, grid: { points: 3 }, shares: ["1/10", "9/10"] }),
  "public good": publicGood({ agents: 3, grid: { points: 2 }, cost: 1 }),
  "fixed endowment": fixedEndowment({ agents: 2, grid: { points: 3 } }),
  "trade, a = -3/2": interdependent("-3/2"),
  "trade, a = -1": interdependent("-1"),
  "trade, a = -1/2": interdependent("-1/2"),
  "trade, a = 1/2": interdependent("1/2"),
};

const answerText = ({ verdict, infeasible, lower, upper }: CellAnswer) =>
  infeasible ? "infeasible" : `${verdict} ${lower} ${upper}`;

test.each(Object.entries(models))(
  "every cell of the table of %s, solved or implied, is what its own answer proves, and that is verified",
  async (_, model) => {
    const entries = await answeredTable(model);
    expect(entries).toHaveLength(54);
    let implied = 0;
    for (const entry of entries) {
      const problem = posed(model.environment, questionOf(entry.cell, {}), model.givenRule);
      const answer = await designFor(problem);
      expect(verifyAnswer(JSON.parse(JSON.stringify(answer.answerFile)), model).verified).toBe(true);
      expect([entry.cell, answerText(entry)]).toEqual([entry.cell, answerText(answer)]);
      if (entry.how === "implied") implied++;
    }
    expect(implied).toBeGreaterThan(0);
  },
);

test("Myerson and Satterthwaite in a table: participation before types are known makes trade possible, and so does no requirement less", async () => {
  const trade = bilateralTrade({ buyer: { points: 6 }, seller: { points: 6 } });
  const entries = await answeredTable(trade);
  const sharp = sharpImpossibilities(entries).map(({ entry, weakened }) => [
    entry.cell,
    weakened.map(({ cell }) => cell),
  ]);
  expect(sharp).toContainEqual([
    { ic: "bayesian", ir: "interim", budget: "ex-ante", balance: "exact" },
    [
      { ic: "none", ir: "interim", budget: "ex-ante", balance: "exact" },
      { ic: "bayesian", ir: "ex-ante", budget: "ex-ante", balance: "exact" },
      { ic: "bayesian", ir: "interim", budget: "none", balance: "exact" },
    ],
  ]);
  const droppedFrom = (cell: Cell) =>
    entries.find((entry) => JSON.stringify(entry.cell) === JSON.stringify(cell))!;
  // Dropping participation is no remedy where truth is to pay at every profile and money is to balance there.
  const balanced = { ic: "dominant", ir: "none", budget: "ex-post", balance: "exact" } as const;
  expect(droppedFrom(balanced).verdict).toBe("impossible");
  expect(droppedFrom({ ...balanced, ic: "none", ir: "ex-post" }).verdict).toBe("possible");
});

test("with payments that are capped a surplus cannot be given back, and nothing is concluded from that", () => {
  const trade = bilateralTrade({ buyer: { points: 2 }, seller: { points: 2 } });
  const table = (question: object) => new QuestionTable(implicationsFor(trade, question));
  const exAnte = cells.find(({ budget }) => budget === "ex-ante")!;
  const noDeficit = cells.find(({ balance }) => balance === "no-deficit")!;
  expect(table({}).asksNoMore(exAnte, noDeficit)).toBe(true);
  expect(table({ neverPaid: "all" }).asksNoMore(exAnte, noDeficit)).toBe(false);
});

test("where the strongest is possible one question settles the table, and where nothing serves anybody most cells follow", () => {
  const filled = (answer: CellAnswer): readonly TableEntry[] => {
    const table = new QuestionTable({ privateValues: false, surplusMayBeReturned: true });
    for (let cell = table.next(); cell; cell = table.next()) table.record(cell, answer);
    return table.entries;
  };
  const possible = filled({
    verdict: "possible",
    infeasible: false,
    lower: Rational.ZERO,
    upper: Rational.ZERO,
  });
  expect(possible.map(({ verdict }) => verdict)).toEqual(cells.map(() => "possible"));
  expect(possible.filter(({ how }) => how === "solved")).toHaveLength(1);
  const none = filled({ verdict: "impossible", infeasible: true });
  expect(none.every(({ infeasible }) => infeasible)).toBe(true);
  expect(none.filter(({ how }) => how === "solved").length).toBeLessThan(cells.length / 3);
});
