import { efficientOutcomes, welfare } from "../environment/efficiency.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Ground } from "./construction.js";
import { lazyMechanism, lazyTable } from "./lazy-table.js";
import {
  requireAgents,
  requireEfficientRule,
  requireIndependentTypes,
  requirePrivateValues,
} from "./preconditions.js";

/**
 * The mechanism that leaves each agent a given payoff: it pays what it gets from the rule's lottery less that payoff.
 * Where payoffs sum to the surplus and the rule is efficient, it is balanced at every profile, however ties are broken.
 *
 * It is Bayesian IC on any grid when each agent's interim payoff is `E[S(a, s_-i)]` up to a constant: its interim
 * payments are then those of a Groves mechanism. The exact versions of M1, M2 and M3 are chosen by this condition.
 */
export function mechanismOfPayoffs(
  { environment, rule }: Ground,
  payoff: (agent: number, profile: number) => Rational,
): Mechanism {
  return lazyMechanism(environment, rule, (agent, profile) => {
    const enjoyed = rule(profile).map(({ outcome, probability }) =>
      probability.multiply(environment.value(agent, outcome, profile)),
    );
    return Rational.sum(enjoyed).subtract(payoff(agent, profile));
  });
}

/** `S(s)`: what efficient outcomes are worth to all agents, less their cost. */
export function surplusOf({ environment }: Ground): (profile: number) => Rational {
  return lazyTable((profile) => welfare(environment, efficientOutcomes(environment, profile)[0], profile));
}

/** What the mechanisms of KE suppose throughout. Throws InputError naming the condition that fails. */
export function requireEfficientPrivateGround(construction: string, { environment, rule }: Ground): void {
  requireAgents(construction, environment, 2);
  requireIndependentTypes(construction, environment);
  requirePrivateValues(construction, environment);
  requireEfficientRule(construction, environment, rule);
}
