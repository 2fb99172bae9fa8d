import type { Judgement } from "../kernel/judgement.js";
import type { Rational } from "../number/rational.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
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
  if (infeasible) return `no mechanism meets these requirements${infeasibleWith(question)}`;
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
      return question.budget === "none"
        ? "such a mechanism exists; where its money comes from is not asked."
        : "such a mechanism exists, without any outside money.";
  }
}

/** What was allowed in vain. */
function infeasibleWith(question: Question): string {
  if (question.budget === "none") return ", whatever it costs.";
  if (allowsSubsidy(question)) return ", with any amount of outside money.";
  return " without outside money; `solve --objective min-subsidy` tells whether any amount would do, and how much.";
}

/** What proves the verdict, or what is left open. */
export function proofText(
  question: Question,
  { infeasible, unbounded, optimum }: Pick<Judgement, "infeasible" | "unbounded" | "optimum">,
  shortfall: string | undefined,
): string {
  if (infeasible) return "Proved: multipliers on the requirements contradict each other, exactly.";
  if (unbounded)
    return "Proved: the mechanism meets every requirement, exactly, and still does when an agent is charged more at every profile.";
  if (!optimum) return `Not settled exactly${shortfall ? `: ${shortfall}` : ""}.`;
  // Less than nothing is not to be had, so nothing more is to be proved.
  if (!isMaximised(question) && optimum.isZero)
    return `Proved: the mechanism meets every requirement, exactly${allowsSubsidy(question) ? ", without outside money" : ""}.`;
  return "Proved: the mechanism attains the optimum and multipliers bound it by the same fraction.";
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
