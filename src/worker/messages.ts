import type { DesignData } from "../design-data.js";
import {
  Environment,
  type EnvironmentSpecification,
  type TableSpecification,
} from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import type { TableShape } from "../environment/table.js";
import { parsedBy } from "../fault/parsed-by.js";
import type { FormulationName } from "../formulation/formulation.js";
import type { Size } from "../formulation/size.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { type Problem, posed } from "../question/problem.js";
import { questionInFullSchema, questionJson } from "../question/question-file.js";
import type { HighsConfiguration } from "../solver/highs-runtime.js";
import type { FaultData } from "./fault-data.js";

/** What a worker is asked. */
export interface Request {
  readonly problem: ProblemData;
  readonly solver: string;
  /** Where it is other than before. */
  readonly highs: HighsConfiguration | undefined;
  readonly timeLimit: number | undefined;
  readonly formulation: FormulationName | undefined;
  readonly wantsProgress: boolean;
  readonly wantsKnown: boolean;
  /** Not zero once the work is to end; absent where threads share no memory. */
  readonly stop: Int32Array | undefined;
}

/** What a worker says. */
export type Reply =
  | { readonly kind: "begun"; readonly formulation: string; readonly size: Size }
  | { readonly kind: "stage"; readonly words: string }
  | { readonly kind: "done"; readonly count: number; readonly of: string }
  | { readonly kind: "known"; readonly design: DesignData }
  | { readonly kind: "answer"; readonly design: DesignData }
  | { readonly kind: "fault"; readonly fault: FaultData };

/** A problem as structured cloning leaves it: vectors without their methods, the given rule as a list. */
export interface ProblemData {
  readonly environment: EnvironmentSpecification;
  readonly question: unknown;
  readonly given: RuleData | undefined;
}

/** A rule by profile: the place of each profile's lottery among those that occur. */
interface RuleData {
  readonly lotteries: readonly Lottery[];
  readonly places: Int32Array;
}

export function problemData({ environment, question, givenRule }: Problem): ProblemData {
  return {
    environment: environment.specification,
    // Parameters are fractions, which text carries.
    question: JSON.parse(JSON.stringify(questionJson(question))),
    given: givenRule && ruleData(givenRule, environment.profiles.count),
  };
}

/** The problem that data came from. Throws InputError as `posed` does. */
export function problemFromData({ environment, question, given }: ProblemData): Problem {
  const read = parsedBy(questionInFullSchema, question);
  return posed(environmentFromData(environment), read, given && ruleFromData(given));
}

function environmentFromData(data: EnvironmentSpecification): Environment {
  const { agents, prior, cost } = data;
  return new Environment({
    ...data,
    agents: agents.map(({ outsideOption, ...agent }) => ({
      ...agent,
      values: table(agent.values),
      ...(outsideOption && { outsideOption: table(outsideOption) }),
    })),
    prior:
      prior.kind === "independent"
        ? { ...prior, marginals: prior.marginals.map(vector) }
        : { ...prior, table: vector(prior.table) },
    ...(cost && { cost: table(cost) }),
  });
}

function table<Shape extends TableShape>({
  shape,
  entries,
}: TableSpecification<Shape>): TableSpecification<Shape> {
  return { shape, entries: vector(entries) };
}

function vector({
  numerators,
  denominator,
}: Pick<RationalVector, "numerators" | "denominator">): RationalVector {
  return new RationalVector(numerators, denominator);
}

function ruleData(rule: AllocationRule, count: number): RuleData {
  const found = new Map<string, number>();
  const lotteries: Lottery[] = [];
  const places = Int32Array.from({ length: count }, (_, profile) => {
    const lottery = rule(profile);
    const key = lottery.map(({ outcome, probability }) => `${outcome}:${probability}`).join();
    let place = found.get(key);
    if (place === undefined) {
      place = lotteries.push(lottery) - 1;
      found.set(key, place);
    }
    return place;
  });
  return { lotteries, places };
}

function ruleFromData({ lotteries, places }: RuleData): AllocationRule {
  const revived = lotteries.map((lottery) =>
    lottery.map(({ outcome, probability: { numerator, denominator } }) => ({
      outcome,
      probability: Rational.of(numerator, denominator),
    })),
  );
  return (profile) => revived[places[profile]];
}
