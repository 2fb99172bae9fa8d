import type { Multipliers } from "../certificate/multipliers.js";
import type { Rational } from "../number/rational.js";
import { asked, type Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import { areAlike } from "../space/space.js";
import { lagrangianBound } from "./lagrangian.js";
import { Refuted } from "./refuted.js";
import { separableBound } from "./separable-bound.js";

/**
 * What multipliers prove about every mechanism that meets a problem's requirements: a lower bound of the objective (of its
 * negative where it is maximised), or, for prices that no mechanism can meet, or none without outside money, a number that would
 * have to be at most 0.
 * Throws Refuted where they prove nothing.
 */
export function boundOf(problem: Problem, multipliers: Multipliers): Rational {
  if (multipliers.alike && !areAlike(problem.environment))
    throw new Refuted("the multipliers are for alike agents, which these are not");
  const about = multipliers.purpose === "money" ? withoutMoney(problem) : problem;
  return isSeparable(about, multipliers)
    ? separableBound(about, multipliers)
    : lagrangianBound(about, multipliers);
}

function withoutMoney(problem: Problem): Problem {
  if (!allowsSubsidy(problem.question))
    throw new Refuted("the multipliers are about outside money, which is not allowed");
  return asked(problem, { objective: "feasibility" });
}

function isSeparable({ environment }: Problem, { prices }: Multipliers): boolean {
  if (environment.prior.kind !== "independent" || !environment.hasPrivateValues) return false;
  return prices.every((block) => {
    if (block.kind === "paths") return false;
    if (block.kind !== "list" || block.on !== "incentive") return true;
    for (const { profile } of block.entries) if (profile !== undefined) return false;
    return true;
  });
}
