import type { Ground } from "../construction/construction.js";
import type { Continuum } from "../environment/continuum.js";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import type { Question } from "../question/question.js";
import { lotteries } from "../space/lotteries.js";
import type { TieRule } from "../space/rule.js";

/** What constructions and the linear program are held against each other on: an environment, perhaps with a rule. */
export interface Subject {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule;
  readonly continuum?: Continuum;
}

/** How constructions break ties: as the question says, and to the first outcome where it leaves ties to the design. */
export function tieRuleOf({ ties }: Pick<Question, "ties">): TieRule {
  return ties === "optimise" ? "first" : ties;
}

/**
 * What a construction gets to work on: the efficient rule with ties broken by `tieRuleOf`, or the given rule where the
 * question asks for that. Where the question leaves the allocation free, constructions are efficient all the same.
 * Throws InputError when the given rule is asked for and there is none.
 */
export function groundFor(
  { environment, givenRule, continuum }: Subject,
  question: Pick<Question, "allocation" | "ties">,
): Ground {
  if (question.allocation !== "given") {
    return {
      environment,
      rule: lotteries(environment, { kind: "efficient", ties: tieRuleOf(question) }, undefined, false),
      continuum,
    };
  }
  if (!givenRule) {
    throw new InputError("allocation", "no allocation rule in the instance", "a rule under `allocation`");
  }
  return { environment, rule: givenRule, continuum };
}
