import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { Rational } from "../number/rational.js";
import type { Question } from "../question/question.js";
import { surplusGivenOwn } from "./continuum-gains.js";

/** What every mechanism that meets the requirements gives an agent's types in expectation. */
export interface ExpectedOfAgent {
  readonly name: string;
  readonly rows: readonly ExpectedOfType[];
}

export interface ExpectedOfType {
  readonly type: Rational;
  /** How much its utility is above that of the lowest type. */
  readonly rise: Rational;
  /** The same of its outside option. */
  readonly outsideRise: Rational;
}

/** So many types of each agent are told, equally far apart, the ends among them. */
const TYPES = 41;

/**
 * What types expect, but for a constant of each agent: where the rule is efficient and truth pays in expectation, utility rises along
 * types as the expected surplus does (payoff equivalence). Empty where the rule may be another one, truth need not pay, or the expected
 * surplus is not known exactly.
 */
export function expectedByType(
  environment: ContinuousEnvironment,
  { allocation, ic }: Question,
): ExpectedOfAgent[] {
  if (allocation !== "efficient" || ic === "none") return [];
  return (surplusGivenOwn(environment) ?? []).map((surplus, i) => {
    const { name, outsideOption } = environment.agents[i];
    const { from } = surplus;
    const rows = typesAlong(from, surplus.to, TYPES).map((type) => ({
      type,
      rise: surplus.at(type).subtract(surplus.at(from)),
      outsideRise: outsideOption.at(type).subtract(outsideOption.at(from)),
    }));
    return { name, rows };
  });
}

/** So many types from end to end, equally far apart. */
function typesAlong(from: Rational, to: Rational, count: number): Rational[] {
  const step = to.subtract(from).divide(Rational.of(count - 1));
  return Array.from({ length: count }, (_, k) => from.add(step.multiply(Rational.of(k))));
}
