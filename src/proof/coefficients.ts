import type { Lottery } from "../environment/lottery.js";
import type { Table } from "../environment/table.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";

/**
 * The coefficients of a Lagrangian: of every payment, and of the probability of every allowed outcome at every profile. A
 * `Factor` is a weight, or a weight times a probability, in whatever numbers the coefficients are kept.
 */
export interface Coefficients<Factor> {
  factor(weight: Rational): Factor;
  /** The weight times what the agent, being of the type, believes of the others' types in a profile. */
  byBelief(weight: Rational, agent: number, type: number): (profile: number, others: number) => Factor;
  /** The weight times the prior's probability of a profile. */
  byProbability(weight: Rational): (profile: number) => Factor;
  negative(factor: Factor): Factor;
  sign(factor: Factor): number;
  isAbove(factor: Factor, other: Factor): boolean;
  value(factor: Factor): Rational;
  addPayment(agent: number, profile: number, factor: Factor): void;
  /** Adds the factor times the money of each outcome allowed at a profile, as it is for a type at a true profile. */
  addMoney(profile: number, factor: Factor, money: Table, type: number, truth: number): void;
  addConstant(factor: Factor, money: Table, type: number, truth: number): void;
  /** The first profile at which the agent's payment has a coefficient, and what it is. */
  paymentLeft(agent: number): { readonly profile: number; readonly rest: Rational } | undefined;
  /** Adds what a lottery makes of the outcomes' coefficients at a profile; the least that any makes where none is given. */
  addLeast(profile: number, lottery: Lottery | undefined): void;
  /** Everything added up that is no coefficient. */
  readonly total: Rational;
}

/** Coefficients in fractions, each a sum by itself. */
export class RationalCoefficients implements Coefficients<Rational> {
  private readonly payments: RationalSum[][];
  private readonly outcomes: (readonly number[])[];
  /** `money[s][k]`: of the k-th allowed outcome's probability at `s`. */
  private readonly money: RationalSum[][];
  private readonly constant = new RationalSum();

  constructor(private readonly problem: Problem) {
    const { environment, allowed } = problem;
    const { count } = environment.profiles;
    this.payments = environment.agents.map(() => sums(count));
    this.outcomes = Array.from({ length: count }, (_, s) => allowed.outcomes(s));
    this.money = this.outcomes.map((outcomes) => sums(outcomes.length));
  }

  factor(weight: Rational): Rational {
    return weight;
  }

  byBelief(weight: Rational, agent: number): (profile: number) => Rational {
    const { prior } = this.problem.environment;
    return (profile) => weight.multiply(prior.belief(agent, profile));
  }

  byProbability(weight: Rational): (profile: number) => Rational {
    const { prior } = this.problem.environment;
    return (profile) => weight.multiply(prior.probability(profile));
  }

  negative(factor: Rational): Rational {
    return factor.negate();
  }

  sign(factor: Rational): number {
    return factor.sign;
  }

  isAbove(factor: Rational, other: Rational): boolean {
    return factor.compare(other) > 0;
  }

  value(factor: Rational): Rational {
    return factor;
  }

  addPayment(agent: number, profile: number, factor: Rational): void {
    this.payments[agent][profile].add(factor);
  }

  addMoney(profile: number, factor: Rational, money: Table, type: number, truth: number): void {
    this.outcomes[profile].forEach((x, k) => {
      this.money[profile][k].addProduct(factor, money.at(type, truth, x));
    });
  }

  addConstant(factor: Rational, money: Table, type: number, truth: number): void {
    this.constant.addProduct(factor, money.at(type, truth, 0));
  }

  paymentLeft(agent: number): { profile: number; rest: Rational } | undefined {
    for (let profile = 0; profile < this.payments[agent].length; profile++) {
      const rest = this.payments[agent][profile].value;
      if (!rest.isZero) return { profile, rest };
    }
    return undefined;
  }

  addLeast(profile: number, lottery: Lottery | undefined): void {
    const coefficients = this.money[profile].map((sum) => sum.value);
    if (!lottery) {
      this.constant.add(coefficients.reduce(Rational.minimum));
      return;
    }
    for (const { outcome, probability } of lottery) {
      this.constant.addProduct(probability, coefficients[this.outcomes[profile].indexOf(outcome)]);
    }
  }

  get total(): Rational {
    return this.constant.value;
  }
}

function sums(length: number): RationalSum[] {
  return Array.from({ length }, () => new RationalSum());
}
