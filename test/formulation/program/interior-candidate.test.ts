import { expect, test } from "vitest";
import { correlatedPair } from "../../../models/index.js";
import { BestKnown, type Known } from "../../../src/best-known.js";
import { designFor } from "../../../src/design.js";
import { directProgram } from "../../../src/formulation/direct.js";
import { interiorCandidate } from "../../../src/formulation/program/interior-candidate.js";
import { boundOf } from "../../../src/kernel/bound.js";
import { Refuted } from "../../../src/kernel/refuted.js";
import { toFloatProgram } from "../../../src/lp/float-program.js";
import { posed } from "../../../src/question/problem.js";
import { solverByName } from "../../../src/solver/registry.js";

const trade = correlatedPair({ situation: "trade", grid: { points: 6 }, correlation: "1/4" });

test("the duals of an interior point, repaired, prove a bound next to the optimum of correlated traders", async () => {
  const problem = posed(trade.environment, { ir: "ex-post" });
  const { optimum } = await designFor(problem, { formulation: "direct" });
  const formulation = directProgram(problem);
  const floats = toFloatProgram(formulation.program);
  const candidate = await interiorCandidate(formulation, floats, solverByName("highs"), {});
  expect(() => boundOf(problem, candidate!.multipliers!)).toThrow(Refuted);
  const steps: Known[] = [];
  const known = new BestKnown(problem, (step) => steps.push(step));
  known.offer(candidate!);
  expect(steps.map(({ verdict }) => verdict)).toEqual(["undecided", "impossible"]);
  const { lower } = known.answer;
  expect(lower!.compare(optimum!)).toBeLessThan(0);
  expect(optimum!.subtract(lower!).toNumber()).toBeLessThan(1e-6);
});

test("other solvers have no interior point to offer", async () => {
  const problem = posed(trade.environment, { ir: "ex-post" });
  const formulation = directProgram(problem);
  const floats = toFloatProgram(formulation.program);
  expect(await interiorCandidate(formulation, floats, solverByName("jslp"), {})).toBeUndefined();
});
