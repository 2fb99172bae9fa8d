import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { type InputError, within } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { unknownName } from "../fault/unknown-name.js";
import { type AllowedOutcomes, allowedOutcomes } from "./allowed-outcomes.js";
import { type ParameterValues, parameters } from "./parameters.js";
import { type AskedQuestion, type Choice, choices, defaultQuestion, type Question } from "./question.js";
import type { Requirement } from "./requirement.js";
import { requirementsOf } from "./requirements.js";

/** What is asked of which environment. */
export interface Problem {
  readonly environment: Environment;
  readonly question: Question;
  /** What the question requires besides lawful lotteries over allowed outcomes. */
  readonly requirements: readonly Requirement[];
  readonly givenRule: AllocationRule | undefined;
  readonly allowed: AllowedOutcomes;
}

/** Fills in the defaults. Throws InputError for a choice that does not exist, or a missing given rule. */
export function posed(
  environment: Environment,
  asked: AskedQuestion = {},
  givenRule?: AllocationRule,
): Problem {
  const question = inFull(asked);
  const requirements = requirementsOf(question, environment);
  const allowed = allowedOutcomes(environment, question, givenRule);
  return { environment, question, requirements, givenRule, allowed };
}

/** A question with its defaults. Throws InputError for a choice that does not exist, or a parameter that is none. */
export function inFull(asked: AskedQuestion): Question {
  const { parts, values } = partsOf(asked);
  const chosen: Question = { ...defaultQuestion, ...parts };
  for (const [part, choice] of Object.entries(chosen)) {
    const allowed: readonly string[] | undefined = choices[part as Choice];
    if (!allowed) throw unknownPart(part, [...Object.keys(choices), ...Object.keys(parameters)]);
    if (!allowed.includes(choice)) throw unknownName(`question.${part}`, "choice", choice, allowed);
  }
  return values ? { ...chosen, parameters: values } : chosen;
}

/** The same with another question. */
export function asked(problem: Problem, change: Partial<Question>): Problem {
  return posed(problem.environment, { ...problem.question, ...change }, problem.givenRule);
}

/** The choices that are asked, and the parameters' values in the one way of writing. Throws InputError for a wrong value. */
export function partsOf(asked: AskedQuestion): {
  readonly parts: Partial<Question>;
  readonly values: ParameterValues | undefined;
} {
  const { parameters: read, ...fields } = asked;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const isParameter = ([name]: readonly [string, unknown]) => Object.hasOwn(parameters, name);
  return {
    parts: Object.fromEntries(given.filter((field) => !isParameter(field))),
    values: canonicalParameters({ ...read, ...Object.fromEntries(given.filter(isParameter)) }),
  };
}

/** Undefined where there are none. */
function canonicalParameters(besides: Readonly<Record<string, unknown>>): ParameterValues | undefined {
  const given = Object.entries(besides).filter(([, value]) => value !== undefined);
  if (given.length === 0) return undefined;
  return Object.fromEntries(
    given.map(([name, value]) => {
      const parameter = parameters[name];
      if (!parameter) throw unknownPart(name, Object.keys(parameters));
      return [name, within(`question.${name}`, () => parsedBy(parameter.schema, value))];
    }),
  );
}

function unknownPart(name: string, known: readonly string[]): InputError {
  return unknownName("question", "part", name, known);
}
