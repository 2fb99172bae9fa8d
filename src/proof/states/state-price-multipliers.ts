import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/**
 * Multipliers on Bayesian IC, and on ex post IR at every profile. The latter are kept in flat vectors; their list is made
 * when it is asked for.
 */
export class StatePriceMultipliers implements Multipliers {
  constructor(
    readonly purpose: Multipliers["purpose"],
    readonly incentive: readonly IncentiveMultiplier[],
    /** `prices[i]`, by profile. */
    readonly prices: readonly RationalVector[],
    readonly budget: BudgetPrices,
  ) {}

  get participation(): ParticipationMultiplier[] {
    return [...this.eachParticipation()];
  }

  *eachParticipation(): Iterable<ParticipationMultiplier> {
    for (let agent = 0; agent < this.prices.length; agent++) {
      const { numerators, denominator } = this.prices[agent];
      for (let profile = 0; profile < numerators.length; profile++) {
        if (Number(numerators[profile]) === 0) continue;
        yield { agent, profile, weight: Rational.of(numerators[profile], denominator) };
      }
    }
  }
}
