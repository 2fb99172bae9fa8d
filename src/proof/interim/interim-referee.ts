import type { TieRule } from "../../environment/known-rule.js";
import type { Finding, PropertyName } from "../../mechanism/audit.js";
import { InsuredMechanism } from "../../mechanism/insured-mechanism.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { SteadyGainsMechanism } from "../../mechanism/steady-gains-mechanism.js";
import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import { inExpectation } from "../../problem/in-expectation.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import type { Multipliers } from "../multipliers.js";
import { expectedGains, interimBound } from "./interim-bound.js";
import { finding, leastOf, together } from "./interim-findings.js";
import { incentiveFinding } from "./interim-incentives.js";
import { interimPass } from "./interim-pass.js";
import type { InterimPass } from "./interim-scan.js";
import { SpreadMultipliers } from "./spread-multipliers.js";

type Known = InsuredMechanism | SteadyGainsMechanism;

/**
 * The referee of large problems: the same requirements as the audit profile by profile, for mechanisms known by an
 * efficient rule and by interim payments with insurance, or by gains that are the same at every profile; and for multipliers on
 * interim requirements. It looks at every profile once, in machine integers, and believes nothing of what the mechanism says
 * about itself but its definition. Participation at every profile is its business where gains are the same at all of them.
 */
export class InterimReferee {
  /** `E[t_i | type]`, by type, for each agent, recomputed. */
  private readonly payments: readonly RationalVector[];

  private constructor(
    private readonly problem: Problem,
    private readonly mechanism: Known | undefined,
    private readonly ties: TieRule,
    private readonly pass: InterimPass,
  ) {
    if (!mechanism) this.payments = [];
    else
      this.payments =
        mechanism instanceof InsuredMechanism
          ? this.interimPayments(mechanism)
          : this.paymentsForGains(mechanism);
  }

  /** Undefined where mechanism or question are of another kind, so that every profile must be looked at. */
  static of(problem: Problem, mechanism: Mechanism | undefined): InterimReferee | undefined {
    const { environment, question } = problem;
    if (environment.prior.kind !== "independent" || question.allocation !== "efficient") return undefined;
    if (question.ic === "ex-post" || question.ic === "dominant") return undefined;
    if (question.ir === "ex-post" && question.budget === "ex-post") return undefined;
    const asked = question.ties === "optimise" ? undefined : question.ties;
    if (!mechanism) return InterimReferee.with(problem, undefined, asked ?? "first");
    const steady = mechanism instanceof SteadyGainsMechanism;
    if (!(steady || mechanism instanceof InsuredMechanism) || mechanism.environment !== environment)
      return undefined;
    const { rule } = mechanism;
    const insurers = steady ? undefined : mechanism.insurers;
    if (rule.kind !== "efficient" || (asked && rule.ties !== asked)) return undefined;
    if (question.ir === "ex-post" && !steady) return undefined;
    if (insurers && (insurers.primary !== 0 || insurers.secondary === 0)) return undefined;
    if (question.budget === "ex-post" && !insurers) return undefined;
    return InterimReferee.with(problem, mechanism, rule.ties);
  }

  private static with(problem: Problem, mechanism: Known | undefined, ties: TieRule) {
    const pass = interimPass(problem.environment, ties);
    return pass && new InterimReferee(problem, mechanism, ties, pass);
  }

  findings(): RequirementFinding[] {
    const { mechanism } = this;
    if (!mechanism) return [];
    const { environment, question } = this.problem;
    const { count } = environment.profiles;
    const first = environment.profileLabel(0);
    const everywhere = (slack: Rational, label: string) => finding([slack], () => label, count);
    return [
      { requirement: "allowed outcomes", ...everywhere(Rational.ZERO, `an allowed outcome at ${first}`) },
      ...requiredProperties(question).map((requirement) => ({
        requirement,
        ...this.property(requirement, mechanism, everywhere, first),
      })),
    ];
  }

