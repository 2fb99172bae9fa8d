import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "./multipliers.js";

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
    return this.prices.flatMap((own, agent) => {
      const list: ParticipationMultiplier[] = [];
      for (let profile = 0; profile < own.length; profile++) {
        if (Number(own.numerators[profile]) === 0) continue;
        list.push({ agent, profile, weight: Rational.of(own.numerators[profile], own.denominator) });
      }
      return list;
    });
  }
}
