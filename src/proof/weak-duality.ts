import type { Environment } from "../environment/environment.js";
import { MOST_PROFILES_ONE_BY_ONE } from "../mechanism/whole/whole-of.js";
import { Rational } from "../number/rational.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { type Coefficients, RationalCoefficients } from "./coefficients.js";
import {
  type BudgetPrices,
  type IncentiveMultiplier,
  incentivesOf,
  type Multipliers,
  type ParticipationMultiplier,
  participationsOf,
} from "./multipliers.js";
import { TooLarge, WholeCoefficients } from "./whole-coefficients.js";

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
  const many = problem.environment.profiles.count > MOST_PROFILES_ONE_BY_ONE;
  return (many ? wholeBound(problem, multipliers) : undefined) ?? fractionBound(problem, multipliers);
}

/** The bound in whole numbers; undefined where these might not be exact. */
export function wholeBound(problem: Problem, multipliers: Multipliers): Rational | undefined {
  const coefficients = WholeCoefficients.of(problem, multipliers);
  try {
    return coefficients && boundWith(coefficients, problem, multipliers);
  } catch (fault) {
    if (fault instanceof TooLarge) return undefined;
    throw fault;
  }
}

/** The bound in fractions. */
export function fractionBound(problem: Problem, multipliers: Multipliers): Rational {
  return boundWith(new RationalCoefficients(problem), problem, multipliers);
}

function boundWith<Factor>(
  coefficients: Coefficients<Factor>,
  problem: Problem,
  multipliers: Multipliers,
): Rational {
  const lagrangian = new Lagrangian(problem, multipliers.purpose === "bound", coefficients);
  for (const multiplier of incentivesOf(multipliers)) lagrangian.subtractIncentive(multiplier);
  for (const multiplier of participationsOf(multipliers)) lagrangian.subtractParticipation(multiplier);
  lagrangian.subtractBudget(multipliers.budget);
  return lagrangian.minimum();
}

class Lagrangian<Factor> {
  private readonly environment: Environment;

  constructor(
    private readonly problem: Problem,
    private readonly withObjective: boolean,
    private readonly coefficients: Coefficients<Factor>,
  ) {
    this.environment = problem.environment;
    if (withObjective) this.addObjective();
  }

  private addObjective(): void {
    const { coefficients, environment } = this;
    const { objective } = this.problem.question;
    if (objective !== "max-surplus" && objective !== "max-gains") return;
    const { profiles, agents, values, outsideOptions, costs } = environment;
    const probability = coefficients.byProbability(Rational.ONE);
    for (let s = 0; s < profiles.count; s++) {
      const chance = probability(s);
      const loss = coefficients.negative(chance);
      coefficients.addMoney(s, chance, costs, 0, s);
      for (let agent = 0; agent < agents.length; agent++) {
        if (objective === "max-surplus") {
          coefficients.addPayment(agent, s, loss);
          continue;
        }
        const type = profiles.typeOf(s, agent);
        coefficients.addMoney(s, loss, values[agent], type, s);
        coefficients.addMoney(s, chance, outsideOptions[agent], type, s);
      }
    }
  }

  /** Adds `factor * u_i(reported; truth)`, the agent's utility from the reports when the truth is another profile. */
  private addUtility(agent: number, reported: number, truth: number, factor: Factor): void {
    const { coefficients, environment } = this;
    const type = environment.profiles.typeOf(truth, agent);
    coefficients.addMoney(reported, factor, environment.values[agent], type, truth);
    coefficients.addPayment(agent, reported, coefficients.negative(factor));
  }

