import { bilateralTrade } from "../models/index.js";
import { type Design, designFor } from "../src/design.js";
import { type Problem, posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { timed } from "./comparison.js";

/** Uniform trade with `points` midpoints a side. */
export function trade(points: number, question: Partial<Question> = {}): Problem {
  return posed(bilateralTrade({ buyer: { points }, seller: { points } }).environment, question);
}

/** From a problem to its proven answer; throws where it is not proven, or by another formulation. */
export async function proven(problem: Problem, formulation: string): Promise<{ ms: number; design: Design }> {
  const { ms, value: design } = await timed(() => designFor(problem));
  if (design.formulation !== formulation) throw new Error(`${design.formulation} instead of ${formulation}`);
  if (!design.optimum) throw new Error(`no proven optimum by ${formulation}`);
  return { ms, design };
}

/** A pass that evaluates the rule at every profile, as the library gives it, and counts. */
export async function rulePass({ environment, allowed }: Problem): Promise<number> {
  const { ms, value } = await timed(() => {
    let count = 0;
    for (let s = 0; s < environment.profiles.count; s++) count += allowed.outcomes(s)[0];
    return count;
  });
  if (!(value > 0)) throw new Error("the rule never trades");
  return ms;
}
