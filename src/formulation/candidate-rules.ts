import type { KnownRule } from "../environment/known-rule.js";
import type { Problem } from "../problem/problem.js";

/**
 * Rules to try one after the other: one, unless ties are left to the design. Which of the rules is best is for the proof to
 * say; where outcomes are in the order of how much happens, CE Theorem 6 makes it the first.
 */
export function candidateRules({ question, givenRule }: Problem): KnownRule[] {
  if (question.allocation === "given") return [{ kind: "given", lottery: givenRule! }];
  if (question.allocation === "free") return [{ kind: "efficient", ties: "first" }];
  if (question.ties !== "optimise") return [{ kind: "efficient", ties: question.ties }];
  return [
    { kind: "efficient", ties: "first" },
    { kind: "efficient", ties: "last" },
  ];
}
