import { orbits } from "../../environment/orbits/orbits.js";
import { lcm, Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import { ProofFault } from "../weak-duality.js";
import type { OrbitOutcomes } from "./orbit-outcomes.js";
import type { OrbitPriceMultipliers } from "./orbit-price-multipliers.js";
import type { SymmetricAgents } from "./symmetric-agents.js";

/**
 * The Lagrangian bound of prices that are the same for all exchangeable agents, on Bayesian IC, ex post IR and an ex post
 * budget, with private values and independent types: every sign and every payment's cancellation is checked once for each
 * multiset of types and each type in it, and the outcomes that the question allows are looked at there.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function orbitPriceBound(
  problem: Problem,
  agents: SymmetricAgents,
  outcomes: OrbitOutcomes,
  multipliers: OrbitPriceMultipliers,
): Rational {
  const { environment, question } = problem;
  const { purpose, misreports, money, taking } = multipliers;
  const { agentCount, prior, costs, outsideOptions } = environment;
  const { typeCount, classCount: width, values } = agents;
  if (misreports.length > 0 && question.ic !== "bayesian")
    throw new ProofFault("an incentive multiplier is not on a requirement of the question");
  if (question.ir !== "ex-post" || question.budget !== "ex-post")
    throw new ProofFault("prices at profiles are not on requirements of the question");

  // All prices over `unit * D^n`, and weights of incentives over `unit`, where `D` is a probability's denominator.
  const whole = agents.denominator ** BigInt(agentCount);
  let unit = 1n;
  for (const { denominator } of [money, taking]) unit = lcm(unit * whole, denominator) / whole;
  for (const { weight } of misreports) unit = lcm(unit, weight.denominator);
  const masses = prior.marginals[0].numeratorsOver(agents.denominator);
  const net = new Array<bigint>(typeCount).fill(0n);
  // By report and class: what incentives make of its value, over the money denominator as well.
  const worth = new Array<bigint>(typeCount * width).fill(0n);
  for (const { type, report, weight } of misreports) {
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report) throw new ProofFault("an incentive multiplier is on reporting the truth");
    const scaled = weight.numerator * (unit / weight.denominator);
    net[type] += scaled;
    net[report] -= scaled;
    for (let k = 0; k < width; k++) {
      worth[type * width + k] -= scaled * values[type * width + k];
      worth[report * width + k] += scaled * values[type * width + k];
    }
  }
  const bounding = purpose === "bound";
  const surplus = bounding && question.objective === "max-surplus" ? unit : 0n;
  const gains = bounding && question.objective === "max-gains" ? unit : 0n;
  const worst = bounding && question.objective === "min-worst-subsidy";
  const perMoney = (unit * whole) / money.denominator;
  const perTaking = (unit * whole) / taking.denominator;
  let positive = 0n;
  const totals = new Map<number, bigint>();
  let orbit = 0;
  let slot = 0;
  for (const member of orbits(environment)) {
    const { profile, size, types, present } = member;
    const price = money.numeratorAt(orbit++) * perMoney;
    const probability = types.reduce((product, type) => product * masses[type], 1n);
    if (price < 0n && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
    if (allowsSubsidy(question) && !worst && price > (bounding ? probability * unit : 0n))
      throw new ProofFault("money is priced above what it costs");
    if (price > 0n) positive += price * BigInt(size);
    const paid = price + surplus * probability;
    let constant = 0n;
    // By type present: the probability of the others' types, and the price of taking part.
    const own = present.map(({ type, count, agent }, k) => {
      const others = present.reduce(
        (product, other, j) =>
          product * masses[other.type] ** BigInt(j === k ? other.count - 1 : other.count),
        1n,
      );
      const participation = taking.numeratorAt(slot++) * perTaking;
      if (participation < 0n) throw new ProofFault("a participation multiplier is negative");
      if (net[type] * others * agents.denominator + participation !== paid)
        throw new ProofFault(`the payment of ${environment.typeLabel(0, type)} does not cancel`);
      const outside = BigInt(outsideOptions[agent].numerator(type, profile, 0));
      constant += BigInt(count) * (participation + gains * probability) * outside;
      return { others: others * agents.denominator, participation };
    });
    const block = new Map(present.map(({ type }, k) => [type, own[k]]));
    const coefficient = (x: number): bigint => {
      let total = (paid + gains * probability) * BigInt(costs.numerator(0, profile, x));
      types.forEach((type, agent) => {
        const { others, participation } = block.get(type)!;
        const place = type * width + agents.of(agent, x);
        total += others * worth[place] - (participation + gains * probability) * values[place];
      });
      return total;
    };
    const found = outcomes.at(member).map(coefficient);
    const shares = outcomes.alike ? found.length : 1;
    let value = found[0];
    for (const one of found.slice(1)) {
      if (outcomes.alike) value += one;
      else if (one < value) value = one;
    }
    totals.set(shares, (totals.get(shares) ?? 0n) + BigInt(size) * (value + constant * BigInt(shares)));
  }
  if (worst && allowsSubsidy(question) && positive > unit * whole)
    throw new ProofFault("the prices of money sum to more than 1");
  const denominator = unit * whole * environment.moneyDenominator;
  return Rational.sum(
    Array.from(totals, ([shares, total]) => Rational.of(total, denominator * BigInt(shares))),
  );
}
