import { efficientOutcomes } from "../environment/efficiency.js";
import { lcm, Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { costAt, outsideAt, type StatePass, worthAt } from "./state-pass.js";
import type { StatePriceMultipliers } from "./state-price-multipliers.js";
import { ProofFault } from "./weak-duality.js";

/**
 * The Lagrangian bound of prices on Bayesian IC, ex post IR and an ex post budget, for two agents with private values and
 * a rule without lotteries: every sign and every payment's cancellation is checked at every profile, and what is left is
 * added up. All prices must be over one denominator, or share one with the prior; undefined otherwise.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function statePriceBound(
  problem: Problem,
  pass: StatePass,
  multipliers: StatePriceMultipliers,
): Rational | undefined {
  const { environment, question } = problem;
  const { purpose, incentive, prices, budget } = multipliers;
  if (budget.kind !== "profile" || question.budget !== "ex-post" || question.ir !== "ex-post")
    return undefined;
  if (prices.length !== 2 || question.objective === "max-gains") return undefined;
  const { count, sizes } = environment.profiles;
  if ([budget.prices, ...prices].some((vector) => vector.length !== count))
    throw new ProofFault("prices are not one for each profile");
  let unit = pass.whole;
  for (const { denominator } of [budget.prices, ...prices]) unit = lcm(unit, denominator);
  for (const { weight } of incentive) unit = lcm(unit, weight.denominator * pass.whole);
  const over = (vector: RationalVector) => {
    const factor = unit / vector.denominator;
    const { numerators } = vector;
    if (numerators instanceof Float64Array && factor <= BigInt(Number.MAX_SAFE_INTEGER)) {
      const scale = Number(factor);
      let largest = 0;
      for (let s = 0; s < count; s++) largest = Math.max(largest, Math.abs(numerators[s]));
      if (largest * scale * 4 <= Number.MAX_SAFE_INTEGER)
        return scale === 1 ? numerators : numerators.map((n) => n * scale);
    }
    return undefined;
  };
  const price = over(budget.prices);
  const own = prices.map(over);
  const whole = Number(unit / pass.whole);
  if (!price || !own[0] || !own[1] || !Number.isSafeInteger(whole * Number(pass.whole) * 4)) return undefined;

  // By agent and type: what IC adds to the coefficient of the interim payment, over `unit` times the other's mass.
  const marginals = environment.prior.marginals;
  const net = sizes.map((size) => new Float64Array(size));
  const bound = new Total();
  const scaleOf = (agent: number, weight: Rational) =>
    (weight.numerator * (unit / weight.denominator)) / marginals[1 - agent].denominator;
  const chances = [0, 1].map((agent) => chancesByReport(pass, agent));
  const width = environment.outcomes.length;
  for (const { agent, type, report, truth, weight } of incentive) {
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report || truth !== undefined)
      throw new ProofFault("an incentive multiplier is not Bayesian");
    const scaled = scaleOf(agent, weight);
    net[agent][type] += Number(scaled);
    net[agent][report] -= Number(scaled);
    for (let x = 0; x < width; x++) {
      const more = chances[agent][type * width + x] - chances[agent][report * width + x];
      bound.addProduct(-scaled * BigInt(more), BigInt(environment.values[agent].numerator(type, 0, x)));
    }
  }
  if (net.some((ofAgent) => ofAgent.some((weight) => !Number.isSafeInteger(4 * weight)))) return undefined;

  const bounding = purpose === "bound";
  const surplus = bounding && question.objective === "max-surplus" ? whole : 0;
  const worst = bounding && question.objective === "min-worst-subsidy";
  const limit = allowsSubsidy(question) && !worst;
  const positive = new Total();
  const [rows, columns] = sizes;
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const probability = pass.probability[s];
      if (price[s] < 0 && question.balance === "no-deficit")
        throw new ProofFault("a budget price is negative");
      if (limit && price[s] > (bounding ? probability * whole : 0))
        throw new ProofFault("money is priced above what it costs");
      if (price[s] > 0 && worst) positive.add(price[s]);
      const paid = price[s] + surplus * probability;
      const x = pass.chosen[s];
      bound.addScaled(paid, costAt(pass, x, s));
      for (const agent of [0, 1]) {
        const type = agent === 0 ? a : b;
        const others = marginals[1 - agent].numerators[agent === 0 ? b : a] as number;
        const participation = own[agent]![s];
        if (!(participation >= 0)) throw new ProofFault("a participation multiplier is negative");
        const flowing = net[agent][type] * others;
        if (!Number.isSafeInteger(flowing)) return undefined;
        if (flowing + participation !== paid) throw new ProofFault("a payment does not cancel");
        const gain = worthAt(pass, agent, type, x, s) - outsideAt(pass, agent, type, s);
        bound.addScaled(-participation, gain);
      }
    }
  }
  if (worst && allowsSubsidy(question) && positive.value > unit)
    throw new ProofFault("the prices of money sum to more than 1");
  if (question.ties === "optimise" && question.allocation === "efficient") {
    for (const s of pass.tied) bound.addProduct(tieGain(problem, pass, multipliers, s, unit, surplus), 1n);
  }
  return Rational.of(bound.value, unit * environment.moneyDenominator);
}

/** By how much the best of tied outcomes is less than the chosen one in the Lagrangian. */
function tieGain(
  { environment }: Problem,
  pass: StatePass,
  { incentive, prices, budget }: StatePriceMultipliers,
  s: number,
  unit: bigint,
  surplus: number,
): bigint {
  const { profiles, prior } = environment;
  const types = profiles.typesOf(s);
  const numerator = (weight: Rational) => weight.numerator * (unit / weight.denominator);
  const paid =
    (budget.kind === "profile" ? numerator(budget.prices.at(s)) : 0n) +
    BigInt(surplus) * BigInt(pass.probability[s]);
  const coefficient = (x: number): bigint => {
    let total = paid * BigInt(costAt(pass, x, s));
    for (const agent of [0, 1]) {
      const worth = (type: number) => BigInt(worthAt(pass, agent, type, x, s));
      total -= numerator(prices[agent].at(s)) * worth(types[agent]);
      const belief = prior.belief(agent, s);
      for (const { agent: whose, type, report, weight } of incentive) {
        if (whose !== agent || (type !== types[agent] && report !== types[agent])) continue;
        const scaled = numerator(weight.multiply(belief));
        total += (report === types[agent] ? scaled : -scaled) * worth(type);
      }
    }
    return total;
  };
  const chosen = coefficient(pass.chosen[s]);
  let least = 0n;
  for (const x of efficientOutcomes(environment, s)) {
    const difference = coefficient(x) - chosen;
    if (difference < least) least = difference;
  }
  return least;
}

function chancesByReport({ environment, chosen }: StatePass, agent: number): Float64Array {
  const width = environment.outcomes.length;
  const [rows, columns] = environment.profiles.sizes;
  const others = environment.prior.marginals[1 - agent].numerators;
  const mass = new Float64Array(environment.profiles.sizes[agent] * width);
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      mass[(agent === 0 ? a : b) * width + chosen[s]] += others[agent === 0 ? b : a] as number;
    }
  }
  return mass;
}

/** A sum of integers of any size, in doubles as far as that is exact. */
class Total {
  private whole = 0n;
  private part = 0;

  add(term: number): void {
    const next = this.part + term;
    if (Number.isSafeInteger(next)) this.part = next;
    else {
      this.whole += BigInt(this.part) + BigInt(term);
      this.part = 0;
    }
  }

  addScaled(a: number, b: number): void {
    const product = a * b;
    if (Number.isSafeInteger(product)) this.add(product);
    else this.whole += BigInt(a) * BigInt(b);
  }

  addProduct(a: bigint, b: bigint): void {
    this.whole += a * b;
  }

  get value(): bigint {
    return this.whole + BigInt(this.part);
  }
}
