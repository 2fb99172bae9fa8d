import { welfare } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { expectedValue } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Construction, Ground } from "./construction.js";
import { lazyMechanism, lazyTable } from "./lazy-table.js";
import { optionAmong } from "./option-text.js";
import { requireEfficientRule, requirePrivateValues } from "./preconditions.js";

/**
 * What an agent pays apart from its effect on the others: `h_i(s_-i)`. Called with the profile in which the agent has
 * its first type, so that it cannot depend on the agent's report.
 */
export type GrovesTerm = (agent: number, profile: number) => Rational;

/**
 * Groves' scheme for an efficient rule: `t_i(s) = h_i(s_-i) - (sum_{j != i} v_j - r)(x(s))`, so that each agent's
 * utility is total welfare less a term that it cannot touch (LN 3, Thm 1). A resource cost counts with the others: each
 * agent is charged the whole cost of the outcome, and `h_i` decides how much of that it gets back. Dominant-strategy IC
 * on any grid and under any prior. Throws InputError unless values are private, the cost depends on the outcome alone
 * and the rule is efficient.
 */
export function groves({ environment, rule }: Ground, term: GrovesTerm, name = "groves"): Mechanism {
  requirePrivateValues(name, environment);
  requireEfficientRule(name, environment, rule);
  const { profiles } = environment;
  const terms = environment.agents.map((_, agent) =>
    lazyTable((others) => term(agent, profiles.withOthers(agent, others))),
  );
  const mechanism: Mechanism = lazyMechanism(environment, rule, (agent, profile) => {
    // All outcomes in the support have the same welfare.
    const total = welfare(environment, rule(profile)[0].outcome, profile);
    const own = expectedValue(environment, mechanism, agent, profile, profile);
    return terms[agent](profiles.othersOf(agent, profile)).add(own).subtract(total);
  });
  return mechanism;
}

/** Clarke's choice: the largest welfare that the others could have without the agent, cost included (LN 3). */
export function pivotTerm(environment: Environment): GrovesTerm {
  const outcomes = environment.outcomes.map((_, outcome) => outcome);
  return (agent, profile) =>
    largest(
      outcomes.map((outcome) =>
        welfare(environment, outcome, profile).subtract(environment.value(agent, outcome, profile)),
      ),
    );
}

/**
 * The largest Groves payments that leave nobody below its outside option ex post: welfare beyond the option of the
 * agent's type that adds least. With increasing values that is the lowest type, and the payments are KE (1).
 */
export function lowestTypeTerm({ environment, rule }: Ground): GrovesTerm {
  const { profiles } = environment;
  return (agent, profile) =>
    environment.agents[agent].types
      .map((_, type) => profiles.replace(profile, agent, type))
      .map((s) => welfare(environment, rule(s)[0].outcome, s).subtract(environment.outsideOption(agent, s)))
      .reduce(Rational.minimum);
}

function largest(values: readonly Rational[]): Rational {
  return values.reduce(Rational.maximum);
}

const terms = {
  zero: () => () => Rational.ZERO,
  pivot: ({ environment }: Ground) => pivotTerm(environment),
  lowest: (ground: Ground) => lowestTypeTerm(ground),
} satisfies Record<string, (ground: Ground) => GrovesTerm>;

export const grovesConstruction: Construction = {
  name: "groves",
  summary: "Utility is welfare less a term of others' reports.",
  about: "Each agent's utility is total welfare less a term of the others' reports.",
  source: "Groves 1973",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  options: {
    h: "zero; pivot: welfare of the others without the agent; lowest: largest payments that are ex post individually rational (default zero)",
  },
  build: (ground, { options }) => groves(ground, terms[optionAmong(options, "h", terms, "zero")](ground)),
};
