import type { KnownRule } from "../environment/known-rule.js";
import type { Problem } from "../problem/problem.js";

/**
 * The rules among which a question's allocation is chosen, so far as it is enough to look at a few: the given rule, the one
 * efficient rule where ties are settled, else the efficient rules that take the first and the last of tied outcomes.
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
