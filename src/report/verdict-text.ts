import type { Judgement } from "../kernel/judgement.js";
import type { Rational } from "../number/rational.js";
import type { Question } from "../question/question.js";
import { numberText } from "./number-text.js";

/** The verdict as a headline: one word, and the sentence that says what it means here. */
export function verdictText(question: Question, judgement: Judgement): { word: string; sentence: string } {
  const word = judgement.verdict.toUpperCase();
  return { word, sentence: sentence(question, judgement) };
}

function sentence(
  question: Question,
  { verdict, infeasible, unbounded, lower, upper, optimum }: Judgement,
): string {
  const where = question.objective === "min-worst-subsidy" ? "in the worst case" : "in expectation";
  if (infeasible) return "no mechanism meets these requirements, with any amount of outside money.";
  if (verdict === "undecided")
    return `the optimum lies ${between(lower, upper)}; that does not settle the question.`;
  if (verdict === "impossible") {
    if (optimum) return `every such mechanism needs outside money: at least ${numberText(optimum)} ${where}.`;
    return `every such mechanism needs outside money ${where}; the least amount lies ${between(lower, upper)}.`;
  }
  if (unbounded) return "such mechanisms exist, and their surplus has no bound.";
  switch (question.objective) {
    case "max-surplus":
      return `such mechanisms exist; the largest expected surplus ${isOrLies(optimum, lower, upper)}.`;
    case "max-gains":
      return `such mechanisms exist; the largest expected gains ${optimum ? "are" : "lie"} ${optimum ? numberText(optimum) : between(lower, upper)}.`;
    default:
      return "such a mechanism exists, without any outside money.";
  }
}

function isOrLies(
  optimum: Rational | undefined,
  lower: Rational | undefined,
  upper: Rational | undefined,
): string {
  return optimum ? `is ${numberText(optimum)}` : `lies ${between(lower, upper)}`;
}

function between(lower: Rational | undefined, upper: Rational | undefined): string {
  if (lower && upper) return `between ${numberText(lower)} and ${numberText(upper)}`;
  if (lower) return `at or above ${numberText(lower)}`;
  return upper ? `at or below ${numberText(upper)}` : "anywhere";
}
