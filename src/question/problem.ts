import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { type AllowedOutcomes, allowedOutcomes } from "./allowed-outcomes.js";
import { choices, defaultQuestion, type Question } from "./question.js";

/** What is asked of which environment. */
export interface Problem {
  readonly environment: Environment;
  readonly question: Question;
  readonly givenRule: AllocationRule | undefined;
  readonly allowed: AllowedOutcomes;
}

/** Fills in the defaults. Throws InputError for a choice that does not exist, or a missing given rule. */
export function posed(
  environment: Environment,
  asked: Partial<Question> = {},
  givenRule?: AllocationRule,
): Problem {
  const given = Object.fromEntries(Object.entries(asked).filter(([, choice]) => choice !== undefined));
  const question: Question = { ...defaultQuestion, ...given };
  for (const [part, choice] of Object.entries(question)) {
    const allowed: readonly string[] | undefined = choices[part as keyof Question];
    if (!allowed)
      throw new InputError(
        `question.${part}`,
        "an unknown part of a question",
        Object.keys(choices).join(", "),
      );
    if (!allowed.includes(choice))
      throw new InputError(`question.${part}`, `"${choice}"`, `one of ${allowed.join(", ")}`);
  }
  return { environment, question, givenRule, allowed: allowedOutcomes(environment, question, givenRule) };
}
