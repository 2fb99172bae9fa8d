import type { Multipliers, Prices } from "../../certificate/multipliers.js";
import { listed } from "../../certificate/price-blocks.js";
import { type KnownRule, ruleOf } from "../../engine/known-rule.js";
import type { Environment } from "../../environment/environment.js";
import { constantMoney } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { gcd, lcm, Rational } from "../../number/rational.js";
import { type IntegerVector, packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { FlowTask } from "./flow-cut.js";
import { type FlowStates, groupOfNodes } from "./flow-states.js";
import { type FlowFound, StateFlow } from "./state-flow.js";
import type { StatePrices } from "./state-prices.js";

/**
 * The mechanism that a flow over profiles describes: an agent gains at a state what the state gives to its type, over `p`. What a
 * type lacks after the greatest flow comes from outside, in equal parts at all of its states. So `t_i = w_i - g_i`, and the
 * subsidy is what the gains exceed `G` by.
 */
export function profileMechanism(
  { environment, givenRule }: Problem,
  rule: KnownRule,
  states: FlowStates,
  task: FlowTask,
  flow: FlowFound,
  scale: bigint,
): StructuredMechanism {
  const units = unitsOf(states, flow, scale);
  const tables =
    (flow instanceof StateFlow ? shortTables(states, flow, units) : undefined) ??
    longTables(states, flow, units);
  const vector = (numerators: IntegerVector) => new RationalVector(numerators, units.denominator);
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule: ruleOf(rule),
      payments: tables.payments.map((own) => ({ kind: "table", amounts: vector(own) })),
      money:
        task.money === "none"
          ? constantMoney(Rational.ZERO)
          : { kind: "table", amounts: vector(tables.subsidies) },
    },
    givenRule,
  );
}

/** A denominator of all payments, and what makes amounts of the flow, and worths, whole numbers over it. */
interface Units {
  readonly denominator: bigint;
  /** To be divided by the state's mass. */
  readonly perGiven: bigint;
  readonly perWorth: bigint;
  /** By group; to be divided by the type's weight. */
  readonly perLacking: readonly bigint[];
}

function unitsOf({ groups, whole, denominator: money }: FlowStates, flow: FlowFound, scale: bigint): Units {
  const masses = groups.reduce(
    (product, { weight }) => product * weight.reduce((multiple, n) => lcm(multiple, BigInt(n)), 1n),
    1n,
  );
  // Gains are `given * whole / (mass * scale)` and `lacking * weightTotal / (weight * scale)`.
  const totals = groups.map(({ weightTotal }) => BigInt(weightTotal));
  const common = gcd(masses * scale, flow.isDemandLeft ? totals.reduce(gcd) : BigInt(whole));
  const denominator = lcm((masses * scale) / common, BigInt(money));
  return {
    denominator,
    perGiven: (denominator * BigInt(whole)) / scale,
    perWorth: denominator / BigInt(money),
    perLacking: totals.map((total) => (denominator * total) / scale),
  };
}

interface Tables {
  readonly payments: readonly IntegerVector[];
  readonly subsidies: IntegerVector;
}

/** In machine integers; undefined where they do not fit. */
function shortTables(states: FlowStates, flow: StateFlow, units: Units): Tables | undefined {
  const { stateCount, groups, slotNode, worth, gain, mass } = states;
  const [perGiven, perWorth] = [Number(units.perGiven), Number(units.perWorth)];
  const perLacking = units.perLacking.map(Number);
  if (![Number(units.denominator), perGiven, ...perLacking].every(Number.isSafeInteger)) return undefined;
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
    if (needed > 0) subsidies[s] = needed;
  }
  return safe ? { payments, subsidies } : undefined;
}

/** In integers of any size. */
function longTables(states: FlowStates, flow: FlowFound, units: Units): Tables {
  const { stateCount, groups, slotNode, worth, gain, mass } = states;
  const { perGiven, perWorth, perLacking } = units;
  const groupOf = groupOfNodes(states);
  const outside = Array.from(flow.lacking, (amount, node) => {
    const { first, weight } = groups[groupOf[node]];
    return (BigInt(amount) * perLacking[groupOf[node]]) / BigInt(weight[node - first]);
  });
  const payments = groups.map(() => new Array<bigint>(stateCount));
  const subsidies = new Array<bigint>(stateCount).fill(0n);
  for (let s = 0, k = 0; s < stateCount; s++) {
    const factor = perGiven / BigInt(mass[s]);
    let needed = -BigInt(gain[s]) * perWorth;
    for (const own of payments) {
      const received = BigInt(flow.givenTo(k)) * factor + outside[slotNode[k]];
      needed += received;
      own[s] = BigInt(worth[k]) * perWorth - received;
      k++;
    }
    if (needed > 0n) subsidies[s] = needed;
  }
  return { payments: payments.map(packIntegers), subsidies: packIntegers(subsidies) };
}

/** Prices by state as multipliers. */
export function profileMultipliers(
  { groups }: FlowStates,
  purpose: Multipliers["purpose"],
  { incentive, participation, budget }: StatePrices,
): Multipliers {
  const misreports = incentive.map(({ group, ...price }) => ({ agent: group, ...price }));
  return {
    purpose,
    alike: false,
    prices: [
      ...listed("incentive", misreports),
      ...groups.map((_, agent): Prices => {
        return {
          kind: "profiles",
          on: "participation",
          agent,
          weights: ofAgent(participation, agent, groups.length),
        };
      }),
      { kind: "profiles", on: "budget", weights: budget },
    ],
  };
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
export function losingProfile({ agents }: Environment, profile: number): Multipliers {
  const weight = Rational.ONE;
  const participation = agents.map((_, agent) => ({ agent, profile, weight }));
  return {
    purpose: "infeasibility",
    alike: false,
    prices: [...listed("participation", participation), ...listed("budget", [{ profile, weight }])],
  };
}
