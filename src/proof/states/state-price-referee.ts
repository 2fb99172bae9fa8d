import type { Finding } from "../../mechanism/audit.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { RuledMechanism } from "../../mechanism/ruled-mechanism.js";
import { IntegerSum } from "../../number/integer-sum.js";
import type { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import type { RequirementFinding } from "../../problem/requirements.js";
import { together } from "../interim/interim-findings.js";
import { incentiveFinding } from "../interim/interim-incentives.js";
import type { Multipliers } from "../multipliers.js";
import { othersWeights, type StatePass } from "./state-pass.js";
import { statePriceBound } from "./state-price-bound.js";
import { StatePriceMultipliers } from "./state-price-multipliers.js";
import { StateReferee } from "./state-referee.js";

/**
 * The referee of large problems with Bayesian IC and ex post IR for agents with private values: what is asked at every
 * profile is checked there, by the referee of states, and IC from interim sums over all profiles.
 */
export class StatePriceReferee {
  private readonly interim: readonly InterimSums[];

  private constructor(
    private readonly problem: Problem,
    private readonly mechanism: RuledMechanism | undefined,
    private readonly states: StateReferee,
  ) {
    this.interim = problem.environment.agents.map((_, agent) =>
      interimSums(states.pass, agent, mechanism?.payments[agent]),
    );
  }

  /** Undefined where mechanism or question are of another kind. */
  static of(problem: Problem, mechanism: Mechanism | undefined): StatePriceReferee | undefined {
    const { environment, question } = problem;
    if (question.ic !== "bayesian" || !environment.hasPrivateValues) return undefined;
    const states = StateReferee.of({ ...problem, question: { ...question, ic: "none" } }, mechanism);
    const ruled = mechanism instanceof RuledMechanism ? mechanism : undefined;
    return states && new StatePriceReferee(problem, ruled, states);
  }

  findings(): RequirementFinding[] {
    if (!this.mechanism) return [];
    const [allowed, lotteries, ...rest] = this.states.findings();
    return [allowed, lotteries, { requirement: "Bayesian IC", ...this.incentives() }, ...rest];
  }

  objective(): Rational {
    return this.states.objective();
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof StatePriceMultipliers)) return undefined;
    return statePriceBound(
      this.problem,
      this.states.pass,
      this.interim.map(({ chances }) => chances),
      multipliers,
    );
  }

  private incentives(): Finding {
    const { environment } = this.problem;
    return together(
      this.interim.map(({ chances, payments }, agent) =>
        incentiveFinding(environment, agent, {
          outcomes: chances,
          payments: payments!,
          values: environment.values[agent].entries,
          width: environment.outcomes.length,
        }),
      ),
    );
  }
}

/** What an agent's reports bring it in expectation. */
interface InterimSums {
  /** Probability of each outcome by report: `at(report * width + x)`. */
  readonly chances: RationalVector;
  /** Expected payment by report. */
  readonly payments: RationalVector | undefined;
}

/** Sums over all profiles, exact. */
function interimSums(
  { environment, chosen }: StatePass,
  agent: number,
  payments: RationalVector | undefined,
): InterimSums {
  const { profiles, prior, outcomes } = environment;
  const width = outcomes.length;
  const size = profiles.sizes[agent];
  const stride = profiles.strides[agent];
  const whole = prior.marginals.reduce(
    (product, { denominator }, j) => (j === agent ? product : product * denominator),
    1n,
  );
  const weights = othersWeights(environment, agent);
  const mass = new Float64Array(size * width);
  for (let s = 0, block = 0; s < profiles.count; block += stride) {
    for (let type = 0; type < size; type++) {
      for (let others = block; others < block + stride; others++, s++) {
        mass[type * width + chosen[s]] += weights[others];
      }
    }
  }
  const paid = payments && expectedPayments(payments, weights, Number(whole), size, stride);
  return {
    chances: new RationalVector(mass, whole),
    payments: paid && new RationalVector(packIntegers(paid), whole * payments.denominator),
  };
}

/** By type, over the payments' denominator and `whole`, to which the weights add up. */
function expectedPayments(
  payments: RationalVector,
  weights: Float64Array,
  whole: number,
  size: number,
  stride: number,
): bigint[] {
  const numerators = payments.numerators as Float64Array;
  const fits = whole * payments.greatestNumerator() <= Number.MAX_SAFE_INTEGER;
  const sums = Array.from({ length: size }, () => new IntegerSum());
  for (let s = 0, block = 0; s < numerators.length; block += stride) {
    for (const sum of sums) {
      const end = block + stride;
      if (fits) {
        let part = 0;
        for (let others = block; others < end; others++, s++) part += weights[others] * numerators[s];
        sum.add(part);
      } else
        for (let others = block; others < end; others++, s++) sum.addProduct(weights[others], numerators[s]);
    }
  }
  return sums.map(({ value }) => value);
}