  subtractIncentive({ agent, type, report, truth, reported, weight }: IncentiveMultiplier): void {
    const { coefficients } = this;
    const { profiles } = this.environment;
    const { ic } = this.problem.question;
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report) throw new ProofFault("an incentive multiplier is on reporting the truth");
    if (ic !== (truth === undefined ? "bayesian" : reported === undefined ? "ex-post" : "dominant")) {
      throw new ProofFault(
        `an incentive multiplier is not on a requirement of ${ic} incentive compatibility`,
      );
    }
    const subtract = (reports: number, facts: number, factor: Factor) => {
      this.addUtility(agent, reports, facts, coefficients.negative(factor));
      this.addUtility(agent, profiles.replace(reports, agent, report), facts, factor);
    };
    if (truth === undefined) {
      const believed = coefficients.byBelief(weight, agent, type);
      this.forEachProfile(agent, type, (profile, others) =>
        subtract(profile, profile, believed(profile, others)),
      );
      return;
    }
    if (profiles.typeOf(truth, agent) !== type || profiles.typeOf(reported ?? truth, agent) !== type) {
      throw new ProofFault("an incentive multiplier's profile does not have its type");
    }
    subtract(reported ?? truth, truth, coefficients.factor(weight));
  }

  subtractParticipation({ agent, type, profile, weight }: ParticipationMultiplier): void {
    const { coefficients } = this;
    const { profiles, outsideOptions } = this.environment;
    const { ir } = this.problem.question;
    if (weight.sign < 0) throw new ProofFault("a participation multiplier is negative");
    if (ir !== (profile !== undefined ? "ex-post" : type !== undefined ? "interim" : "ex-ante")) {
      throw new ProofFault(`a participation multiplier is not on a requirement of ${ir} participation`);
    }
    const subtract = (s: number, factor: Factor) => {
      this.addUtility(agent, s, s, coefficients.negative(factor));
      coefficients.addConstant(factor, outsideOptions[agent], profiles.typeOf(s, agent), s);
    };
    if (profile !== undefined) subtract(profile, coefficients.factor(weight));
    else if (type !== undefined) {
      const believed = coefficients.byBelief(weight, agent, type);
      this.forEachProfile(agent, type, (s, others) => subtract(s, believed(s, others)));
    } else {
      const probability = coefficients.byProbability(weight);
      for (let s = 0; s < profiles.count; s++) subtract(s, probability(s));
    }
  }

  /** The profiles in which the agent has the type, with the others' profile. */
  private forEachProfile(
    agent: number,
    type: number,
    visit: (profile: number, others: number) => void,
  ): void {
    const { profiles } = this.environment;
    const offset = type * profiles.strides[agent];
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      visit(profiles.withOthers(agent, others) + offset, others);
    }
  }

  subtractBudget(budget: BudgetPrices): void {
    const { coefficients, environment } = this;
    const { question } = this.problem;
    const required = budget.kind === "expectation" ? "ex-ante" : "ex-post";
    if (budget.kind !== "none" && question.budget !== required) {
      throw new ProofFault(`budget prices by ${budget.kind} do not belong to the ${question.budget} budget`);
    }
    const { count } = environment.profiles;
    if (budget.kind === "profile" && budget.prices.length !== count) {
      throw new ProofFault(`${budget.prices.length} budget prices for ${count} profiles`);
    }
    const priceAt = this.pricesOf(budget);
    if (!priceAt) return;
    const limited = allowsSubsidy(question);
    const worst = this.withObjective && question.objective === "min-worst-subsidy";
    // The coefficient of `z(s) >= 0` is its weight in the objective minus the price of money there.
    const worth = coefficients.byProbability(this.withObjective ? Rational.ONE : Rational.ZERO);
    let positive = Rational.ZERO;
    for (let s = 0; s < count; s++) {
      const price = priceAt(s);
      const sign = coefficients.sign(price);
      if (sign < 0 && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
      coefficients.addMoney(s, price, environment.costs, 0, s);
      const loss = coefficients.negative(price);
      for (let agent = 0; agent < environment.agentCount; agent++) coefficients.addPayment(agent, s, loss);
      if (sign <= 0 || !limited) continue;
      if (worst) positive = positive.add(coefficients.value(price));
      else if (coefficients.isAbove(price, worth(s))) {
        throw new ProofFault(`money at ${environment.profileLabel(s)} is priced above what it costs`);
      }
    }
    if (positive.compare(Rational.ONE) > 0) throw new ProofFault("the prices of money sum to more than 1");
  }

  /** The price of money at each profile; undefined where there are none. */
  private pricesOf(budget: BudgetPrices): ((profile: number) => Factor) | undefined {
    const { coefficients } = this;
    switch (budget.kind) {
      case "none":
        return undefined;
      case "expectation":
        return coefficients.byProbability(budget.price);
      case "prior":
        return coefficients.byProbability(budget.scale);
      case "profile":
        return (s) => coefficients.factor(budget.prices.at(s));
    }
  }

  /** The least value over payments, outside money and lotteries. */
  minimum(): Rational {
    const { coefficients, environment, problem } = this;
    environment.agents.forEach(({ name }, agent) => {
      const left = coefficients.paymentLeft(agent);
      if (!left) return;
      throw new ProofFault(
        `${name}'s payment at ${environment.profileLabel(left.profile)} does not cancel: ${left.rest} is left`,
      );
    });
    for (let s = 0; s < environment.profiles.count; s++) coefficients.addLeast(s, problem.allowed.fixed(s));
    return coefficients.total;
  }
}
