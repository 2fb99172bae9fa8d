import { expect, test } from "vitest";
import { glpk } from "../../src/glpk.js";
import {
  answerFileText,
  bilateralTrade,
  type Design,
  design,
  environmentDigest,
  highs,
  InputError,
  type Solver,
  verifyAnswer,
} from "../../src/index.js";
import { jslp } from "../../src/jslp.js";

const trade = bilateralTrade({ buyer: { points: 6 }, seller: { points: 6 } });

test.each([
  ["highs", undefined],
  ["highs", highs],
  ["glpk", glpk],
  ["jslp", jslp],
])("%s proposes where it is given, and the exact answer is the same", async (name, solver) => {
  const answer = await design(trade, {}, { solver, formulation: "direct" });
  expect(answer.solver?.name).toBe(name);
  expect([answer.verdict, String(answer.optimum)]).toEqual(["impossible", "5/216"]);
});

test("a name in place of a solver is refused with where solvers come from", async () => {
  const attempt = design(trade, {}, { solver: "glpk" as unknown as Solver });
  await expect(attempt).rejects.toBeInstanceOf(InputError);
  await expect(attempt).rejects.toThrow(/solver: "glpk"; expected .* glpk of "mechlp\/glpk"/);
});

test("an answer file says which solver proposed, and its version, where one was asked; it verifies either way", async () => {
  const digest = environmentDigest(trade.environment);
  const fileOf = (answer: Design) =>
    JSON.parse([...answerFileText(answer, { name: "trade", digest })].join(""));
  const proposed = fileOf(await design(trade, {}, { solver: jslp, formulation: "direct" }));
  const unasked = fileOf(await design(trade, {}, { formulation: "paths" }));
  expect(proposed.solver).toEqual({ name: "jslp", version: expect.stringMatching(/^\d+\.\d+/) });
  expect("solver" in unasked).toBe(false);
  for (const file of [proposed, unasked]) {
    expect(verifyAnswer(file, trade)).toMatchObject({ verified: true });
  }
});
