import { efficientOutcomes, gains } from "../../environment/efficiency.js";
import type { AllocationRule } from "../../environment/lottery.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { Problem } from "../../problem/problem.js";
import type { IncentiveMultiplier } from "../../proof/multipliers.js";
import type { StatePriceMultipliers } from "../../proof/states/state-price-multipliers.js";

/**
 * Whether a rule that breaks ties in its own way does as well by the multipliers at every tied profile as any other way
 * would: then its mechanism is best among all efficient rules. For Bayesian IC, ex post IR and ex post budgets: the
 * Lagrangian's coefficient of an outcome's probability is that of the objective, plus the price of its cost, minus what IR
 * and IC pay for the agents' values of it.
 */
export function isBestAtTiesExPost(
  problem: Problem,
  rule: AllocationRule,
  multipliers: StatePriceMultipliers,
  tied: readonly number[],
): boolean {
  const { environment, question } = problem;
  const { profiles, prior } = environment;
  const leaving = environment.agents.map(() => new Map<number, Rational>());
  const entering = environment.agents.map(() => new Map<number, IncentiveMultiplier[]>());
  for (const multiplier of multipliers.incentive) {
    const { agent, type, report, weight } = multiplier;
    leaving[agent].set(type, (leaving[agent].get(type) ?? Rational.ZERO).add(weight));
    entering[agent].set(report, [...(entering[agent].get(report) ?? []), multiplier]);
  }
  const { budget, purpose } = multipliers;

  const coefficient = (s: number, x: number): Rational => {
    const total = new RationalSum();
    if (budget.kind === "profile") total.addProduct(budget.prices.at(s), environment.cost(x, s));
    if (purpose === "bound") {
      const p = prior.probability(s);
      if (question.objective === "max-gains") total.addProduct(p.negate(), gains(environment, x, s));
      if (question.objective === "max-surplus") total.addProduct(p, environment.cost(x, s));
    }
    environment.agents.forEach((_, agent) => {
      const type = profiles.typeOf(s, agent);
      const belief = prior.belief(agent, s);
      const price = (leaving[agent].get(type) ?? Rational.ZERO)
        .multiply(belief)
        .add(multipliers.prices[agent].at(s));
      total.addProduct(price.negate(), environment.value(agent, x, s));
      for (const { type: truth, weight } of entering[agent].get(type) ?? []) {
        const value = environment.value(agent, x, profiles.replace(s, agent, truth));
        total.addProduct(weight.multiply(belief), value);
      }
    });
    return total.value;
  };
  return tied.every((s) => {
    const worths = new Map(efficientOutcomes(environment, s).map((x) => [x, coefficient(s, x)]));
    const least = [...worths.values()].reduce(Rational.minimum);
    return rule(s).every(({ outcome }) => worths.get(outcome)!.equals(least));
  });
}
