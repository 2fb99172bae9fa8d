import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, type Lottery, uniformLottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import type { Question } from "./question.js";

/**
 * Which outcomes a mechanism may choose at each profile (theory, section 1). One abstraction serves a given rule,
 * efficient rules with their ties, and free allocations.
 */
export interface AllowedOutcomes {
  /** Outcomes that may have positive probability at the profile; the design mixes over them unless `fixed`. */
  outcomes(profile: number): readonly number[];
  /** The lottery that the rule prescribes at the profile, or undefined where it is left to the design. */
  fixed(profile: number): Lottery | undefined;
}

/** Throws InputError when the question asks for the given rule and there is none. */
export function allowedOutcomes(
  environment: Environment,
  question: Pick<Question, "allocation" | "ties">,
  givenRule?: AllocationRule,
): AllowedOutcomes {
  if (question.allocation === "free") return freeOutcomes(environment);
  if (question.allocation === "given") {
    if (!givenRule) {
      throw new InputError(
        "allocation",
        "no allocation rule in the instance",
        "a rule under `allocation`, for --allocation given",
      );
    }
    return ruleOutcomes(givenRule);
  }
  const efficient = (profile: number) => efficientOutcomes(environment, profile);
  switch (question.ties) {
    case "optimise":
      return {
        outcomes: efficient,
        fixed: (profile) => {
          const outcomes = efficient(profile);
          return outcomes.length === 1 ? certain(outcomes[0]) : undefined;
        },
      };
    case "first":
      return ruleOutcomes((profile) => certain(efficient(profile)[0]));
    case "last":
      return ruleOutcomes((profile) => certain(efficient(profile).at(-1)!));
    case "uniform":
      return ruleOutcomes((profile) => uniformLottery(efficient(profile)));
  }
}

function ruleOutcomes(rule: AllocationRule): AllowedOutcomes {
  return { outcomes: (profile) => rule(profile).map((entry) => entry.outcome), fixed: rule };
}

function freeOutcomes(environment: Environment): AllowedOutcomes {
  const all = environment.outcomes.map((_, outcome) => outcome);
  const fixed = all.length === 1 ? certain(0) : undefined;
  return { outcomes: () => all, fixed: () => fixed };
}
