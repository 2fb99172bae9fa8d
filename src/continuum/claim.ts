import { Rational } from "../number/rational.js";
import { isMaximised, type Question } from "../question/question.js";
import type { Bracket } from "./method.js";

/** What an answer about continuous types says; a certificate proves it. The fields mean what they mean of a grid's answer. */
export interface ContinuumClaim {
  readonly verdict: "possible" | "impossible" | "undecided";
  readonly infeasible: boolean;
  readonly contradiction: Rational | undefined;
  readonly unbounded: boolean;
  readonly lower: Rational | undefined;
  readonly upper: Rational | undefined;
  /** The optimum where both ends agree. */
  readonly optimum: Rational | undefined;
}

/** What is known where nothing has been proved: outside money is not negative. */
export function nothingProved(question: Question): Bracket {
  return isMaximised(question) ? {} : { lower: Rational.ZERO };
}

/**
 * The verdict of a bracket. Where outside money is counted, or asked to be none, *impossible* is a positive lower end, *possible* an
 * upper end of 0. Of surplus and gains *possible* is a lower end, for a mechanism attains it.
 */
export function claimOf(question: Question, { lower, upper, contradiction }: Bracket): ContinuumClaim {
  if (lower && upper && lower.compare(upper) > 0)
    throw new Error(`the bracket from ${lower} to ${upper} has no inside: this is a bug`);
  const infeasible = contradiction !== undefined && contradiction.sign > 0;
  return {
    verdict: verdictOf(question, infeasible, lower, upper),
    infeasible,
    contradiction: infeasible ? contradiction : undefined,
    unbounded: false,
    lower,
    upper,
    optimum: lower && upper?.equals(lower) ? lower : undefined,
  };
}

function verdictOf(
  question: Question,
  infeasible: boolean,
  lower: Rational | undefined,
  upper: Rational | undefined,
): ContinuumClaim["verdict"] {
  if (infeasible) return "impossible";
  if (isMaximised(question)) return lower ? "possible" : "undecided";
  if (lower && lower.sign > 0) return "impossible";
  return upper && upper.sign <= 0 ? "possible" : "undecided";
}
