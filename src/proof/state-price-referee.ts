import type { Finding } from "../mechanism/audit.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { RuledMechanism } from "../mechanism/ruled-mechanism.js";
import type { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type { RequirementFinding } from "../problem/requirements.js";
import { incentiveFinding } from "./interim-incentives.js";
import type { Multipliers } from "./multipliers.js";
import { type StatePass, statePass } from "./state-pass.js";
import { statePriceBound } from "./state-price-bound.js";
import { StatePriceMultipliers } from "./state-price-multipliers.js";
import { StateReferee } from "./state-referee.js";

/**
 * The referee of large problems with Bayesian IC and ex post IR between two agents with private values: what is asked at
 * every profile is checked there, by the referee of states, and IC from interim sums over all profiles.
 */
export class StatePriceReferee {
  private constructor(
    private readonly problem: Problem,
    private readonly mechanism: RuledMechanism | undefined,
    private readonly states: StateReferee,
    private readonly pass: StatePass,
  ) {}

  /** Undefined where mechanism or question are of another kind. */
  static of(problem: Problem, mechanism: Mechanism | undefined): StatePriceReferee | undefined {
    const { environment, question } = problem;
    if (question.ic !== "bayesian" || environment.agentCount !== 2 || !environment.hasPrivateValues) {
      return undefined;
    }
    const states = StateReferee.of({ ...problem, question: { ...question, ic: "none" } }, mechanism);
    if (!states) return undefined;
    const ruled = mechanism instanceof RuledMechanism ? mechanism : undefined;
    const asked = question.ties === "last" ? "last" : "first";
    const pass = statePass(
      environment,
      ruled?.rule.kind === "efficient" && ruled.rule.ties === "last" ? "last" : ruled ? "first" : asked,
    );
    return pass && new StatePriceReferee(problem, ruled, states, pass);
  }

  findings(): RequirementFinding[] {
    const { mechanism } = this;
    if (!mechanism) return [];
    const [allowed, lotteries, ...rest] = this.states.findings();
    return [allowed, lotteries, { requirement: "Bayesian IC", ...this.incentives(mechanism) }, ...rest];
  }

  objective(): Rational {
    return this.states.objective();
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof StatePriceMultipliers)) return undefined;
    return statePriceBound(this.problem, this.pass, multipliers);
  }

  private incentives({ payments }: RuledMechanism): Finding {
    const { environment } = this.problem;
    const [first, second] = [0, 1].map((agent) =>
      incentiveFinding(environment, agent, {
        outcomes: interimChances(this.pass, agent),
        payments: interimMean(this.pass, agent, payments[agent]),
        values: environment.values[agent].entries,
        width: environment.outcomes.length,
      }),
    );
    const worst = second.violation.compare(first.violation) > 0 || !first.worst ? second : first;
    return {
      holds: first.holds && second.holds,
      violation: worst.violation,
      worst: worst.worst,
      requirements: first.requirements + second.requirements,
      binding: first.binding + second.binding,
    };
  }
}

/** Probability of each outcome by the agent's report: `at(report * width + x)`. */
export function interimChances({ environment, chosen }: StatePass, agent: number): RationalVector {
  const { profiles, prior, outcomes } = environment;
  const width = outcomes.length;
  const other = prior.marginals[1 - agent];
  const [rows, columns] = profiles.sizes;
  const mass = new Float64Array(profiles.sizes[agent] * width);
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const [own, others] = agent === 0 ? [a, b] : [b, a];
      mass[own * width + chosen[s]] += other.numerators[others] as number;
    }
  }
  return new RationalVector(mass, other.denominator);
}

/** `E[of | type]`, by the agent's type. Exact: sums are cut before they leave the safe integers. */
function interimMean({ environment }: StatePass, agent: number, of: RationalVector): RationalVector {
  const { profiles, prior } = environment;
  const other = prior.marginals[1 - agent];
  const [rows, columns] = profiles.sizes;
  const totals = new Array<bigint>(profiles.sizes[agent]).fill(0n);
  const parts = new Float64Array(profiles.sizes[agent]);
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const [own, others] = agent === 0 ? [a, b] : [b, a];
      const term = (other.numerators[others] as number) * (of.numerators[s] as number);
      const next = parts[own] + term;
      if (Number.isSafeInteger(term) && Number.isSafeInteger(next)) parts[own] = next;
      else {
        totals[own] += BigInt(parts[own]) + BigInt(other.numerators[others]) * BigInt(of.numerators[s]);
        parts[own] = 0;
      }
    }
  }
  const sums = totals.map((total, own) => total + BigInt(parts[own]));
  return new RationalVector(packIntegers(sums), other.denominator * of.denominator);
}
