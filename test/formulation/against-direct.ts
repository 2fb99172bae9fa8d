import { expect } from "vitest";
import { direct } from "../../src/formulation/direct.js";
import type { Formulation } from "../../src/formulation/formulation.js";
import { objectiveOf } from "../../src/problem/objective.js";
import type { Problem } from "../../src/problem/problem.js";
import { auditRequirements } from "../../src/problem/requirements.js";
import { surplusIsUnbounded } from "../../src/proof/judgement.js";
import { lagrangianBound } from "../../src/proof/weak-duality.js";
import { highsSolver } from "../../src/solver/highs.js";

/** How the answers came out, and by which question. */
export type Tally = Record<string, number>;

/**
 * Solves a problem by a formulation and directly. Both answers must be the same exact fraction, or infeasibility, and the
 * formulation's mechanism and multipliers must pass the plain audit and the plain weak-duality bound by themselves.
 * Counts the answer in the tally; does nothing where the formulation does not apply.
 */
export async function compareWithDirect(
  problem: Problem,
  formulation: Formulation,
  tally: Tally,
  label: string,
): Promise<void> {
  const { question } = problem;
  if (surplusIsUnbounded(question) || formulation.obstacle(problem) !== undefined) return;
  const tell = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  const expected = await plainlyJudged(problem, direct, label);
  const found = await plainlyJudged(problem, formulation, label);
  expect(found, label).toBe(expected);
  tell("applied");
  tell(expected === "infeasible" ? "infeasible" : expected === "0" ? "zero" : "not zero");
  tell(`IC ${question.ic}`);
  tell(`IR ${question.ir}`);
  tell(`budget ${question.budget} ${question.budget === "none" ? "" : question.balance}`.trim());
  tell(question.objective);
}

/** The optimum as a fraction, in the sense of a minimum, proved by a mechanism and multipliers; or "infeasible". */
export async function plainlyJudged(
  problem: Problem,
  formulation: Formulation,
  label: string,
): Promise<string> {
  const { mechanism, multipliers, shortfall } = await formulation.resolve(problem, highsSolver, {});
  const where = `${label}, ${formulation.name}`;
  expect(shortfall, where).toBe(undefined);
  expect(multipliers, where).toBeDefined();
  const bound = lagrangianBound(problem, multipliers!);
  if (multipliers!.purpose === "infeasibility") {
    expect(bound.sign, where).toBe(1);
    return "infeasible";
  }
  const broken = auditRequirements(problem, mechanism!).filter((finding) => !finding.holds);
  expect(broken, where).toEqual([]);
  const attained = objectiveOf(problem, mechanism!);
  const maximised = question(problem);
  expect(`${maximised ? attained.negate() : attained}`, where).toBe(`${bound}`);
  return `${bound}`;
}

function question({ question: { objective } }: Problem): boolean {
  return objective === "max-surplus" || objective === "max-gains";
}
