import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import { efficiencySlacks, lotterySlacks } from "./allocation.js";
import { exAnteBudgetSlacks, exPostBudgetSlacks, noSubsidySlacks, subsidySlacks } from "./budget-balance.js";
import {
  bayesianIncentiveSlacks,
  dominantIncentiveSlacks,
  exPostIncentiveSlacks,
} from "./incentive-compatibility.js";
import type { Mechanism } from "./mechanism.js";
import {
  exAnteParticipationSlacks,
  exPostParticipationSlacks,
  interimParticipationSlacks,
} from "./participation.js";
import type { Slack } from "./slack.js";

/** The outcome of checking a property from its definition, exactly. */
export interface Finding {
  readonly holds: boolean;
  /** How much the worst-off requirement misses by; zero when the property holds. */
  readonly violation: Rational;
  /** The requirement with the smallest slack, in labels. */
  readonly worst: string | undefined;
  /** How many requirements the property consists of, and how many of them bind (slack exactly zero). */
  readonly requirements: number;
  readonly binding: number;
}

type Property = (environment: Environment, mechanism: Mechanism) => Iterable<Slack>;

/** Every property that a mechanism can have by itself, each checked from its definition. */
export const properties = {
  lotteries: lotterySlacks,
  "ex post efficiency": efficiencySlacks,
  "Bayesian IC": bayesianIncentiveSlacks,
  "ex post IC": exPostIncentiveSlacks,
  "dominant-strategy IC": dominantIncentiveSlacks,
  "ex ante IR": exAnteParticipationSlacks,
  "interim IR": interimParticipationSlacks,
  "ex post IR": exPostParticipationSlacks,
  "ex ante balance": (environment, mechanism) => exAnteBudgetSlacks(environment, mechanism, true),
  "ex post balance": (environment, mechanism) => exPostBudgetSlacks(environment, mechanism, true),
  "ex ante no deficit": (environment, mechanism) => exAnteBudgetSlacks(environment, mechanism, false),
  "ex post no deficit": (environment, mechanism) => exPostBudgetSlacks(environment, mechanism, false),
  "subsidy not negative": subsidySlacks,
  "no subsidy": noSubsidySlacks,
} satisfies Record<string, Property>;

export type PropertyName = keyof typeof properties;

/** Walks through every slack and keeps the worst. */
export function audit(slacks: Iterable<Slack>): Finding {
  let worst: Slack | undefined;
  let requirements = 0;
  let binding = 0;
  for (const slack of slacks) {
    requirements++;
    if (slack.slack.isZero) binding++;
    if (!worst || slack.slack.compare(worst.slack) < 0) worst = slack;
  }
  const holds = !worst || worst.slack.sign >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : worst!.slack.negate(),
    worst: worst?.label(),
    requirements,
    binding,
  };
}
