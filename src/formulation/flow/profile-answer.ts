import type { Environment } from "../../environment/environment.js";
import { type KnownRule, lotteriesOf } from "../../environment/known-rule.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { RuledMechanism } from "../../mechanism/ruled-mechanism.js";
import { gcd, lcm, Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Multipliers } from "../../proof/multipliers.js";
import { StatePriceMultipliers } from "../../proof/state-price-multipliers.js";
import type { FlowTask } from "./flow-cut.js";
import { type FlowStates, groupOfNodes } from "./flow-states.js";
import type { StateFlow } from "./state-flow.js";
import type { StatePrices } from "./state-prices.js";

/**
 * The mechanism that a flow over profiles describes: an agent gains at a state what the state gives to its type, over `p`. What a
 * type lacks after the greatest flow comes from outside, in equal parts at all of its states. So `t_i = w_i - g_i`, and the
 * subsidy is what the gains exceed `G` by.
 */
export function profileMechanism(
  environment: Environment,
  rule: KnownRule,
  states: FlowStates,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): Mechanism {
  return (
    tables(environment, rule, states, task, flow, scale) ??
    onDemand(environment, rule, states, task, flow, scale)
  );
}

/** The mechanism as tables of machine integers; undefined where they do not fit. */
function tables(
  environment: Environment,
  rule: KnownRule,
  states: FlowStates,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): RuledMechanism | undefined {
  const { stateCount, groups, slotNode, worth, gain, mass, whole } = states;
  const masses = groups.reduce(
    (product, { weight }) => product * weight.reduce((multiple, n) => lcm(multiple, BigInt(n)), 1n),
    1n,
  );
  // Gains are `given * whole / (mass * scale)` and `lacking * weightTotal / (weight * scale)`.
  const totals = groups.map(({ weightTotal }) => BigInt(weightTotal));
  const common = gcd(masses * scale, flow.isDemandLeft ? totals.reduce(gcd) : BigInt(whole));
  const denominator = lcm((masses * scale) / common, BigInt(states.denominator));
  const perGiven = Number((denominator * BigInt(whole)) / scale);
  const perWorth = Number(denominator / BigInt(states.denominator));
  const perLacking = totals.map((total) => Number((denominator * total) / scale));
  if (![Number(denominator), perGiven, ...perLacking].every(Number.isSafeInteger)) return undefined;
  const agents = groups.length;
  const payments = groups.map(() => new Float64Array(stateCount));
  const subsidies = new Float64Array(stateCount);
  let safe = true;
  for (let s = 0, k = 0; s < stateCount; s++) {
    const factor = perGiven / mass[s];
    if (!Number.isSafeInteger(factor)) safe = false;
    let needed = -gain[s] * perWorth;
    let size = Math.abs(needed);
    for (let i = 0; i < agents; i++, k++) {
      const node = slotNode[k];
      let received = flow.givenTo(k) * factor;
      if (flow.lacking[node] !== 0) {
        const apart = flow.lacking[node] * perLacking[i];
        const rest = apart / groups[i].weight[node - groups[i].first];
        if (!(Number.isSafeInteger(apart) && Number.isSafeInteger(rest))) safe = false;
        received += rest;
      }
      needed += received;
      payments[i][s] = worth[k] * perWorth - received;
      size += 2 * received + Math.abs(payments[i][s]);
    }
    if (!(size <= Number.MAX_SAFE_INTEGER)) safe = false;
    if (task.money !== "none" && needed > 0) subsidies[s] = needed;
  }
  if (!safe) return undefined;
  return new RuledMechanism(
    environment,
    rule,
    payments.map((table) => new RationalVector(table, denominator)),
    task.money === "none" ? undefined : new RationalVector(subsidies, denominator),
  );
}

function onDemand(
  environment: Environment,
  rule: KnownRule,
  states: FlowStates,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): Mechanism {
  const { groups, slotNode, worth, gain, mass, whole, denominator } = states;
  const agents = groups.length;
  const groupOf = groupOfNodes(states);
  const lacking = Array.from(flow.lacking, (amount, node) => {
    const { first, weight, weightTotal } = groups[groupOf[node]];
    return Rational.of(BigInt(amount) * BigInt(weightTotal), BigInt(weight[node - first]) * scale);
  });
  const gainOf = (agent: number, s: number): Rational => {
    const slot = s * agents + agent;
    const given = Rational.of(BigInt(flow.givenTo(slot)) * BigInt(whole), BigInt(mass[s]) * scale);
    return given.add(lacking[slotNode[slot]]);
  };
  return {
    lottery: lotteriesOf(environment, rule),
    payment: (agent, s) => Rational.of(worth[s * agents + agent], denominator).subtract(gainOf(agent, s)),
    subsidy: (s) => {
      if (task.money === "none") return Rational.ZERO;
      const gains = groups.map((_, agent) => gainOf(agent, s));
      const needed = Rational.sum(gains).subtract(Rational.of(gain[s], denominator));
      return Rational.maximum(needed, Rational.ZERO);
    },
  };
}

/** Prices by state as multipliers of the direct linear program. */
export function profileMultipliers(
  { groups }: FlowStates,
  purpose: Multipliers["purpose"],
  prices: StatePrices,
): StatePriceMultipliers {
  const incentive = prices.incentive.map(({ group, type, report, weight }) => ({
    agent: group,
    type,
    report,
    weight,
  }));
  return new StatePriceMultipliers(
    purpose,
    incentive,
    groups.map((_, agent) => ofAgent(prices.participation, agent, groups.length)),
    { kind: "profile", prices: prices.budget },
  );
}

/** Of entries by slot those of one agent, by state. */
function ofAgent({ numerators, denominator }: RationalVector, agent: number, agents: number): RationalVector {
  const count = numerators.length / agents;
  if (numerators instanceof Float64Array) {
    const own = new Float64Array(count);
    for (let s = 0; s < count; s++) own[s] = numerators[s * agents + agent];
    return new RationalVector(own, denominator);
  }
  return new RationalVector(
    numerators.filter((_, slot) => slot % agents === agent),
    denominator,
  );
}

/** A state where all together lose: no payments satisfy everybody and the budget. */
export function losingProfile(environment: Environment, profile: number): StatePriceMultipliers {
  const numerators = new Float64Array(environment.profiles.count);
  numerators[profile] = 1;
  const prices = new RationalVector(numerators, 1n);
  const participation = environment.agents.map(() => prices);
  return new StatePriceMultipliers("infeasibility", [], participation, { kind: "profile", prices });
}
