import { bilateralTrade } from "../models/index.js";
import { type Design, designFor } from "../src/design.js";
import { EfficientRows } from "../src/engine/passes/efficient-rows.js";
import type { Environment } from "../src/environment/environment.js";
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

/** The tightest pass that we could write: two outcomes, flat arrays, one addition and one comparison a profile. */
export async function tightPass(environment: Environment): Promise<number> {
  const { ms, value } = await timed(() => {
    const rows = EfficientRows.of(environment)!;
    let count = 0;
    for (let row = 0; row < rows.rowCount; row++) {
      rows.fill(row);
      for (let b = 0; b < rows.rowLength; b++) count += rows.outcome[b];
    }
    return count;
  });
  if (!Number.isFinite(value)) throw new Error("the rule never trades");
  return ms;
}
