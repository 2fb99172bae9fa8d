import { efficientOutcomes, gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { questionJson } from "../question/question-file.js";
import { numberJson } from "./number-json.js";
import { knownGains, type ShownInstance } from "./shown-instance.js";

/** Profiles are listed up to so many, unless all are asked for. */
const MOST_LISTED = 1000;

/** An instance for a machine: every number of it, and its profiles where they are few or all are asked for. */
export function shownInstanceJson(instance: ShownInstance, all = false): object {
  const { name, description, environment, family, question, digest, givenRule } = instance;
  const { agents, outcomes, profiles, prior, costs } = environment;
  const expectedGains = knownGains(environment, all);
  const listed = all || profiles.count <= MOST_LISTED;
  return {
    instance: name,
    ...(description === "" ? {} : { description }),
    digest,
    ...(family && { family }),
    agents: agents.map(({ name }, i) => ({ agent: name, types: typesJson(environment, i) })),
    outcomes: outcomes.map((outcome, x) => ({
      outcome,
      ...(costs.dependsOnProfile ? {} : { cost: numberJson(environment.cost(x, 0)) }),
    })),
    prior: prior.kind,
    profiles: profiles.count,
    ...(listed && { byProfile: Array.from({ length: profiles.count }, (_, s) => profileJson(instance, s)) }),
    ...(expectedGains && { expectedGains: numberJson(expectedGains) }),
    hasRule: givenRule !== undefined,
    question: questionJson(question),
  };
}

function typesJson(environment: Environment, i: number): object[] {
  const { agents, outcomes, prior, values, outsideOptions, profiles } = environment;
  return agents[i].types.map((type, a) => {
    const profile = a * profiles.strides[i];
    return {
      type,
      probability: numberJson(prior.marginals[i].at(a)),
      ...(outsideOptions[i].dependsOnProfile
        ? {}
        : { outsideOption: numberJson(environment.outsideOption(i, profile)) }),
      ...(values[i].dependsOnProfile
        ? {}
        : { values: byOutcome(outcomes, (x) => environment.value(i, x, profile)) }),
    };
  });
}

function profileJson({ environment, givenRule }: ShownInstance, s: number): object {
  const { agents, outcomes, prior, values, outsideOptions, costs, profiles } = environment;
  const efficient = efficientOutcomes(environment, s);
  const depending = agents.flatMap(({ name }, i) => (values[i].dependsOnProfile ? [{ name, i }] : []));
  const outside = agents.flatMap(({ name }, i) => (outsideOptions[i].dependsOnProfile ? [{ name, i }] : []));
  return {
    types: profiles.typesOf(s).map((type, i) => environment.typeLabel(i, type)),
    probability: numberJson(prior.probability(s)),
    efficient: efficient.map((x) => outcomes[x]),
    gains: numberJson(gains(environment, efficient[0], s)),
    ...(givenRule && {
      rule: Object.fromEntries(
        givenRule(s).map(({ outcome, probability }) => [outcomes[outcome], numberJson(probability)]),
      ),
    }),
    ...(costs.dependsOnProfile ? { costs: byOutcome(outcomes, (x) => environment.cost(x, s)) } : {}),
    ...(depending.length > 0 && {
      values: Object.fromEntries(
        depending.map(({ name, i }) => [name, byOutcome(outcomes, (x) => environment.value(i, x, s))]),
      ),
    }),
    ...(outside.length > 0 && {
      outsideOptions: Object.fromEntries(
        outside.map(({ name, i }) => [name, numberJson(environment.outsideOption(i, s))]),
      ),
    }),
  };
}

function byOutcome(outcomes: readonly string[], of: (outcome: number) => Rational): object {
  return Object.fromEntries(outcomes.map((label, x) => [label, numberJson(of(x))]));
}
