import { asked, type Problem } from "./problem.js";

/**
 * The problem with interim IR in place of ex post IR, where the latter asks no more: with an independent prior and no ex post
 * budget, types can gain the same at all profiles. Ex post IR implies interim IR, so what bounds every mechanism with the latter
 * bounds those with the former. Other problems as they are.
 */
export function inExpectation(problem: Problem): Problem {
  const { question } = problem;
  if (question.ir !== "ex-post" || question.budget === "ex-post") return problem;
  return asked(problem, { ir: "interim" });
}
