import type { Environment } from "../environment/environment.js";
import { expectation, interimPayments } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Construction } from "./construction.js";
import { irVcg } from "./ir-vcg.js";
import { lazyMechanism } from "./lazy-table.js";
import { optionAmong } from "./option-text.js";
import { requireAgents, requireIndependentTypes } from "./preconditions.js";

/** Who bears the deviation of an agent's interim payment from its mean. */
export type Division = "next" | "equal";

/** `sum_x phi(x | s) r(x, s)`. */
export function expectedCost(environment: Environment, mechanism: Mechanism, profile: number): Rational {
  const total = new RationalSum();
  for (const { outcome, probability } of mechanism.lottery(profile)) {
    total.addProduct(probability, environment.cost(outcome, profile));
  }
  return total.value;
}

/**
 * LN Theorem 2: payments that balance at every profile and whose interim values are those of the given mechanism less
 * an equal share of its expected surplus, so that Bayesian IC is kept. Agent `i` pays its interim payment and bears
 * what another's falls short of its mean: the next agent's (LN), or an equal share of everybody else's. A cost, which
 * the notes do not have, is first split equally at every profile; the theorem is applied to what remains. Where the
 * expected surplus is negative (the theorem supposes that it is not) every type loses its share of the deficit.
 * Outside money of the given mechanism is dropped. Throws InputError for a single agent or correlated types.
 */
export function balanced(
  environment: Environment,
  mechanism: Mechanism,
  division: Division = "next",
  name = "balanced",
): Mechanism {
  requireAgents(name, environment, 2);
  requireIndependentTypes(name, environment);
  const { agentCount: n, profiles, prior } = environment;
  const costShare = (profile: number) => expectedCost(environment, mechanism, profile).divide(Rational.of(n));
  const net: Mechanism = lazyMechanism(
    environment,
    (profile) => mechanism.lottery(profile),
    (agent, profile) => mechanism.payment(agent, profile).subtract(costShare(profile)),
  );
  const interim = environment.agents.map((_, agent) => interimPayments(environment, net, agent));
  const means = interim.map((payments, agent) =>
    Rational.sum(payments.map((payment, type) => payment.multiply(prior.marginals[agent].at(type)))),
  );
  const surplusShare = Rational.sum(means).divide(Rational.of(n));
  const excess = (agent: number, profile: number) =>
    interim[agent][profiles.typeOf(profile, agent)].subtract(means[agent]);

  return lazyMechanism(
    environment,
    (profile) => mechanism.lottery(profile),
    (agent, profile) => {
      const own = interim[agent][profiles.typeOf(profile, agent)].subtract(surplusShare);
      const others =
        division === "next"
          ? excess((agent + 1) % n, profile)
          : Rational.sum(
              environment.agents.flatMap((_, j) => (j === agent ? [] : [excess(j, profile)])),
            ).divide(Rational.of(n - 1));
      return own.subtract(others).add(costShare(profile));
    },
  );
}

/** `E[sum_i t_i - r]`. */
export function expectedSurplus(environment: Environment, mechanism: Mechanism): Rational {
  return expectation(environment, (profile) =>
    Rational.sum(environment.agents.map((_, agent) => mechanism.payment(agent, profile))).subtract(
      expectedCost(environment, mechanism, profile),
    ),
  );
}

const divisions: Record<Division, string> = {
  next: "the next agent bears the deviation",
  equal: "all others bear equal shares of it",
};

export const balancedConstruction: Construction = {
  name: "balanced",
  summary: "IR-VCG, balanced at every profile.",
  about: "IR-VCG rearranged to balance at every profile, with its expected surplus shared equally.",
  source: "Krishna and Perry 1998",
  example: "partnership-equal-12",
  versions: ["exact"],
  options: {
    division:
      "who bears the deviation of an agent's interim payment from its mean: next or equal (default next)",
  },
  build: (ground, { options }) =>
    balanced(
      ground.environment,
      irVcg(ground, "balanced"),
      optionAmong(options, "division", divisions, "next"),
    ),
};
