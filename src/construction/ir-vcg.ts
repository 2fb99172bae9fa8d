import type { Environment } from "../environment/environment.js";
import { interimOutsideOptions, interimUtilities } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Construction, Ground } from "./construction.js";
import { vcg } from "./vcg.js";

/**
 * `psi_i* = max_a U_i(a) - (interim utility of a)`: the least constant that, paid to agent `i`, makes the mechanism
 * interim individually rational for every type, those of probability zero included. Negative where all types gain.
 */
export function participationPayments(environment: Environment, mechanism: Mechanism): Rational[] {
  return environment.agents.map((_, agent) => {
    const utilities = interimUtilities(environment, mechanism, agent);
    return interimOutsideOptions(environment, agent)
      .map((option, type) => option.subtract(utilities[type]))
      .reduce(Rational.maximum);
  });
}

/** The mechanism with `constants[i]` paid to agent `i` at every profile. */
export function withConstants(mechanism: Mechanism, constants: readonly Rational[]): Mechanism {
  return {
    lottery: (profile) => mechanism.lottery(profile),
    payment: (agent, profile) => mechanism.payment(agent, profile).subtract(constants[agent]),
    subsidy: (profile) => mechanism.subsidy(profile),
  };
}

/**
 * VCG with the constants `psi_i*` paid out: dominant-strategy IC, and interim IR that binds for some type of every
 * agent (LN 5, Def. 6). Both conventions for a seller's type give the same constants. On a grid other Bayesian IC
 * mechanisms may raise more (`generalised-vcg` does), so its deficit proves nothing by itself: see LN 5.2.
 */
export function irVcg(ground: Ground, name = "ir-vcg"): Mechanism {
  const mechanism = vcg(ground, name);
  return withConstants(mechanism, participationPayments(ground.environment, mechanism));
}

export const irVcgConstruction: Construction = {
  name: "ir-vcg",
  summary: "VCG, lowered until every type takes part.",
  about: "VCG with the least constants that make every type willing to take part.",
  source: "Krishna and Perry 1998, Williams 1999",
  example: "partnership-equal-12",
  versions: ["exact"],
  build: (ground) => irVcg(ground),
};
