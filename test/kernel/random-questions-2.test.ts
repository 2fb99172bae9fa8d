import { expect, test } from "vitest";
import { askRandomQuestions } from "./random-questions.js";

const FIRST = 1001;
const COUNT = Number(process.env["COUNT"] ?? 100);

test(`random questions from seed ${FIRST}: three solvers, one exact answer, all verified, none undecided`, async () => {
  const tally = await askRandomQuestions(FIRST, COUNT);
  console.log(`random questions, seeds ${FIRST} to ${FIRST + COUNT - 1}: ${JSON.stringify(tally)}`);
  expect(tally["highs"]).toBe(COUNT);
  for (const outcome of ["possible", "impossible", "infeasible", "unbounded", "glpk", "jslp"]) {
    expect(tally[outcome], outcome).toBeGreaterThan(0);
  }
}, 600_000);
