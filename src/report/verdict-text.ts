import type { Multipliers } from "../certificate/multipliers.js";
import type { Judgement } from "../kernel/judgement.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
import { numberText } from "./number-text.js";

type Bounds = Pick<Judgement, "lower" | "upper" | "optimum">;

/** The verdict as a headline: one word, and the sentence that says what it means here. */
export function verdictText(question: Question, judgement: Judgement): { word: string; sentence: string } {
  const word = judgement.verdict.toUpperCase();
  return { word, sentence: sentence(question, judgement) };
}

function sentence(question: Question, judgement: Judgement): string {
  const { infeasible, unbounded } = judgement;
  if (infeasible) return noneExists(question);
  if (unbounded) return "such mechanisms exist, and their surplus has no bound.";
  if (isMaximised(question)) return largest(question, judgement);
  return allowsSubsidy(question) ? least(question, judgement) : existence(question, judgement);
}

/** That there is none, and what was allowed in vain. */
function noneExists(question: Question): string {
  const none = "no mechanism meets these requirements";
  if (question.budget === "none") return `${none}, whatever it costs.`;
  if (allowsSubsidy(question)) return `${none}, with any amount of outside money.`;
  return `${none} without outside money; \`solve --objective min-subsidy\` tells whether any amount would do, and how much.`;
}

/** Where nothing but the existence of a mechanism is asked. */
function existence(question: Question, { verdict, lower }: Judgement): string {
  if (verdict === "possible") {
    return question.budget === "none"
      ? "such a mechanism exists; where its money comes from is not asked."
      : "such a mechanism exists, without any outside money.";
  }
  // A bound above what the objective always is, which is nothing, leaves no room for any mechanism.
  return lower && lower.sign > 0 ? noneExists(question) : `${OPEN}.`;
}

const OPEN = "whether there is such a mechanism is left open";

/** Of outside money, where it is allowed. */
function least(question: Question, judgement: Judgement): string {
  const { verdict, lower, upper, optimum } = judgement;
  const where = question.objective === "min-worst-subsidy" ? "in the worst case" : "in expectation";
  if (verdict === "possible") return "such a mechanism exists, without any outside money.";
  if (verdict === "impossible") {
    const needed = "every such mechanism needs outside money";
    if (optimum?.isZero)
      return `${needed} at some profile; where the probability is zero is enough, so that none is needed ${where}.`;
    if (lower?.isZero)
      return `${needed} at some profile${upper ? `; the least amount ${where} lies ${between(lower, upper)}` : ""}.`;
    if (optimum) return `${needed}: at least ${numberText(optimum)} ${where}.`;
    return upper
      ? `${needed} ${where}; the least amount lies ${between(lower, upper)}.`
      : `${needed}: at least ${numberText(lower!)} ${where}; whether any amount is enough is left open.`;
  }
  if (optimum)
    return "such a mechanism exists, without outside money at any profile of positive probability; whether one exists without any is left open.";
  if (!upper) return "whether there is such a mechanism, with outside money or without, is left open.";
  return `such mechanisms exist with outside money; the least amount ${where} lies ${between(lower, upper)}, so whether any is needed is left open.`;
}

/** Of surplus or gains. */
function largest({ objective }: Question, { verdict, lower, upper, optimum }: Judgement): string {
  const [what, is, lies] =
    objective === "max-surplus"
      ? ["the largest expected surplus", "is", "lies"]
      : ["the largest expected gains", "are", "lie"];
  if (verdict === "possible") {
    const amount = optimum ? `${is} ${numberText(optimum)}` : `${lies} ${between(lower, upper)}`;
    return `such mechanisms exist; ${what} ${amount}.`;
  }
  return upper ? `${OPEN}; if there is, ${what} ${is} at most ${numberText(upper)}.` : `${OPEN}.`;
}

function between(lower: Bounds["lower"], upper: Bounds["upper"]): string {
  if (lower && upper) return `between ${numberText(lower)} and ${numberText(upper)}`;
  return lower ? `at or above ${numberText(lower)}` : `at or below ${numberText(upper!)}`;
}

/** What the optimum is called beside its figure; undefined where there is none that says anything. */
export function optimumLabel(question: Question): string | undefined {
  if (!isMaximised(question) && !allowsSubsidy(question)) return undefined;
  return {
    feasibility: undefined,
    "min-subsidy": "minimal expected subsidy",
    "min-worst-subsidy": "minimal worst-case subsidy",
    "max-surplus": "maximal expected surplus",
    "max-gains": "maximal expected gains",
  }[question.objective];
}

/** What proves the verdict, or what is left open. */
export function proofText(
  question: Question,
  {
    verdict,
    infeasible,
    unbounded,
    optimum,
    multipliers,
  }: Pick<Judgement, "verdict" | "infeasible" | "unbounded" | "optimum"> & {
    readonly multipliers?: Multipliers;
  },
  shortfall: string | undefined,
): string {
  if (infeasible) return "Proved: multiples of the requirements add up to a contradiction, exactly.";
  if (unbounded)
    return "Proved: the mechanism meets every requirement, exactly, and still does when an agent is charged more at every profile.";
  if (!optimum) return `Not settled exactly${shortfall ? `: ${shortfall}` : ""}.`;
  // Less than nothing is not to be had, so nothing more is to be proved.
  if (!isMaximised(question) && optimum.isZero) {
    const where = verdict === "possible" ? "" : " at any profile of positive probability";
    const money = allowsSubsidy(question) ? `, without outside money${where}` : "";
    const needed =
      verdict === "impossible"
        ? "; without any, multiples of the requirements add up to a contradiction, exactly"
        : "";
    return `Proved: the mechanism meets every requirement, exactly${money}${needed}.`;
  }
  if (question.objective === "max-gains" && multipliers?.prices.length === 0)
    return "Proved: the mechanism attains the optimum, and at no profile is an allowed outcome worth more.";
  return "Proved: the mechanism attains the optimum and multipliers bound it by the same fraction.";
}
