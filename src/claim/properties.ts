import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { findingByDefinition } from "../kernel/by-definition.js";
import { interimExpectation, truthfulUtility, utility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { requirements } from "../question/requirement.js";
import type { Example } from "./example.js";

export type Property = keyof typeof requirements | "ex post efficiency";

/** The first property that a mechanism lacks, from its definition, in words that may follow "one": undefined where it has them all. */
export function lacking(
  environment: Environment,
  mechanism: Mechanism,
  properties: readonly Property[],
): string | undefined {
  for (const property of properties) {
    const fault =
      property === "ex post efficiency"
        ? inefficiency(environment, mechanism)
        : violation(environment, mechanism, property);
    if (fault !== undefined) return `without ${property}: ${fault}`;
  }
  return undefined;
}

function violation(
  environment: Environment,
  mechanism: Mechanism,
  property: keyof typeof requirements,
): string | undefined {
  const { holds, violation, worst } = findingByDefinition(environment, mechanism, requirements[property]);
  return holds ? undefined : `${worst} by ${violation}`;
}

function inefficiency(environment: Environment, mechanism: Mechanism): string | undefined {
  for (let s = 0; s < environment.profiles.count; s++) {
    const efficient = efficientOutcomes(environment, s);
    const wrong = mechanism.lottery(s).find(({ outcome }) => !efficient.includes(outcome));
    if (wrong) return `${environment.outcomes[wrong.outcome]} at ${environment.profileLabel(s)}`;
  }
  return undefined;
}

/** Whose truth is not dominant, by its place among the agents. */
export function agentsNotDominant(environment: Environment, mechanism: Mechanism): readonly number[] {
  const { agents, profiles } = environment;
  const gains = (agent: number) => {
    for (let s = 0; s < profiles.count; s++) {
      const truthful = truthfulUtility(environment, mechanism, agent, s);
      for (let report = 0; report < profiles.sizes[agent]; report++)
        if (
          utility(environment, mechanism, agent, profiles.replace(s, agent, report), s).compare(truthful) > 0
        )
          return true;
    }
    return false;
  };
  return agents.flatMap((_, agent) => (gains(agent) ? [agent] : []));
}

/** The first type whose interim expectation of `of` is not what it is of `as`, in words. */
export function interimDifference(
  environment: Environment,
  agent: number,
  of: (profile: number) => Rational,
  as: (profile: number) => Rational,
): string | undefined {
  const { name, types } = environment.agents[agent];
  for (const [type, label] of types.entries()) {
    const [found, wanted] = [of, as].map((money) => interimExpectation(environment, agent, type, money));
    if (!found.equals(wanted)) return `${name} ${label} expects ${found} and not ${wanted}`;
  }
  return undefined;
}

export function everyProfile({ profiles }: Environment): readonly number[] {
  return Array.from({ length: profiles.count }, (_, s) => s);
}

/** What an agent pays in expectation given some agents' types, told by the numbers that label them; nothing is given where that is empty. */
export function paymentAt(
  { environment }: Pick<Example, "environment">,
  mechanism: Mechanism,
  agent: number,
  types: readonly string[],
): Rational {
  const { profiles, prior } = environment;
  const isOf = (s: number, i: number) =>
    types[i] === "" ||
    toRational(environment.typeLabel(i, profiles.typeOf(s, i))).equals(toRational(types[i]));
  const given = everyProfile(environment).filter((s) => types.every((_, i) => isOf(s, i)));
  const chance = Rational.sum(given.map((s) => prior.probability(s)));
  const paid = given.map((s) => prior.probability(s).multiply(mechanism.payment(agent, s)));
  return Rational.sum(paid).divide(chance);
}
