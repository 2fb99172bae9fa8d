import { expect } from "vitest";
import { direct } from "../../src/formulation/direct.js";
import type { Formulation } from "../../src/formulation/formulation.js";
import { surplusIsUnbounded } from "../../src/kernel/judgement.js";
import type { Problem } from "../../src/question/problem.js";
import { resolved } from "./resolved.js";

/** How the answers came out, and by which question. */
export type Tally = Record<string, number>;

/**
 * Solves a problem by a formulation and directly. Both answers must be the same exact fraction, or infeasibility, and the
 * formulation's mechanism and multipliers must stand before the kernel by themselves.
 * Counts the answer in the tally; does nothing where the formulation does not apply.
 */
export async function compareWithDirect(
  problem: Problem,
  formulation: Formulation,
  tally: Tally,
  label: string,
): Promise<void> {
  const { question } = problem;
  if (surplusIsUnbounded(problem) || formulation.obstacle(problem) !== undefined) return;
  const tell = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  const expected = await answerOf(problem, direct, label);
  const found = await answerOf(problem, formulation, label);
  expect(found, label).toBe(expected);
  tell("applied");
  tell(expected === "infeasible" ? "infeasible" : expected === "0" ? "zero" : "not zero");
  tell(`IC ${question.ic}`);
  tell(`IR ${question.ir}`);
  tell(`budget ${question.budget} ${question.budget === "none" ? "" : question.balance}`.trim());
  tell(question.objective);
}

/** The optimum as a fraction, proved by a mechanism and multipliers; or "infeasible". */
export async function answerOf(problem: Problem, formulation: Formulation, label: string): Promise<string> {
  const { optimum, infeasible, shortfall, findings } = await resolved(formulation, problem);
  const where = `${label}, ${formulation.name}`;
  expect(shortfall, where).toBe(undefined);
  expect(
    findings.filter(({ holds }) => !holds),
    where,
  ).toEqual([]);
  if (infeasible) return "infeasible";
  expect(optimum, where).toBeDefined();
  return `${optimum}`;
}
