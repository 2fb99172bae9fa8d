import type { Lottery } from "../environment/lottery.js";
import type { Table } from "../environment/table.js";
import { type Beliefs, wholeBeliefs } from "../mechanism/whole/whole-beliefs.js";
import { IntegerSum } from "../number/integer-sum.js";
import { lcm, Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";
import type { Coefficients } from "./coefficients.js";
import { incentivesOf, type Multipliers, participationsOf } from "./multipliers.js";

/** A coefficient is not exact in doubles. */
export class TooLarge extends Error {}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Coefficients as whole numbers in flat arrays, for many profiles: factors over one denominator, money over the environment's
 * as well. Every method throws TooLarge where a number might not be exact.
 */
export class WholeCoefficients implements Coefficients<number> {
  private readonly payments: readonly Float64Array[];
  /** The allowed outcomes of all profiles, one profile after the other, and where each profile's begin. */
  private readonly outcomes: Int32Array;
  private readonly start: Float64Array;
  private readonly money: Float64Array;
  private readonly constant = new IntegerSum();
  /** What lotteries over several outcomes make, over the same denominators. */
  private readonly mixed = new RationalSum();

  private constructor(
    private readonly problem: Problem,
    private readonly beliefs: Beliefs,
    private readonly unit: bigint,
  ) {
    const { environment, allowed } = problem;
    const { count } = environment.profiles;
    this.payments = environment.agents.map(() => new Float64Array(count));
    this.start = new Float64Array(count + 1);
    let outcomes = new Int32Array(count);
    for (let s = 0, k = 0; s < count; s++) {
      for (const x of allowed.outcomes(s)) {
        if (k === outcomes.length) {
          const longer = new Int32Array(2 * k);
          longer.set(outcomes);
          outcomes = longer;
        }
        outcomes[k++] = x;
      }
      this.start[s + 1] = k;
    }
    this.outcomes = outcomes;
    this.money = new Float64Array(this.start[count]);
  }

  /** For the factors that multipliers need; undefined where probabilities or weights have no common denominator below 2^53. */
  static of(problem: Problem, multipliers: Multipliers): WholeCoefficients | undefined {
    const beliefs = wholeBeliefs(problem.environment);
    const unit = beliefs && commonUnit(beliefs, multipliers, problem.environment.agentCount);
    const { values, costs, outsideOptions } = problem.environment;
    const inDoubles = [...values, costs, ...outsideOptions].every(
      ({ entries }) => entries.numerators instanceof Float64Array,
    );
    return unit && inDoubles ? new WholeCoefficients(problem, beliefs, unit) : undefined;
  }

  factor(weight: Rational): number {
    return whole(weight.numerator * (this.unit / weight.denominator));
  }

  byBelief(weight: Rational, agent: number, type: number): (profile: number, others: number) => number {
    const belief = this.beliefs.of(agent);
    const each = whole(weight.numerator * (this.unit / (weight.denominator * belief.total(type))));
    return (profile, others) => exact(each * belief.weight(type, others, profile));
  }

  byProbability(weight: Rational): (profile: number) => number {
    const { probability, whole: all } = this.beliefs;
    const each = whole(weight.numerator * (this.unit / (weight.denominator * all)));
    return (profile) => exact(each * probability[profile]);
  }

  negative(factor: number): number {
    return -factor;
  }

  sign(factor: number): number {
    return factor;
  }

  isAbove(factor: number, other: number): boolean {
    return factor > other;
  }

  value(factor: number): Rational {
    return Rational.of(factor, this.unit);
  }

  addPayment(agent: number, profile: number, factor: number): void {
    const own = this.payments[agent];
    own[profile] = exact(own[profile] + factor);
  }

  addMoney(profile: number, factor: number, money: Table, type: number, truth: number): void {
    const { start, outcomes, money: coefficients } = this;
    for (let k = start[profile]; k < start[profile + 1]; k++) {
      const term = exact(factor * (money.numerator(type, truth, outcomes[k]) as number));
      coefficients[k] = exact(coefficients[k] + term);
    }
  }

  addConstant(factor: number, money: Table, type: number, truth: number): void {
    this.constant.addProduct(factor, money.numerator(type, truth, 0) as number);
  }

  paymentLeft(agent: number): { profile: number; rest: Rational } | undefined {
    const own = this.payments[agent];
    for (let profile = 0; profile < own.length; profile++) {
      if (own[profile] !== 0) return { profile, rest: this.value(own[profile]) };
    }
    return undefined;
  }

  addLeast(profile: number, lottery: Lottery | undefined): void {
    const { start, outcomes, money } = this;
    const [first, end] = [start[profile], start[profile + 1]];
    if (!lottery) {
      let least = money[first];
      for (let k = first + 1; k < end; k++) least = Math.min(least, money[k]);
      this.constant.add(least);
      return;
    }
    for (const { outcome, probability } of lottery) {
      const coefficient = money[outcomes.indexOf(outcome, first)];
      if (probability.equals(Rational.ONE)) this.constant.add(coefficient);
      else this.mixed.addFraction(BigInt(coefficient) * probability.numerator, probability.denominator);
    }
  }

  get total(): Rational {
    const total = this.mixed.value.add(Rational.of(this.constant.value));
    return total.divide(Rational.of(this.unit * this.problem.environment.moneyDenominator));
  }
}

/** The number, if it is exact: a rounded one is at least 2^53 in size. */
function exact(value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new TooLarge();
}

function whole(value: bigint): number {
  return exact(Number(value));
}

/** A denominator over which every factor is whole; undefined where it is no safe integer. */
function commonUnit(beliefs: Beliefs, multipliers: Multipliers, agentCount: number): bigint | undefined {
  const totals = Array.from({ length: agentCount }, (_, agent) => beliefs.of(agent));
  let unit = beliefs.whole;
  const include = (denominator: bigint) => {
    // Beyond the largest it need not grow any more.
    if (unit <= LARGEST && unit % denominator !== 0n) unit = lcm(unit, denominator);
  };
  for (const { agent, type, truth, weight } of incentivesOf(multipliers)) {
    include(weight.denominator * (truth === undefined ? totals[agent].total(type) : 1n));
  }
  for (const { agent, type, profile, weight } of participationsOf(multipliers)) {
    const over = type !== undefined ? totals[agent].total(type) : profile === undefined ? beliefs.whole : 1n;
    include(weight.denominator * over);
  }
  const { budget } = multipliers;
  if (budget.kind === "profile") include(budget.prices.denominator);
  if (budget.kind === "expectation") include(budget.price.denominator * beliefs.whole);
  if (budget.kind === "prior") include(budget.scale.denominator * beliefs.whole);
  return unit <= LARGEST ? unit : undefined;
}