  private property(
    property: PropertyName,
    mechanism: Known,
    everywhere: (slack: Rational, label: string) => Finding,
    first: string,
  ): Finding {
    const { constantSubsidy: subsidy } = mechanism;
    const exactly = (surplus: Rational) => surplus.absolute().negate();
    switch (property) {
      case "lotteries": {
        const sums = everywhere(Rational.ZERO, `probabilities that sum to 1 at ${first}`);
        return { ...sums, requirements: sums.requirements + this.pass.support };
      }
      case "Bayesian IC":
        return this.incentives();
      case "interim IR":
        return this.participation();
      case "ex post IR":
        return this.participationExPost(mechanism as SteadyGainsMechanism);
      case "ex ante IR":
        return this.participationExAnte();
      case "ex ante balance":
        return finding([exactly(this.expectedSurplus().add(subsidy))], () => "budget in expectation");
      case "ex ante no deficit":
        return finding([this.expectedSurplus().add(subsidy)], () => "budget in expectation");
      case "ex post balance":
        return everywhere(
          exactly(this.insuredSurplus(mechanism as InsuredMechanism).add(subsidy)),
          `budget at ${first}`,
        );
      case "ex post no deficit":
        return everywhere(
          this.insuredSurplus(mechanism as InsuredMechanism).add(subsidy),
          `budget at ${first}`,
        );
      case "subsidy not negative":
        return everywhere(subsidy, `a subsidy that is not negative at ${first}`);
      case "no subsidy":
        return everywhere(exactly(subsidy), `no subsidy at ${first}`);
      default:
        throw new Error(`the interim referee was asked about ${property}`);
    }
  }

  /** What the question measures the mechanism by. */
  objective(): Rational {
    const { question, environment } = this.problem;
    const { constantSubsidy } = this.mechanism!;
    switch (question.objective) {
      case "feasibility":
        return Rational.ZERO;
      case "min-subsidy":
        return allowsSubsidy(question) ? constantSubsidy : Rational.ZERO;
      case "min-worst-subsidy":
        return allowsSubsidy(question) ? Rational.maximum(Rational.ZERO, constantSubsidy) : Rational.ZERO;
      case "max-surplus":
        return this.expectedSurplus();
      case "max-gains":
        return expectedGains(environment, this.pass);
    }
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    const { problem, pass, ties } = this;
    if (problem.question.ir !== "ex-post") return interimBound(problem, pass, ties, multipliers);
    if (!(multipliers instanceof SpreadMultipliers)) return undefined;
    return interimBound(inExpectation(problem), pass, ties, multipliers.interim);
  }

  /**
   * The primary insurer's expected payment is off by what its predicted cost is off; the secondary insurer receives the
   * prediction's mean, whatever the prediction is.
   */
  private interimPayments({ interimPayments, insurers }: InsuredMechanism): RationalVector[] {
    if (!insurers) return [...interimPayments];
    const { primary, predictedCosts } = insurers;
    const actual = this.expectedCosts();
    return interimPayments.map((own, agent) => {
      if (agent !== primary) return own;
      const same = actual.denominator * predictedCosts.denominator;
      const [is, was] = [actual.numeratorsOver(same), predictedCosts.numeratorsOver(same)];
      if (is.every((numerator, type) => numerator === was[type])) return own;
      const errors = is.map((numerator, type) => Rational.of(numerator - was[type], same));
      return RationalVector.from(errors.map((error, type) => own.at(type).add(error)));
    });
  }

  /** `V(a|a) - U(a) - g(a)`. */
  private paymentsForGains({ gains }: SteadyGainsMechanism): RationalVector[] {
    return gains.map((own, agent) => {
      const worths = this.worths(agent);
      const same = worths.denominator * own.denominator;
      const [worth, gain] = [worths.numeratorsOver(same), own.numeratorsOver(same)];
      return new RationalVector(packIntegers(worth.map((numerator, type) => numerator - gain[type])), same);
    });
  }

  /** `E[r | type of the first agent]`. */
  private expectedCosts(): RationalVector {
    const { environment } = this.problem;
    return new RationalVector(this.pass.cost[0], this.others(0) * environment.moneyDenominator);
  }

