import type { Finding, PropertyName } from "../../mechanism/audit.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import type { MutualInsurance } from "../../mechanism/mutual-insurance.js";
import { SymmetricSteadyGains } from "../../mechanism/symmetric-steady-gains.js";
import { lcm, Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { SymmetricAgents } from "./symmetric-agents.js";
import type { SymmetricPass } from "./symmetric-pass.js";

/** What a mechanism means to one of its agents, recomputed. */
export class CheckedInsurance {
  /** `E[t | type]`. */
  private readonly payments: RationalVector;
  /** What payments leave beyond the cost, in expectation; with insurance at every profile. */
  private readonly surplus: Rational;
  private readonly outside: RationalVector;

  constructor(
    private readonly problem: Problem,
    private readonly agents: SymmetricAgents,
    private readonly mechanism: MutualInsurance | SymmetricSteadyGains,
    private readonly pass: SymmetricPass,
  ) {
    const n = problem.environment.agentCount;
    const costs = pass.costs;
    this.outside = agents.outsideOptions();
    if (mechanism instanceof SymmetricSteadyGains) {
      this.payments = this.paymentsForGains(mechanism);
      this.surplus = this.mean(this.payments).multiply(Rational.of(n)).subtract(this.mean(costs));
      return;
    }
    const { interimPayments, predictedCosts } = mechanism;
    // Of an error in what is predicted for its type, an agent bears its share; others' errors it meets at their mean, zero.
    this.payments = predictedCosts
      ? RationalVector.from(
          interimPayments.toRationals().map((payment, type) => {
            const error = costs.at(type).subtract(predictedCosts.at(type));
            return error.isZero ? payment : payment.add(error.divide(Rational.of(n)));
          }),
        )
      : interimPayments;
    this.surplus = this.mean(interimPayments)
      .multiply(Rational.of(n))
      .subtract(this.mean(predictedCosts ?? costs));
  }

  /** `V(a|a) - U(a) - g(a)`. */
  private paymentsForGains({ gains }: SymmetricSteadyGains): RationalVector {
    const { chances } = this.pass;
    const unit = chances.denominator * this.problem.environment.moneyDenominator;
    return RationalVector.from(
      gains.toRationals().map((gain, type) =>
        Rational.of(this.value(chances, type, type), unit)
          .subtract(this.outside.at(type))
          .subtract(gain),
      ),
    );
  }

  finding(property: PropertyName | "allowed outcomes"): Finding {
    const { problem, mechanism, pass } = this;
    const { environment } = problem;
    const { count } = environment.profiles;
    const first = environment.profileLabel(0);
    const subsidy = mechanism.constantSubsidy;
    const left = this.surplus.add(subsidy);
    const once = (slack: Rational) => one(slack, 1, () => "budget in expectation");
    const everywhere = (slack: Rational, label: string) => one(slack, count, () => label);
    switch (property) {
      case "allowed outcomes":
        return pass.allowed.finding();
      case "lotteries":
        return pass.lotteries.finding();
      case "Bayesian IC":
        return this.incentives();
      case "interim IR":
        return this.participation();
      case "ex post IR":
        return this.participationExPost(mechanism as SymmetricSteadyGains);
      case "ex ante IR":
        return this.participationExAnte();
      case "ex ante balance":
        return once(left.absolute().negate());
      case "ex ante no deficit":
        return once(left);
      case "ex post balance":
        return everywhere(left.absolute().negate(), `budget at ${first}`);
      case "ex post no deficit":
        return everywhere(left, `budget at ${first}`);
      case "subsidy not negative":
        return everywhere(subsidy, `a subsidy that is not negative at ${first}`);
      case "no subsidy":
        return everywhere(subsidy.absolute().negate(), `no subsidy at ${first}`);
      default:
        throw new Error(`the symmetric referee was asked about ${property}`);
    }
  }

  objective(): Rational {
    const { problem, agents, pass } = this;
    const { question, environment } = problem;
    switch (question.objective) {
      case "feasibility":
        return Rational.ZERO;
      case "min-subsidy":
        return allowsSubsidy(question) ? this.mechanism.constantSubsidy : Rational.ZERO;
      case "min-worst-subsidy":
        return allowsSubsidy(question)
          ? Rational.maximum(this.mechanism.constantSubsidy, Rational.ZERO)
          : Rational.ZERO;
      case "max-surplus":
        return this.surplus;
      case "max-gains": {
        const { chances } = pass;
        const values = Array.from({ length: agents.typeCount }, (_, type) => this.value(chances, type, type));
        const own = Rational.of(agents.mean(values), agents.denominator * chances.denominator);
        const each = own.divide(Rational.of(environment.moneyDenominator)).subtract(this.mean(this.outside));
        return each.multiply(Rational.of(environment.agentCount)).subtract(this.mean(pass.costs));
      }
    }
  }

  private mean(of: RationalVector): Rational {
    const { agents } = this;
    const numerators = of.numeratorsOver(of.denominator);
    return Rational.of(agents.mean(numerators), agents.denominator * of.denominator);
  }

  /** What a report is worth to a type, over the chances' and the money denominator. */
  private value(chances: RationalVector, report: number, type: number): bigint {
    const { classCount, values } = this.agents;
    let total = 0n;
    for (let k = 0; k < classCount; k++) {
      total += chances.numeratorAt(report * classCount + k) * values[type * classCount + k];
    }
    return total;
  }

  /** `utility(type, report)` of each report to each type, and outside options, over one denominator. */
  private utilities() {
    const { payments, outside, agents } = this;
    const { chances } = this.pass;
    const unit = chances.denominator * this.problem.environment.moneyDenominator;
    const denominator = lcm(lcm(unit, payments.denominator), outside.denominator);
    const paid = payments.numeratorsOver(denominator);
    const factor = denominator / unit;
    return {
      denominator,
      outside: outside.numeratorsOver(denominator),
      types: Array.from({ length: agents.typeCount }, (_, type) => type),
      utility: (type: number, report: number) => this.value(chances, report, type) * factor - paid[report],
    };
  }

  private incentives(): Finding {
    const { environment } = this.problem;
    const { types, utility, denominator } = this.utilities();
    const pairs = types.flatMap((type) =>
      types.filter((report) => report !== type).map((report) => [type, report] as const),
    );
    const truthful = types.map((type) => utility(type, type));
    const slacks = pairs.map(([type, report]) => truthful[type] - utility(type, report));
    return alike(slacks, denominator, environment.agentCount, (k) =>
      incentiveLabel(environment, 0, ...pairs[k]),
    );
  }

  private participation(): Finding {
    const { agents, agentCount } = this.problem.environment;
    const { types, utility, outside, denominator } = this.utilities();
    const slacks = types.map((type) => utility(type, type) - outside[type]);
    const [{ name, types: labels }] = agents;
    return alike(slacks, denominator, agentCount, (k) => `participation of ${name} ${labels[k]}`);
  }

  /** A type gains the same at all profiles that have it. */
  private participationExPost({ gains }: SymmetricSteadyGains): Finding {
    const { environment } = this.problem;
    const { profiles, agents, agentCount } = environment;
    const alikes = agentCount * profiles.othersCount(0);
    return alike(gains.numeratorsOver(gains.denominator), gains.denominator, alikes, (k) => {
      const where = environment.profileLabel(k * profiles.strides[0]);
      return `participation of ${agents[0].name} at ${where}`;
    });
  }

  private participationExAnte(): Finding {
    const { agents, agentCount } = this.problem.environment;
    const { types, utility, outside, denominator } = this.utilities();
    const gains = types.map((type) => utility(type, type) - outside[type]);
    const mean = Rational.of(this.agents.mean(gains), this.agents.denominator * denominator);
    return one(mean, agentCount, () => `participation of ${agents[0].name} before its type is known`);
  }
}

/** A property that consists of slacks over a denominator, each of which stands for a number of requirements. */
function alike(
  slacks: readonly bigint[],
  denominator: bigint,
  times: number,
  label: (k: number) => string,
): Finding {
  let least = 0;
  let binding = 0;
  slacks.forEach((slack, k) => {
    if (slack < slacks[least]) least = k;
    if (slack === 0n) binding += times;
  });
  const holds = slacks.length === 0 || slacks[least] >= 0n;
  return {
    holds,
    violation: holds ? Rational.ZERO : Rational.of(-slacks[least], denominator),
    worst: slacks.length === 0 ? undefined : label(least),
    requirements: slacks.length * times,
    binding,
  };
}

function one({ numerator, denominator }: Rational, times: number, label: () => string): Finding {
  return alike([numerator], denominator, times, label);
}
