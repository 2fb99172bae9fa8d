import { welfareNumerators } from "../../environment/efficiency.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import type { Finding, PropertyName } from "../properties.js";
import { LeastSlack } from "./least-slack.js";
import { bayesianIncentives, exPostIncentives } from "./whole-incentives.js";
import type { WholeMechanism } from "./whole-mechanism.js";

/**
 * The audit of a property in whole numbers: the same definitions as those of `properties`, slack by slack in the same order,
 * with the same finding. Undefined for a property that is left to those.
 */
export function wholeFinding(whole: WholeMechanism, property: PropertyName): Finding | undefined {
  const { environment } = whole;
  switch (property) {
    case "lotteries":
      return lotteries(whole);
    case "ex post efficiency":
      return efficiency(whole);
    case "Bayesian IC":
      return bayesianIncentives(whole);
    case "ex post IC":
      return exPostIncentives(whole);
    case "dominant-strategy IC":
      return environment.hasPrivateValues ? exPostIncentives(whole) : undefined;
    case "ex ante IR":
      return exAnteParticipation(whole);
    case "interim IR":
      return interimParticipation(whole);
    case "ex post IR":
      return exPostParticipation(whole);
    case "ex ante balance":
      return exAnteBudget(whole, true);
    case "ex ante no deficit":
      return exAnteBudget(whole, false);
    case "ex post balance":
      return exPostBudget(whole, true);
    case "ex post no deficit":
      return exPostBudget(whole, false);
    case "subsidy not negative":
      return atEveryProfile(
        whole,
        (s) => whole.subsidies[s],
        (at) => `a subsidy that is not negative at ${at}`,
      );
    case "no subsidy":
      return atEveryProfile(
        whole,
        (s) => -Math.abs(whole.subsidies[s]),
        (at) => `no subsidy at ${at}`,
      );
  }
}

/** One slack at each profile. */
function atEveryProfile(
  { environment, unit }: WholeMechanism,
  slack: (profile: number) => number,
  label: (at: string) => string,
): Finding {
  const least = new LeastSlack();
  // Adding zero turns minus zero into zero.
  for (let s = 0; s < environment.profiles.count; s++) least.add(slack(s) + 0, s);
  return least.finding(unit, (s) => label(environment.profileLabel(s)));
}

function lotteries({ environment, choice, lotteries, shares }: WholeMechanism): Finding {
  const least = new LeastSlack();
  const slacks = lotteries.map((lottery) => {
    const total = lottery.reduce((sum, { share }) => sum + share, 0);
    return [-Math.abs(total - shares) + 0, ...lottery.map(({ share }) => share)];
  });
  const most = Math.max(...slacks.map(({ length }) => length));
  for (let s = 0; s < environment.profiles.count; s++) {
    const own = slacks[choice[s]];
    for (let k = 0; k < own.length; k++) least.add(own[k], s * most + k);
  }
  return least.finding(BigInt(shares), (place) => {
    const s = Math.floor(place / most);
    const at = environment.profileLabel(s);
    if (place % most === 0) return `probabilities that sum to 1 at ${at}`;
    const { outcome } = lotteries[choice[s]][(place % most) - 1];
    return `a probability of ${environment.outcomes[outcome]} at ${at}`;
  });
}

function efficiency(whole: WholeMechanism): Finding | undefined {
  const { environment, choice, lotteries } = whole;
  const welfare = welfareNumerators(environment);
  const width = environment.outcomes.length;
  const own = new Float64Array(width);
  return atEveryProfile(
    whole,
    (s) => {
      let best = Number.NEGATIVE_INFINITY;
      for (let x = 0; x < width; x++) {
        own[x] = welfare(s, x) as number;
        best = Math.max(best, own[x]);
      }
      let slack = 0;
      for (const { outcome, share } of lotteries[choice[s]]) {
        slack += whole.shared(own[outcome] - best, share);
      }
      return slack;
    },
    (at) => `efficiency at ${at}`,
  );
}

/** `sum_x phi(x | s) v_i(x, s) - t_i(s) - u_i(s)`, by type and profile. */
function gains(whole: WholeMechanism, agent: number): (type: number, profile: number) => number {
  const values = whole.valueRows(agent);
  const payments = whole.payments[agent];
  return (type, s) => values(type, s)[whole.choice[s]] - payments[s] - whole.outside(agent, type, s);
}

