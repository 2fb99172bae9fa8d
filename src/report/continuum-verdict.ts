import type { ContinuumClaim } from "../continuum/claim.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
import { numberText } from "./number-text.js";
import { bracketText, endText } from "./outward-text.js";

/** The verdict about continuous types as a headline: one word, and the sentence that says what it means here. */
export function continuumVerdict(
  question: Question,
  claim: ContinuumClaim,
): { word: string; sentence: string } {
  return { word: claim.verdict.toUpperCase(), sentence: sentence(question, claim) };
}

function sentence(question: Question, claim: ContinuumClaim): string {
  if (claim.infeasible)
    return `${NONE}: with it they would need at least ${endText({ lower: claim.contradiction }, "lower")} in expectation.`;
  if (isMaximised(question)) return largest(question, claim);
  return allowsSubsidy(question) ? least(question, claim) : existence(question, claim);
}

const NONE = "no mechanism meets these requirements without outside money";
const OPEN = "whether there is such a mechanism is left open";

/** Of surplus or gains: the lower end is what a mechanism attains. */
function largest({ objective }: Question, { lower, upper, optimum }: ContinuumClaim): string {
  const [what, is, lies] =
    objective === "max-surplus"
      ? ["the largest expected surplus", "is", "lies"]
      : ["the largest expected gains", "are", "lie"];
  if (optimum) return `such mechanisms exist; ${what} ${is} ${numberText(optimum)}.`;
  if (lower && upper) return `such mechanisms exist; ${what} ${lies} ${bracketText({ lower, upper })}.`;
  if (lower)
    return `such mechanisms exist, with expected ${objective === "max-surplus" ? "surplus" : "gains"} of ${bracketText({ lower })}.`;
  return upper ? `${OPEN}; if there is, ${what} ${is} ${bracketText({ upper })}.` : `${OPEN}.`;
}

/** Of outside money, where it is allowed. */
function least(question: Question, { verdict, lower, upper, optimum }: ContinuumClaim): string {
  const where = question.objective === "min-worst-subsidy" ? "in the worst case" : "in expectation";
  if (verdict === "possible") return "such a mechanism exists, without any outside money.";
  if (verdict === "impossible") {
    const needed = "every such mechanism needs outside money";
    if (optimum) return `${needed}: at least ${numberText(optimum)} ${where}.`;
    return upper
      ? `${needed} ${where}; the least amount lies ${bracketText({ lower, upper })}.`
      : `${needed}: ${bracketText({ lower })} ${where}; whether any amount is enough is left open.`;
  }
  if (!upper) return "whether there is such a mechanism, with outside money or without, is left open.";
  return `such mechanisms exist with outside money; the least amount ${where} is at most ${endText({ lower, upper }, "upper")}, so whether any is needed is left open.`;
}

/** Where nothing but the existence of a mechanism is asked: the bracket is of the outside money that it would need. */
function existence(question: Question, { verdict, lower, upper }: ContinuumClaim): string {
  if (verdict === "possible")
    return question.budget === "none"
      ? "such a mechanism exists; where its money comes from is not asked."
      : "such a mechanism exists, without any outside money.";
  if (verdict === "impossible")
    return `${NONE}: with it they would need ${bracketText({ lower })} in expectation.`;
  return upper
    ? `${OPEN}; with outside money of ${bracketText({ upper })} in expectation there is one.`
    : `${OPEN}.`;
}