  /** The weight of all profiles of the others. */
  private others(agent: number): bigint {
    const { marginals } = this.problem.environment.prior;
    return marginals.reduce(
      (product, m, j) => (j === agent ? product : product * m.denominator),
      BigInt(this.pass.shares),
    );
  }

  private mean(agent: number, of: RationalVector): Rational {
    const marginal = this.problem.environment.prior.marginals[agent];
    let total = 0n;
    for (let type = 0; type < of.length; type++) total += marginal.numeratorAt(type) * of.numeratorAt(type);
    return Rational.of(total, marginal.denominator * of.denominator);
  }

  private expectedSurplus(): Rational {
    const revenue = Rational.sum(this.payments.map((payments, agent) => this.mean(agent, payments)));
    return revenue.subtract(this.mean(0, this.expectedCosts()));
  }

  /** Payments minus cost at every profile: insurance makes it the mean of stated payments minus predicted costs. */
  private insuredSurplus({ interimPayments, insurers }: InsuredMechanism): Rational {
    const revenue = Rational.sum(interimPayments.map((payments, agent) => this.mean(agent, payments)));
    return revenue.subtract(this.mean(insurers!.primary, insurers!.predictedCosts));
  }

  private incentives(): Finding {
    const { environment } = this.problem;
    const width = environment.outcomes.length;
    return together(
      environment.agents.map((_, agent) =>
        incentiveFinding(environment, agent, {
          outcomes: new RationalVector(this.pass.mass[agent], this.others(agent)),
          payments: this.payments[agent],
          values: environment.values[agent].entries,
          width,
        }),
      ),
    );
  }

  /** `V(a|a) - U(a)`, over one denominator. */
  private worths(agent: number): RationalVector {
    const { environment } = this.problem;
    const width = environment.outcomes.length;
    const table = environment.values[agent];
    const outside = environment.outsideOptions[agent];
    const worths = environment.agents[agent].types.map((_, type) => {
      let value = -BigInt(outside.numerator(type, 0, 0)) * this.others(agent);
      for (let x = 0; x < width; x++) {
        value += BigInt(this.pass.mass[agent][type * width + x]) * BigInt(table.numerator(type, 0, x));
      }
      return value;
    });
    return new RationalVector(packIntegers(worths), this.others(agent) * environment.moneyDenominator);
  }

  /** `V(a|a) - E t(a) - U(a)`, over one denominator. */
  private gains(agent: number): RationalVector {
    const [worths, payments] = [this.worths(agent), this.payments[agent]];
    const denominator = worths.denominator * payments.denominator;
    const gains = this.problem.environment.agents[agent].types.map(
      (_, type) =>
        worths.numeratorAt(type) * payments.denominator - payments.numeratorAt(type) * worths.denominator,
    );
    return new RationalVector(packIntegers(gains), denominator);
  }

  /** A type gains the same at all profiles that have it. */
  private participationExPost({ gains }: SteadyGainsMechanism): Finding {
    const { environment } = this.problem;
    const { profiles } = environment;
    return together(
      environment.agents.map(({ name }, agent) => {
        const { least, binding } = leastOf(gains[agent]);
        const alike = profiles.othersCount(agent);
        const label = () =>
          `participation of ${name} at ${environment.profileLabel(least * profiles.strides[agent])}`;
        return {
          ...finding([gains[agent].at(least)], label),
          requirements: profiles.count,
          binding: binding * alike,
        };
      }),
    );
  }

  private participation(): Finding {
    const { environment } = this.problem;
    return together(
      environment.agents.map((agent, i) => {
        const gains = this.gains(i);
        const { least, binding } = leastOf(gains);
        const label = () => `participation of ${agent.name} ${agent.types[least]}`;
        return { ...finding([gains.at(least)], label), requirements: gains.length, binding };
      }),
    );
  }

  private participationExAnte(): Finding {
    const { agents } = this.problem.environment;
    const slacks = agents.map((_, agent) => this.mean(agent, this.gains(agent)));
    return finding(slacks, (least) => `participation of ${agents[least].name} before its type is known`);
  }
}
