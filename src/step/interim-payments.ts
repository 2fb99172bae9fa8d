import {
  type Frame,
  insured,
  insuredAlike,
  interimPaid,
  interimPaidAlike,
  steadyGains,
  steadyGainsAlike,
} from "../mechanism/forms.js";
import type { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import { asked } from "../question/problem.js";
import type { Rule } from "../space/rule.js";
import type { Step } from "./step.js";

/** A rule with interim payments; by agent, or told once of all where they are alike. */
export interface InterimAnswer {
  readonly alike: boolean;
  readonly rule: Rule;
  /** `T_i(a)`. */
  readonly payments: readonly RationalVector[];
  /** Outside money in expectation. */
  readonly subsidy: Rational;
  /** `E[r | type]` of the first agent: what its type lets one predict of the cost. */
  costs(): RationalVector;
  /** What types gain beyond their outside options in expectation. */
  gains(): readonly RationalVector[];
}

/**
 * Interim payments are all that matters (theory, section 4) with an independent prior and Bayesian IC or none:
 *
 * - An ex post budget is an ex ante one (BN Prop. 2) where IR is none, ex ante or interim and there are two agents: an insurance
 *   contract makes the deficit the same at every profile and leaves interim payments alone. So the least worst-case subsidy is the
 *   least expected one, and an exact balance needs no more than an exact mean.
 * - Ex post IR is interim IR where the budget is none or ex ante: payments can be chosen so that an agent gains at every profile what
 *   it gains in expectation.
 */
export const interimPayments: Step<InterimAnswer> = {
  name: "interim payments",
  theorem: "Börgers and Norman 2005",
  obstacle: ({ environment, question }) => {
    const { ic, ir, budget } = question;
    if (environment.prior.kind !== "independent") return "the types are correlated";
    if (ic !== "none" && ic !== "bayesian")
      return "incentives are asked at every profile, not in expectation";
    if (budget !== "ex-post") return undefined;
    if (ir === "ex-post") return "participation and budget are asked at every profile";
    return environment.agentCount < 2 ? "one agent alone cannot insure an ex post budget" : undefined;
  },
  apply: (problem) => {
    const { environment, question, givenRule: given } = problem;
    const steady = question.ir === "ex-post";
    const insuring = question.budget === "ex-post";
    const change = {
      ...(steady && { ir: "interim" as const }),
      ...(insuring && { budget: "ex-ante" as const }),
    };
    return {
      to: steady || insuring ? asked(problem, change) : problem,
      back: ({ alike, rule, payments, subsidy, costs, gains }) => {
        const frame: Frame = { environment, given, rule, subsidy };
        if (steady) return alike ? steadyGainsAlike(frame, gains()[0]) : steadyGains(frame, gains());
        if (!insuring) return alike ? interimPaidAlike(frame, payments[0]) : interimPaid(frame, payments);
        return alike ? insuredAlike(frame, payments[0], costs()) : insured(frame, payments, costs());
      },
    };
  },
};