function exPostParticipation(whole: WholeMechanism): Finding {
  const { environment } = whole;
  const { profiles, agents } = environment;
  const least = new LeastSlack();
  agents.forEach((_, agent) => {
    const gain = gains(whole, agent);
    for (let s = 0; s < profiles.count; s++) {
      least.add(gain(profiles.typeOf(s, agent), s), agent * profiles.count + s);
    }
  });
  return least.finding(whole.unit, (place) => {
    const agent = Math.floor(place / profiles.count);
    return `participation of ${agents[agent].name} at ${environment.profileLabel(place % profiles.count)}`;
  });
}

function interimParticipation(whole: WholeMechanism): Finding {
  const { environment, unit } = whole;
  const { profiles, agents } = environment;
  const slacks: Rational[] = [];
  const labels: string[] = [];
  agents.forEach(({ name, types }, agent) => {
    const gain = gains(whole, agent);
    const belief = whole.beliefs.of(agent);
    types.forEach((label, type) => {
      const sum = new IntegerSum();
      for (let others = 0; others < profiles.othersCount(agent); others++) {
        const s = profiles.withOthers(agent, others) + type * profiles.strides[agent];
        sum.addProduct(belief.weight(type, others, s), gain(type, s));
      }
      slacks.push(Rational.of(sum.value, belief.total(type) * unit));
      labels.push(`participation of ${name} ${label}`);
    });
  });
  return fewSlacks(slacks, (place) => labels[place]);
}

function exAnteParticipation(whole: WholeMechanism): Finding {
  const { agents, profiles } = whole.environment;
  const slacks = agents.map((_, agent) => {
    const gain = gains(whole, agent);
    return expected(whole, (s) => gain(profiles.typeOf(s, agent), s));
  });
  return fewSlacks(slacks, (agent) => `participation of ${agents[agent].name} before its type is known`);
}

/** Payments and outside money minus the cost. */
function surplusAt(whole: WholeMechanism): (profile: number) => number {
  const deficit = deficits(whole);
  return (s) => whole.subsidies[s] - deficit(s);
}

/** Cost minus payments, before any outside money. */
export function deficits(whole: WholeMechanism): (profile: number) => number {
  const { choice, payments } = whole;
  const costs = whole.costRows();
  return (s) => {
    let deficit = costs(0, s)[choice[s]];
    for (let i = 0; i < payments.length; i++) deficit -= payments[i][s];
    return deficit;
  };
}

function exPostBudget(whole: WholeMechanism, exact: boolean): Finding {
  const surplus = surplusAt(whole);
  const slack = exact ? (s: number) => -Math.abs(surplus(s)) : surplus;
  return atEveryProfile(whole, slack, (at) => `budget at ${at}`);
}

function exAnteBudget(whole: WholeMechanism, exact: boolean): Finding {
  const surplus = expected(whole, surplusAt(whole));
  return fewSlacks([exact ? surplus.absolute().negate() : surplus], () => "budget in expectation");
}

/** `E[f(s)]` under the prior, of money over the unit. */
export function expected(whole: WholeMechanism, of: (profile: number) => number): Rational {
  const { probability, whole: total } = whole.beliefs;
  const sum = new IntegerSum();
  for (let s = 0; s < probability.length; s++) sum.addProduct(probability[s], of(s));
  return Rational.of(sum.value, total * whole.unit);
}

function fewSlacks(slacks: readonly Rational[], label: (place: number) => string): Finding {
  let least = 0;
  slacks.forEach((slack, k) => {
    if (slack.compare(slacks[least]) < 0) least = k;
  });
  const holds = slacks[least].sign >= 0;
  return {
    holds,
    violation: holds ? Rational.ZERO : slacks[least].negate(),
    worst: label(least),
    requirements: slacks.length,
    binding: slacks.filter((slack) => slack.isZero).length,
  };
}

/** `E sum_x phi(x | s) (sum_i (v_i - u_i) - r)`. */
export function wholeExpectedGains(whole: WholeMechanism): Rational {
  const { environment, choice, lotteries } = whole;
  const { profiles, agents, outsideOptions } = environment;
  const costs = whole.costRows();
  const values = agents.map((_, agent) => whole.valueRows(agent));
  const chosen = lotteries.map((lottery) => lottery.reduce((sum, { share }) => sum + share, 0));
  return expected(whole, (s) => {
    const c = choice[s];
    let gain = -costs(0, s)[c];
    for (let i = 0; i < agents.length; i++) {
      const type = profiles.typeOf(s, i);
      gain +=
        values[i](type, s)[c] - whole.shared(outsideOptions[i].numerator(type, s, 0) as number, chosen[c]);
    }
    return gain;
  });
}
