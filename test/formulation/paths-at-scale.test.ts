import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";

const trade = (points: number, question: Partial<Question> = {}) =>
  posed(bilateralTrade({ buyer: { points }, seller: { points } }).environment, question);

/** On k >= 5 uniform midpoints a side; the direct program proves it for small k, below. */
const leastSubsidy = (k: number) => Rational.of((k - 1) * (k - 5), 6 * k * k).toString();

test("uniform trade on 5 to 10 midpoints costs (k - 1)(k - 5) / 6k^2, by paths as by the direct program", async () => {
  for (const k of [5, 6, 7, 8, 9, 10]) {
    for (const formulation of ["direct", "paths"] as const) {
      const { optimum } = await designFor(trade(k), { formulation });
      expect(`${optimum}`, `${formulation} at ${k}`).toBe(leastSubsidy(k));
    }
  }
});

test("the same formula holds with 200 types a side, ties left to the design and proven by paths alone", async () => {
  const design = await designFor(trade(200));
  expect(design.formulation).toBe("paths");
  expect(design.verdict).toBe("impossible");
  expect(`${design.optimum}`).toBe(leastSubsidy(200));
});

test("and with 1,000 types a side, a million profiles, in little more memory than the answer needs", async () => {
  const problem = trade(1000);
  const before = process.memoryUsage();
  const design = await designFor(problem);
  const after = process.memoryUsage();
  expect(`${design.optimum}`).toBe(leastSubsidy(1000));
  // A table of one double for each profile alone would be 8 MB, one of fractions more than 100 MB.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8e6);
  expect(after.rss - before.rss).toBeLessThan(100e6);
});

test("traders who may leave at every profile cost no more where the budget is asked in expectation", async () => {
  for (const balance of ["exact", "no-deficit"] as const) {
    const design = await designFor(trade(1000, { ir: "ex-post", budget: "ex-ante", balance }));
    expect(design.formulation).toBe("paths");
    expect(`${design.optimum}`).toBe(leastSubsidy(1000));
    const participation = design.findings.find(({ requirement }) => requirement === "ex post IR")!;
    expect(participation).toMatchObject({ holds: true, requirements: 2e6 });
  }
});

test("breaking ties in favour of trade costs more: the best ties are part of the answer", async () => {
  const last = await designFor(trade(200, { ties: "last" }));
  const first = await designFor(trade(200, { ties: "first" }));
  expect(`${first.optimum}`).toBe(leastSubsidy(200));
  expect(last.optimum!.compare(first.optimum!)).toBe(1);
});

test("the largest surplus that a monopolist of trade can extract needs no linear program", async () => {
  for (const k of [6, 60]) {
    const question = { objective: "max-surplus", budget: "none" } as const;
    const { optimum, formulation } = await designFor(trade(k, question), {
      formulation: k < 10 ? "direct" : undefined,
    });
    expect(formulation).toBe(k < 10 ? "direct" : "paths");
    // Without a budget the largest surplus is minus the subsidy of efficient trade.
    expect(`${optimum?.negate()}`).toBe(leastSubsidy(k));
  }
});
