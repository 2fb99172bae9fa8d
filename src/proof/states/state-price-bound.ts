import { efficientOutcomes } from "../../environment/efficiency.js";
import { machineEntry } from "../../environment/table.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { lcm, Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { ProofFault } from "../weak-duality.js";
import { costAt, gainsOf, gainTable, othersWeights, type StatePass, worthAt } from "./state-pass.js";
import type { StatePriceMultipliers } from "./state-price-multipliers.js";

/**
 * The Lagrangian bound of prices on Bayesian IC, ex post IR and an ex post budget, for agents with private values and a rule
 * without lotteries, whose outcomes' probabilities by report are `chances`: every sign and every payment's cancellation is checked at every profile, and what is left is
 * added up. All prices must be over one denominator, or share one with the prior; undefined otherwise.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function statePriceBound(
  problem: Problem,
  pass: StatePass,
  chances: readonly RationalVector[],
  multipliers: StatePriceMultipliers,
): Rational | undefined {
  const { environment, question } = problem;
  const { purpose, incentive, prices, budget } = multipliers;
  if (budget.kind !== "profile" || question.budget !== "ex-post" || question.ir !== "ex-post")
    return undefined;
  if (prices.length !== environment.agentCount) return undefined;
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
  if (!price || !Number.isSafeInteger(whole * Number(pass.whole) * 4)) return undefined;

  // By agent and type: what IC adds to the coefficient of the interim payment, over `unit` times the others' mass.
  const net = sizes.map((size) => new Float64Array(size));
  const bound = new IntegerSum();
  const width = environment.outcomes.length;
  for (const { agent, type, report, truth, weight } of incentive) {
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report || truth !== undefined)
      throw new ProofFault("an incentive multiplier is not Bayesian");
    const scaled = (weight.numerator * (unit / weight.denominator)) / chances[agent].denominator;
    net[agent][type] += Number(scaled);
    net[agent][report] -= Number(scaled);
    for (let x = 0; x < width; x++) {
      const more =
        chances[agent].numeratorAt(type * width + x) - chances[agent].numeratorAt(report * width + x);
      bound.addLong(-scaled * more * BigInt(environment.values[agent].numerator(type, 0, x)));
    }
  }
  if (net.some((ofAgent) => ofAgent.some((weight) => !Number.isSafeInteger(4 * weight)))) return undefined;

  const bounding = purpose === "bound";
  const surplus = bounding && question.objective === "max-surplus" ? whole : 0;
  const worst = bounding && question.objective === "min-worst-subsidy";
  const limit = allowsSubsidy(question) && !worst;
  const positive = new IntegerSum();
  for (let s = 0; s < count; s++) {
    const probability = pass.probability[s];
    if (price[s] < 0 && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
    if (limit && price[s] > (bounding ? probability * whole : 0))
      throw new ProofFault("money is priced above what it costs");
    if (price[s] > 0 && worst) positive.add(price[s]);
    bound.addProduct(price[s] + surplus * probability, costAt(pass, pass.chosen[s], s));
  }
  for (let agent = 0; agent < own.length; agent++) {
    const participation = own[agent];
    if (!participation) return undefined;
    const stride = environment.profiles.strides[agent];
    const gains = gainTable(pass, agent);
    const weights = othersWeights(environment, agent);
    const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    if (net[agent].some((flowing) => !Number.isSafeInteger(flowing * heaviest))) return undefined;
    // Profiles in order, so that what is looked at together lies together.
    for (let s = 0, block = 0; s < count; block += stride) {
      for (let type = 0; type < sizes[agent]; type++) {
        const flowing = net[agent][type];
        for (let others = block; others < block + stride; others++, s++) {
          const kept = participation[s];
          if (!(kept >= 0)) throw new ProofFault("a participation multiplier is negative");
          const paid = price[s] + surplus * pass.probability[s];
          if (flowing * weights[others] + kept !== paid) throw new ProofFault("a payment does not cancel");
          if (kept === 0) continue;
          bound.addProduct(-kept, machineEntry(gains, type, s, pass.chosen[s]));
        }
      }
    }
  }
  if (worst && allowsSubsidy(question) && positive.value > unit)
    throw new ProofFault("the prices of money sum to more than 1");
  if (question.ties === "optimise" && question.allocation === "efficient") {
    for (const s of pass.tied) bound.addLong(tieGain(problem, pass, multipliers, s, unit, surplus));
  }
  if (bounding && question.objective === "max-gains") bound.addLong(-BigInt(whole) * gainsOf(pass));
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
    for (let agent = 0; agent < types.length; agent++) {
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
