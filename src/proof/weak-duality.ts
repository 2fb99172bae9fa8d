import { gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "./multipliers.js";

/** Why multipliers prove nothing. */
export class ProofFault extends Error {
  override readonly name = "ProofFault";
}

/**
 * What the multipliers prove about every mechanism that meets the problem's requirements. The Lagrangian
 *
 *     objective - sum lambda * (IC slack) - sum mu * (IR slack) - sum pi * (budget slack)
 *
 * never exceeds the objective of such a mechanism. It is linear in the payments, whose coefficients must cancel; in the
 * outside money, whose coefficient must not be negative; and in the lotteries, over which it is minimised profile by
 * profile. What remains is returned: a lower bound of the objective (of its negative where it is maximised), or, with
 * the purpose `infeasibility`, a number that would have to be at most 0 if any mechanism existed.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function lagrangianBound(problem: Problem, multipliers: Multipliers): Rational {
  const lagrangian = new Lagrangian(problem, multipliers.purpose === "bound");
  for (const multiplier of multipliers.incentive) lagrangian.subtractIncentive(multiplier);
  for (const multiplier of multipliers.participation) lagrangian.subtractParticipation(multiplier);
  lagrangian.subtractBudget(multipliers.budget);
  return lagrangian.minimum();
}

class Lagrangian {
  private readonly environment: Environment;
  /** `payment[i][s]`: coefficient of `t_i(s)`. */
  private readonly payment: RationalSum[][];
  /** `outcome[s][k]`: coefficient of the k-th allowed outcome's probability at `s`. */
  private readonly outcome: RationalSum[][];
  private readonly outcomes: (readonly number[])[];
  private readonly constant = new RationalSum();

  constructor(
    private readonly problem: Problem,
    private readonly withObjective: boolean,
  ) {
    const { environment, allowed } = problem;
    const { count } = environment.profiles;
    this.environment = environment;
    this.payment = environment.agents.map(() => sums(count));
    this.outcomes = Array.from({ length: count }, (_, s) => allowed.outcomes(s));
    this.outcome = this.outcomes.map((outcomes) => sums(outcomes.length));
    if (withObjective) this.addObjective();
  }

  private addObjective(): void {
    const { environment } = this;
    const { objective } = this.problem.question;
    if (objective !== "max-surplus" && objective !== "max-gains") return;
    for (let s = 0; s < environment.profiles.count; s++) {
      const probability = environment.prior.probability(s);
      if (objective === "max-gains") {
        this.addOutcomes(s, probability.negate(), (x) => gains(environment, x, s));
      } else {
        this.addOutcomes(s, probability, (x) => environment.cost(x, s));
        for (const payment of this.payment) payment[s].add(probability.negate());
      }
    }
  }

  private addOutcomes(profile: number, factor: Rational, of: (outcome: number) => Rational): void {
    this.outcomes[profile].forEach((x, k) => {
      this.outcome[profile][k].addProduct(factor, of(x));
    });
  }

  /** Adds `factor * u_i(reported; truth)`, the agent's utility from the reports when the truth is another profile. */
  private addUtility(agent: number, reported: number, truth: number, factor: Rational): void {
    this.addOutcomes(reported, factor, (x) => this.environment.value(agent, x, truth));
    this.payment[agent][reported].add(factor.negate());
  }

  subtractIncentive({ agent, type, report, truth, reported, weight }: IncentiveMultiplier): void {
    const { profiles, prior } = this.environment;
    const { ic } = this.problem.question;
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report) throw new ProofFault("an incentive multiplier is on reporting the truth");
    if (ic !== (truth === undefined ? "bayesian" : reported === undefined ? "ex-post" : "dominant")) {
      throw new ProofFault(
        `an incentive multiplier is not on a requirement of ${ic} incentive compatibility`,
      );
    }
    const subtract = (reports: number, facts: number, factor: Rational) => {
      this.addUtility(agent, reports, facts, factor.negate());
      this.addUtility(agent, profiles.replace(reports, agent, report), facts, factor);
    };
    if (truth === undefined) {
      for (const profile of profiles.profilesOf(agent, type)) {
        subtract(profile, profile, weight.multiply(prior.belief(agent, profile)));
      }
      return;
    }
    if (profiles.typeOf(truth, agent) !== type || profiles.typeOf(reported ?? truth, agent) !== type) {
      throw new ProofFault("an incentive multiplier's profile does not have its type");
    }
    subtract(reported ?? truth, truth, weight);
  }

  subtractParticipation({ agent, type, profile, weight }: ParticipationMultiplier): void {
    const { profiles, prior } = this.environment;
    const { ir } = this.problem.question;
    if (weight.sign < 0) throw new ProofFault("a participation multiplier is negative");
    if (ir !== (profile !== undefined ? "ex-post" : type !== undefined ? "interim" : "ex-ante")) {
      throw new ProofFault(`a participation multiplier is not on a requirement of ${ir} participation`);
    }
    const subtract = (s: number, factor: Rational) => {
      this.addUtility(agent, s, s, factor.negate());
      this.constant.addProduct(factor, this.environment.outsideOption(agent, s));
    };
    if (profile !== undefined) subtract(profile, weight);
    else if (type !== undefined) {
      for (const s of profiles.profilesOf(agent, type)) subtract(s, weight.multiply(prior.belief(agent, s)));
    } else {
      for (let s = 0; s < profiles.count; s++) subtract(s, weight.multiply(prior.probability(s)));
    }
  }

  subtractBudget(budget: BudgetPrices): void {
    const { question } = this.problem;
    const required = budget.kind === "expectation" ? "ex-ante" : "ex-post";
    if (budget.kind !== "none" && question.budget !== required) {
      throw new ProofFault(`budget prices by ${budget.kind} do not belong to the ${question.budget} budget`);
    }
    const { count } = this.environment.profiles;
    if (budget.kind === "profile" && budget.prices.length !== count) {
      throw new ProofFault(`${budget.prices.length} budget prices for ${count} profiles`);
    }
    let positive = Rational.ZERO;
    for (let s = 0; s < count; s++) {
      const price = priceAt(budget, this.environment, s);
      if (price.sign < 0 && question.balance === "no-deficit")
        throw new ProofFault("a budget price is negative");
      if (price.sign > 0) positive = positive.add(price);
      this.addOutcomes(s, price, (x) => this.environment.cost(x, s));
      for (const payment of this.payment) payment[s].add(price.negate());
      this.checkOutsideMoney(price, s);
    }
    if (this.withObjective && question.objective === "min-worst-subsidy" && allowsSubsidy(question)) {
      if (positive.compare(Rational.ONE) > 0) throw new ProofFault("the prices of money sum to more than 1");
    }
  }

  /** The coefficient of `z(s) >= 0` is its weight in the objective minus the price of money there. */
  private checkOutsideMoney(price: Rational, profile: number): void {
    const { question } = this.problem;
    if (!allowsSubsidy(question)) return;
    if (this.withObjective && question.objective === "min-worst-subsidy") return;
    const worth = this.withObjective ? this.environment.prior.probability(profile) : Rational.ZERO;
    if (price.compare(worth) > 0) {
      throw new ProofFault(
        `money at ${this.environment.profileLabel(profile)} is priced above what it costs`,
      );
    }
  }

  /** The least value over payments, outside money and lotteries. */
  minimum(): Rational {
    this.payment.forEach((coefficients, agent) => {
      coefficients.forEach((coefficient, s) => {
        const rest = coefficient.value;
        if (!rest.isZero) {
          const who = this.environment.agents[agent].name;
          throw new ProofFault(
            `${who}'s payment at ${this.environment.profileLabel(s)} does not cancel: ${rest} is left`,
          );
        }
      });
    });
    const total = this.constant;
    for (let s = 0; s < this.outcome.length; s++) {
      const coefficients = this.outcome[s].map((sum) => sum.value);
      const fixed = this.problem.allowed.fixed(s);
      if (fixed) {
        const position = new Map(this.outcomes[s].map((x, k) => [x, k]));
        for (const { outcome, probability } of fixed) {
          total.addProduct(probability, coefficients[position.get(outcome)!]);
        }
      } else total.add(coefficients.reduce(Rational.minimum));
    }
    return total.value;
  }
}

function sums(length: number): RationalSum[] {
  return Array.from({ length }, () => new RationalSum());
}

function priceAt(budget: BudgetPrices, environment: Environment, profile: number): Rational {
  switch (budget.kind) {
    case "none":
      return Rational.ZERO;
    case "expectation":
      return budget.price.multiply(environment.prior.probability(profile));
    case "profile":
      return budget.prices.at(profile);
    case "prior":
      return budget.scale.multiply(environment.prior.probability(profile));
  }
}
