import { expect, test } from "vitest";
import { glpk } from "../../src/glpk.js";
import { bilateralTrade, design, highs, InputError, type Solver } from "../../src/index.js";
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
