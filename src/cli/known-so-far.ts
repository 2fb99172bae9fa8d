import type { Known } from "../design.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
import { type BoundsJson, boundsJson } from "../report/number-json.js";
import { shortEnd } from "../report/outward-text.js";

/** What is known of an optimum, in a form that goes from thread to thread. */
export interface KnownSoFar {
  readonly verdict: Known["verdict"];
  /** `the optimum lies between 1/8 and 1/4`. */
  readonly words: string;
  /** Whether nothing is left to be found out. */
  readonly settled: boolean;
  readonly bounds: BoundsJson | undefined;
}

/** What is known, of a grid or of continuous types. */
type KnownClaim = Pick<Known, "verdict" | "infeasible" | "unbounded" | "optimum" | "lower" | "upper">;

export function knownSoFar(question: Question, known: KnownClaim): KnownSoFar {
  const { verdict, infeasible, unbounded, optimum, lower, upper } = known;
  const bounds = infeasible ? undefined : boundsJson({ lower, upper });
  const settled = infeasible || unbounded || optimum !== undefined;
  return { verdict, words: wordsFor(question, known), settled, bounds };
}

function wordsFor(
  question: Question,
  { verdict, infeasible, unbounded, optimum, lower, upper }: KnownClaim,
): string {
  if (infeasible) return "no mechanism meets the requirements";
  if (unbounded) return "such mechanisms are known, and their surplus has no bound";
  if (!isMaximised(question) && !allowsSubsidy(question))
    return verdict === "possible"
      ? "such a mechanism is known"
      : "whether there is such a mechanism is not known yet";
  if (optimum) return `the optimum is ${optimum}`;
  const short = (end: "lower" | "upper") => shortEnd({ lower, upper }, end);
  if (lower && upper) return `the optimum lies between ${short("lower")} and ${short("upper")}`;
  // Of whether there is such a mechanism at all, a bound alone says nothing.
  if (lower?.isZero && !isMaximised(question)) return "outside money is not negative; no more is known yet";
  if (lower && isMaximised(question)) return `the optimum is at least ${short("lower")}`;
  if (lower) return `the optimum, if there is such a mechanism, is at least ${short("lower")}`;
  if (upper) return `the optimum, if there is such a mechanism, is at most ${short("upper")}`;
  return "no bound of the optimum is known yet";
}
