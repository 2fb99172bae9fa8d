import { expect, test } from "vitest";
import { knownSoFar } from "../../src/cli/known-so-far.js";
import type { Known } from "../../src/design.js";
import { toRational } from "../../src/number/rational-text.js";
import { defaultQuestion, type Question } from "../../src/question/question.js";

const [zero, half] = [toRational("0"), toRational("1/2")];

test.each([
  [{}, { lower: zero }, "outside money is not negative; no more is known yet"],
  [{}, { lower: half, verdict: "impossible" }, "the optimum, if there is such a mechanism, is at least 1/2"],
  [{}, { lower: zero, upper: half }, "the optimum lies between 0 and 1/2"],
  [{}, { lower: zero, upper: zero, optimum: zero, verdict: "possible" }, "the optimum is 0"],
  [{}, { infeasible: true, verdict: "impossible" }, "no mechanism meets the requirements"],
  [{ objective: "max-gains" }, {}, "no bound of the optimum is known yet"],
  [{ objective: "max-gains" }, { upper: half }, "the optimum, if there is such a mechanism, is at most 1/2"],
  [{ objective: "max-gains" }, { lower: half, verdict: "possible" }, "the optimum is at least 1/2"],
  [{ objective: "feasibility" }, { lower: zero }, "whether there is such a mechanism is not known yet"],
  [{ budget: "none" }, { lower: zero }, "whether there is such a mechanism is not known yet"],
  [
    { objective: "max-surplus", ir: "none", budget: "none" },
    { lower: half, unbounded: true, verdict: "possible" },
    "such mechanisms are known, and their surplus has no bound",
  ],
] as [Partial<Question>, Partial<Known>, string][])("of %j with %j is said: %s", (question, known, words) => {
  const nothing: Known = {
    verdict: "undecided",
    infeasible: false,
    unbounded: false,
    contradiction: undefined,
    lower: undefined,
    upper: undefined,
    optimum: undefined,
    findings: [],
  };
  const said = knownSoFar({ ...defaultQuestion, ...question }, { ...nothing, ...known });
  expect(said.words).toBe(words);
  expect(Object.keys(said.bounds ?? {})).toEqual(
    (["lower", "upper"] as const).filter((side) => known[side] !== undefined),
  );
});

test("bounds are told as all numbers are: exactly, and as a double", () => {
  const known = { verdict: "undecided", lower: zero, upper: half } as Known;
  expect(knownSoFar(defaultQuestion, known).bounds).toEqual({
    lower: { exact: "0", value: 0 },
    upper: { exact: "1/2", value: 0.5 },
  });
});
