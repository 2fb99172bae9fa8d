import type { Environment } from "../environment/environment.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { parseRational } from "../number/rational-text.js";
import type { Construction, Ground } from "./construction.js";
import { mechanismOfPayoffs, requireEfficientPrivateGround } from "./payoff-mechanism.js";
import { notDefined } from "./preconditions.js";

/**
 * The uniform-price auction of one unit of a divisible good worth `2 theta sqrt(x)` (KE 5.1): everybody demands
 * `theta^2 / p^2` at the price `p`, the market clears at `p = sqrt(sum theta^2)`, and who gets `x` pays `p x`. That is half
 * of what it is worth to its buyer, so on any grid the payment is half the agent's value.
 *
 * Efficient, ex post IR, and the seller keeps the revenue. It is not Bayesian IC: the paper's demands are those of agents
 * who take the price as given, and each would gain by demanding less.
 *
 * Throws InputError unless the outcomes that the rule chooses divide one unit that is worth `2 theta sqrt(x)`.
 */
export function uniformPrice(ground: Ground): Mechanism {
  const { environment, rule } = ground;
  const name = "the uniform-price auction";
  requireEfficientPrivateGround(name, ground);
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const types = numericTypes(name, environment, profile);
    // A type of zero gets nothing out of any share, so its value does not tell which it has.
    if (types.includes(0)) continue;
    for (const { outcome } of rule(profile)) {
      const shares = types.map((type, agent) => {
        const value = environment.value(agent, outcome, profile).toNumber();
        return (value / (2 * type)) ** 2;
      });
      const divided = shares.reduce((sum, share) => sum + share, 0);
      if (Math.abs(divided - 1) <= ROUNDED) continue;
      const found = `${environment.outcomes[outcome]} at ${environment.profileLabel(profile)} is not`;
      throw notDefined(name, "one unit of a good that is worth 2 theta sqrt(x)", found);
    }
  }
  return mechanismOfPayoffs(ground, (agent, profile) => halfValue(environment, ground, agent, profile));
}

/** Values are given to twelve decimals; who gets nearly nothing has a share known to half as many of small types. */
const ROUNDED = 1e-6;

function numericTypes(name: string, environment: Environment, profile: number): number[] {
  return environment.profiles.typesOf(profile).map((type, agent) => {
    const label = environment.typeLabel(agent, type);
    const number = parseRational(label)?.toNumber();
    if (number !== undefined) return number;
    throw notDefined(name, "types that are numbers", `${environment.agents[agent].name} has ${label}`);
  });
}

function halfValue(environment: Environment, { rule }: Ground, agent: number, profile: number): Rational {
  const enjoyed = rule(profile).map(({ outcome, probability }) =>
    probability.multiply(environment.value(agent, outcome, profile)),
  );
  return Rational.sum(enjoyed).divide(Rational.of(2));
}

export const uniformPriceConstruction: Construction = {
  name: "uniform-price",
  summary: "Uniform-price auction of a divisible good.",
  about:
    "Uniform-price auction of a divisible good worth 2 theta sqrt(x), with demands that take the price as given.",
  source: "Ke 2009, Section 5.1",
  example: "square-root-good-3",
  versions: ["exact"],
  build: uniformPrice,
};
