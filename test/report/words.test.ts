import { describe, expect, test } from "vitest";
import type { Judgement } from "../../src/kernel/judgement.js";
import { toRational } from "../../src/number/rational-text.js";
import { defaultQuestion, type Question } from "../../src/question/question.js";
import { decimalText, numberText, percentText } from "../../src/report/number-text.js";
import { questionText } from "../../src/report/question-text.js";
import { proofText, verdictText } from "../../src/report/verdict-text.js";

describe("a number for a reader", () => {
  test.each([
    ["3/40", "3/40 = 0.075"],
    ["11/720", "11/720 ≈ 0.01527778"],
    ["-1/3", "-1/3 ≈ -0.3333333"],
    ["2", "2"],
    ["0", "0"],
    [`1/${3n ** 60n}`, "≈ 2.358982e-29"],
  ])("%s is %s", (value, text) => {
    expect(numberText(toRational(value))).toBe(text);
  });

  test("decimals have seven digits, shares three", () => {
    expect(decimalText(toRational("123456789/1000"))).toBe("≈123456.8");
    expect(percentText(toRational("1/36"), toRational("7/36"))).toBe("≈14.3%");
    expect(percentText(toRational("0"), toRational("1"))).toBe("0%");
  });

  test.each([
    ["3/40", "0.075"],
    ["1/3", "≈0.3333333"],
    ["-2/3", "≈-0.6666667"],
    ["12345678", "≈12345680"],
    ["1/100000000", "1e-8"],
    ["1/1024", "0.0009765625"],
  ])("a cell shows %s as %s: rounded cells say so, and no other", (value, text) => {
    expect(decimalText(toRational(value))).toBe(text);
  });
});

describe("a question in words", () => {
  test("names every requirement by its field's name, and no absent one", () => {
    expect(questionText(defaultQuestion)).toEqual([
      "Wanted: an efficient mechanism (ties left to the design) in which",
      "  - telling the truth pays in expectation when the others tell it (Bayesian incentive compatibility)",
      "  - no type of any agent loses in expectation (interim individual rationality)",
      "  - payments and outside money cover the cost exactly, at every profile (ex post budget)",
      "How little outside money does it need in expectation?",
    ]);
    expect(
      questionText({
        ...defaultQuestion,
        ic: "none",
        ir: "none",
        budget: "ex-ante",
        balance: "no-deficit",
        allocation: "free",
        objective: "max-gains",
      }),
    ).toEqual([
      "Wanted: a mechanism that may choose any outcome in which",
      "  - payments cover the cost at least, in expectation (ex ante budget)",
      "How large can the expected gains be?",
    ]);
    expect(
      questionText({
        ...defaultQuestion,
        ic: "none",
        ir: "none",
        budget: "none",
        allocation: "given",
        objective: "feasibility",
      }),
    ).toEqual(["Wanted: a mechanism with the instance's own rule.", "Is there one, whatever it costs?"]);
  });
});

