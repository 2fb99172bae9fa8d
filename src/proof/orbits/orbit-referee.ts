import { exchangeability } from "../../environment/orbits/exchangeability.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { SymmetricMechanism } from "../../mechanism/symmetric-mechanism.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import type { Multipliers } from "../multipliers.js";
import { OrbitOutcomes } from "./orbit-outcomes.js";
import { orbitPriceBound } from "./orbit-price-bound.js";
import { OrbitPriceMultipliers } from "./orbit-price-multipliers.js";
import { OrbitSurvey } from "./orbit-survey.js";
import { SymmetricAgents } from "./symmetric-agents.js";
import { SymmetricPass } from "./symmetric-pass.js";

/**
 * The referee of exchangeable agents who take part at every profile (theory, section 7): Bayesian IC or none, ex post IR, any
 * budget. It finds the symmetry in the data by itself, looks once at every multiset of types, and asks of each type in it
 * what the definitions ask of all agents who have it at all profiles that have the multiset.
 */
export class OrbitReferee {
  private readonly agents: SymmetricAgents;
  private readonly outcomes: OrbitOutcomes;
  private readonly pass: SymmetricPass | undefined;
  private readonly survey: OrbitSurvey | undefined;

  private constructor(
    private readonly problem: Problem,
    mechanism: SymmetricMechanism | undefined,
  ) {
    this.agents = new SymmetricAgents(problem.environment);
    this.pass = mechanism && new SymmetricPass(problem, this.agents, mechanism);
    this.outcomes = this.pass?.outcomes ?? new OrbitOutcomes(problem, this.agents);
    this.survey =
      mechanism && this.pass?.isSymmetric
        ? new OrbitSurvey(problem, this.agents, this.pass, mechanism)
        : undefined;
  }

  /** Undefined where mechanism, environment or question are of another kind. Without a mechanism it knows bounds alone. */
  static of(problem: Problem, mechanism: Mechanism | undefined): OrbitReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, allocation, ties } = question;
    if (environment.prior.kind !== "independent" || !environment.hasPrivateValues) return undefined;
    if (ir !== "ex-post" || (ic !== "bayesian" && ic !== "none") || allocation === "given") return undefined;
    const exchange = exchangeability(environment);
    if (!exchange) return undefined;
    const byOrder = allocation === "efficient" && (ties === "first" || ties === "last");
    if (byOrder && !exchange.outcomesStay) return undefined;
    if (!mechanism) return new OrbitReferee(problem, undefined);
    const known = mechanism instanceof SymmetricMechanism && mechanism.environment === environment;
    if (!known || mechanism.exchange !== exchange) return undefined;
    const referee = new OrbitReferee(problem, mechanism);
    return referee.survey ? referee : undefined;
  }

  findings(): RequirementFinding[] {
    const { pass, survey } = this;
    if (!pass || !survey) return [];
    return [
      { requirement: "allowed outcomes", ...pass.allowed.finding() },
      ...requiredProperties(this.problem.question).map((requirement) => ({
        requirement,
        ...(requirement === "lotteries" ? pass.lotteries : survey.audits.get(requirement)!).finding(),
      })),
    ];
  }

  /** What the question measures the mechanism by. */
  objective(): Rational {
    const { question } = this.problem;
    const { subsidy, worst, surplus, gains } = this.survey!;
    switch (question.objective) {
      case "feasibility":
        return Rational.ZERO;
      case "min-subsidy":
        return allowsSubsidy(question) ? subsidy : Rational.ZERO;
      case "min-worst-subsidy":
        return allowsSubsidy(question) ? worst : Rational.ZERO;
      case "max-surplus":
        return surplus;
      case "max-gains":
        return gains;
    }
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof OrbitPriceMultipliers)) return undefined;
    return orbitPriceBound(this.problem, this.agents, this.outcomes, multipliers);
  }
}
