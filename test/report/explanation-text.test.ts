import { describe, expect, test } from "vitest";
import { answerFileText, readAnswerFile } from "../../src/certificate/answer-file.js";
import { bilateralTrade, correlatedPair, design, publicGood, singleGoodAuction } from "../../src/index.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { parseInstance } from "../../src/instance/instance.js";
import { judge } from "../../src/kernel/judgement.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";
import { explanationText } from "../../src/report/explanation-text.js";
import { proofSum } from "../../src/report/proof-sum.js";

type Model = Parameters<typeof design>[0];

/** What `explain` prints of a question's answer, with its numbers where that is asked. */
async function explained(model: Model, question: Partial<Question>, most?: number, withNumbers = true) {
  const answer = await design(model, question);
  const text = [...answerFileText(answer, { name: "an instance", digest: "abc" })].join("");
  const file = readAnswerFile(parseExactJson(text, ""));
  const problem = posed(model.environment, question, model.givenRule);
  const sum = answer.multipliers && withNumbers ? proofSum(problem, answer.multipliers) : undefined;
  return { answer, text: explanationText(file, { ...(most && { most }), ...(sum && { sum }) }) };
}

const grid = { points: 6, placement: "endpoint" } as const;
const trade = bilateralTrade({ buyer: grid, seller: grid });
const bridge = publicGood({ agents: 3, grid: { points: 5 }, cost: "3/2" });

describe("a calculator finishes the sum", () => {
  test.each<[string, Model, Partial<Question>]>([
    ["trade", trade, {}],
    ["second-best trade", trade, { allocation: "free", objective: "max-gains" }],
    ["trade at every profile", trade, { ir: "ex-post", objective: "min-worst-subsidy" }],
    ["trade in dominant strategies", trade, { ic: "dominant", ir: "ex-post", balance: "no-deficit" }],
    ["trade with caps", trade, { parameters: { paymentCaps: "1/8", icSlack: "1/100" } }],
    ["correlated trade", correlatedPair({ situation: "trade", grid, correlation: "1/4" }), { ir: "ex-post" }],
    ["a bridge", bridge, {}],
    ["a bridge without outside money", bridge, { objective: "feasibility" }],
    [
      "an auction's revenue",
      singleGoodAuction({ agents: 2, grid }),
      { allocation: "free", objective: "max-surplus", budget: "none" },
    ],
  ])("of %s: every product, and their sum", async (_name, model, question) => {
    const { answer, text } = await explained(model, question);
    const lines = text.split("\n");
    const rows = lines.flatMap((line) => {
      const row = /^ +(\S+) x +(\S+) = +(\S+) {2}/.exec(line);
      return row ? [row.slice(1).map(toRational)] : [];
    });
    expect(rows.length).toBeGreaterThan(2);
    for (const [weight, amount, product] of rows) {
      expect(String(weight.multiply(amount))).toBe(String(product));
    }
    const sum = Rational.sum(rows.map(([, , product]) => product));
    expect(/^ +sum = +(\S+)$/m.exec(text)?.[1]).toBe(String(sum));
    const { infeasible, contradiction, optimum, lower, upper, problem } = answer;
    const isLargest = problem.question.objective.startsWith("max");
    expect(String(sum)).toBe(
      String(infeasible ? contradiction!.negate() : isLargest ? upper : lower!.negate()),
    );
    if (optimum)
      expect(text).toContain(isLargest ? `<= ${optimum}\n` : `0 <= ${optimum.negate()} + outside money`);
  });
});

test("numbers come with where they come from", async () => {
  const { text } = await explained(trade, {});
  expect(text).toContain(
    "buyer 0.4 does not gain by reporting 0.2: value 2/15, less value of the report 1/15",
  );
  expect(text).toContain(
    "Where the outcome is left open, the numbers are those of the one that makes the sum largest: ",
  );
  const { text: built } = await explained(bridge, {});
  expect(built).toMatch(/the money adds up at every profile, weighted with its probability: less cost \d/);
  const { text: capped } = await explained(trade, { parameters: { paymentCaps: "1/8" } });
  expect(capped).toMatch(/pays at most 1\/8.*: cap 1\/8/);
});

test("where there are many inequalities of a kind, they are added up, and it is told how to see them", async () => {
  const { text } = await explained(trade, {}, 3);
  expect(text).toMatch(/= +\S+ {2}\d+ inequalities on incentives, together \(--all lists them\)/);
});

test("without the instance it says how to see the numbers, and what they add up to", async () => {
  const { text } = await explained(trade, {}, undefined, false);
  expect(text).toContain("`mechlp explain INSTANCE ANSWER` lists these numbers.");
  expect(text).toMatch(/0 <= -\S+ \+ outside money/);
});

test("no mechanism does better than one without outside money, for outside money is never negative", async () => {
  const five = { points: 5, placement: "endpoint" } as const;
  const { text } = await explained(bilateralTrade({ buyer: five, seller: five }), {});
  expect(text).toContain("meets every requirement exactly, without outside money.");
  expect(text).toContain("No mechanism does better, for outside money is never negative.");
});

test("a file whose proof is half an answer is not said to be best", async () => {
  const answer = await design(trade, {});
  const half = {
    ...answer,
    problem: answer.problem,
    ...judge(answer.problem, answer.mechanism, undefined),
    multipliers: undefined,
  };
  const unpriced = { ...half, multipliers: { purpose: "bound", alike: false, prices: [] } } as const;
  const file = readAnswerFile(
    parseExactJson([...answerFileText(unpriced, { name: "half", digest: "abc" })].join(""), ""),
  );
  const text = explanationText(file);
  expect(text).toContain(
    "\nNot verified: what follows is what the file claims. `mechlp explain INSTANCE ANSWER` verifies it first.\nUNDECIDED: ",
  );
  expect(text).toContain("Of the least amount no more is proved than that outside money is never negative.");
  expect(text).not.toContain("does better");
});

test("gains of full efficiency need no inequality to prove that there are no larger ones", async () => {
  const { text } = await explained(trade, { objective: "max-gains", ir: "none" });
  expect(text).toContain(
    "At no profile are gains larger than those of the allowed outcome that is worth most",
  );
});

test("a cycle of misreports gains beyond the slack, where there is one", async () => {
  const swapped = parseInstance(
    {
      name: "swapped",
      agents: [
        {
          name: "ann",
          types: ["0", "1"],
          values: {
            byType: [
              [0, 0],
              [0, 1],
            ],
          },
          prior: ["1/2", "1/2"],
        },
      ],
      outcomes: ["no", "yes"],
      allocation: ["yes", "no"],
    },
    "swapped",
  );
  const asks = { allocation: "given", budget: "none" } as const;
  const { text } = await explained(swapped, asks);
  expect(text).toContain("ann: 0 would report 1, 1 would report 0, total gain 1");
  const { text: slack } = await explained(swapped, { ...asks, parameters: { icSlack: "1/4" } });
  expect(slack).toContain("total gain beyond what is allowed 1/2");
});