describe("a verdict in a sentence", () => {
  const said = (question: Partial<Question>, judgement: Partial<Judgement>) => {
    const { word, sentence } = verdictText(
      { ...defaultQuestion, ...question },
      {
        verdict: "possible",
        infeasible: false,
        unbounded: false,
        findings: [],
        contradiction: undefined,
        lower: undefined,
        upper: undefined,
        optimum: undefined,
        ...judgement,
      },
    );
    return `${word}: ${sentence}`;
  };
  const [zero, quarter, half] = ["0", "1/4", "1/2"].map(toRational);

  test.each([
    [{}, {}, "POSSIBLE: such a mechanism exists, without any outside money."],
    [{ objective: "min-worst-subsidy" }, {}, "POSSIBLE: such a mechanism exists, without any outside money."],
    [
      {},
      { verdict: "impossible", optimum: zero, lower: zero, upper: zero },
      "IMPOSSIBLE: every such mechanism needs outside money at some profile; where the probability is zero is enough, so that none is needed in expectation.",
    ],
    [
      {},
      { verdict: "impossible", lower: zero, upper: half },
      "IMPOSSIBLE: every such mechanism needs outside money at some profile; the least amount in expectation lies between 0 and 1/2 = 0.5.",
    ],
    [
      {},
      { verdict: "undecided", optimum: zero, lower: zero, upper: zero },
      "UNDECIDED: such a mechanism exists, without outside money at any profile of positive probability; whether one exists without any is left open.",
    ],
    [
      {},
      { verdict: "impossible", optimum: half, lower: half, upper: half },
      "IMPOSSIBLE: every such mechanism needs outside money: at least 1/2 = 0.5 in expectation.",
    ],
    [
      { objective: "min-worst-subsidy" },
      { verdict: "impossible", lower: quarter, upper: half },
      "IMPOSSIBLE: every such mechanism needs outside money in the worst case; the least amount lies between 1/4 = 0.25 and 1/2 = 0.5.",
    ],
    [
      {},
      { verdict: "impossible", infeasible: true },
      "IMPOSSIBLE: no mechanism meets these requirements, with any amount of outside money.",
    ],
    ...(["feasibility", "max-surplus", "max-gains"] as const).map((objective) => [
      { objective },
      { verdict: "impossible", infeasible: true },
      "IMPOSSIBLE: no mechanism meets these requirements without outside money; `solve --objective min-subsidy` tells whether any amount would do, and how much.",
    ]),
    [
      { budget: "none" },
      { verdict: "impossible", infeasible: true },
      "IMPOSSIBLE: no mechanism meets these requirements, whatever it costs.",
    ],
    [{ budget: "none" }, {}, "POSSIBLE: such a mechanism exists; where its money comes from is not asked."],
    [
      {},
      { verdict: "undecided" },
      "UNDECIDED: whether there is such a mechanism, with outside money or without, is left open.",
    ],
    [
      {},
      { verdict: "undecided", lower: toRational("0"), upper: half },
      "UNDECIDED: such mechanisms exist with outside money; the least amount in expectation lies between 0 and 1/2 = 0.5, so whether any is needed is left open.",
    ],
    [
      { objective: "min-worst-subsidy" },
      { verdict: "impossible", lower: half },
      "IMPOSSIBLE: every such mechanism needs outside money: at least 1/2 = 0.5 in the worst case; whether any amount is enough is left open.",
    ],
    [
      { objective: "feasibility" },
      { verdict: "undecided", lower: toRational("0") },
      "UNDECIDED: whether there is such a mechanism is left open.",
    ],
    [
      { objective: "feasibility" },
      { verdict: "undecided", lower: half },
      "UNDECIDED: no mechanism meets these requirements without outside money; `solve --objective min-subsidy` tells whether any amount would do, and how much.",
    ],
    [
      { objective: "max-gains" },
      { verdict: "undecided", upper: half },
      "UNDECIDED: whether there is such a mechanism is left open; if there is, the largest expected gains are at most 1/2 = 0.5.",
    ],
    [
      { objective: "max-surplus" },
      { optimum: half },
      "POSSIBLE: such mechanisms exist; the largest expected surplus is 1/2 = 0.5.",
    ],
    [
      { objective: "max-surplus" },
      { unbounded: true },
      "POSSIBLE: such mechanisms exist, and their surplus has no bound.",
    ],
    [
      { objective: "max-gains" },
      { optimum: half },
      "POSSIBLE: such mechanisms exist; the largest expected gains are 1/2 = 0.5.",
    ],
    [
      { objective: "max-gains" },
      { lower: quarter },
      "POSSIBLE: such mechanisms exist; the largest expected gains lie at or above 1/4 = 0.25.",
    ],
  ] as [Partial<Question>, Partial<Judgement>, string][])("%j, %j", (question, judgement, sentence) => {
    expect(said(question, judgement)).toBe(sentence);
  });
});

describe("what proves a verdict", () => {
  const zero = toRational("0");
  test.each([
    [{}, { infeasible: true }, "Proved: multiples of the requirements add up to a contradiction, exactly."],
    [
      { objective: "feasibility" },
      { optimum: zero },
      "Proved: the mechanism meets every requirement, exactly.",
    ],
    [{}, { optimum: zero }, "Proved: the mechanism meets every requirement, exactly, without outside money."],
    [
      {},
      { verdict: "undecided", optimum: zero },
      "Proved: the mechanism meets every requirement, exactly, without outside money at any profile of positive probability.",
    ],
    [
      {},
      { verdict: "impossible", optimum: zero },
      "Proved: the mechanism meets every requirement, exactly, without outside money at any profile of positive probability; without any, multiples of the requirements add up to a contradiction, exactly.",
    ],
    [
      {},
      { optimum: toRational("1/2") },
      "Proved: the mechanism attains the optimum and multipliers bound it by the same fraction.",
    ],
    [
      { objective: "max-surplus", ir: "none", budget: "none" },
      { unbounded: true },
      "Proved: the mechanism meets every requirement, exactly, and still does when an agent is charged more at every profile.",
    ],
    [{}, {}, "Not settled exactly: time ran out."],
  ] as [Partial<Question>, Partial<Judgement>, string][])(
    "%j, %j is proved",
    (question, judgement, sentence) => {
      const all = {
        verdict: "possible" as const,
        infeasible: false,
        unbounded: false,
        optimum: undefined,
        ...judgement,
      };
      expect(proofText({ ...defaultQuestion, ...question }, all, "time ran out")).toBe(sentence);
    },
  );
});
