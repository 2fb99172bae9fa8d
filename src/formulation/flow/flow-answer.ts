import type { Multipliers, Price, Prices } from "../../certificate/multipliers.js";
import { listed } from "../../certificate/price-blocks.js";
import { constantMoney } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { gcd, lcm, Rational } from "../../number/rational.js";
import { type IntegerVector, packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Rule } from "../../space/rule.js";
import type { Space } from "../../space/space.js";
import type { CellPrices } from "./cell-prices.js";
import type { FlowTask } from "./flow-cut.js";
import { type FlowNetwork, groupOfNodes } from "./flow-network.js";
import { type FlowFound, GreatestFlow } from "./greatest-flow.js";

/**
 * The mechanism that a flow describes: the agents of a type together gain at a cell what the cell gives to their type, over `p`.
 * What a type lacks after the greatest flow comes from outside, in equal parts at all of its cells. So `t_i = w_i - g_i`, and the
 * subsidy is what the gains exceed `G` by.
 */
export function flowMechanism(
  { environment, givenRule }: Problem,
  { alike }: Space,
  rule: Rule,
  network: FlowNetwork,
  task: FlowTask,
  flow: FlowFound,
  scale: bigint,
): StructuredMechanism {
  const units = unitsOf(network, flow, scale);
  const tables =
    (flow instanceof GreatestFlow ? shortTables(network, flow, units) : undefined) ??
    longTables(network, flow, units);
  const [payments, subsidies] = [tables.payments, tables.subsidies].map((numerators) => {
    const amounts = new RationalVector(numerators, units.denominator);
    return alike ? amounts.reduced() : amounts;
  });
  const table = (amounts: RationalVector) => ({ kind: "table", amounts }) as const;
  return new StructuredMechanism(
    environment,
    {
      alike,
      rule,
      payments: byAgent(network, alike, payments).map(table),
      money: task.money === "none" ? constantMoney(Rational.ZERO) : table(subsidies),
    },
    givenRule,
  );
}

/** A denominator of all payments, which need not be the least where agents are alike, and what makes amounts of the flow, and worths, whole numbers over it. */
interface Units {
  readonly denominator: bigint;
  /** To be divided by the cell's mass, and among the agents of the type in it. */
  readonly perGiven: bigint;
  /** To be divided among the same. */
  readonly perWorth: bigint;
  /** By group; to be divided by the type's weight. */
  readonly perLacking: readonly bigint[];
}

function unitsOf({ groups, whole, denominator: money }: FlowNetwork, flow: FlowFound, scale: bigint): Units {
  // A cell's mass is a product of weights, times the number of its profiles: `n!` over what the agents of each type come to.
  const masses = groups.reduce((product, { agents, weight }) => {
    const common = weight.reduce((multiple, n) => lcm(multiple, BigInt(n)), 1n);
    return product * common ** BigInt(agents) * numbersTo(agents).reduce((all, n) => all * n, 1n);
  }, 1n);
  const shared = groups.reduce((all, { agents }) => numbersTo(agents).reduce(lcm, all), 1n);
  // Gains are `given * whole / (mass * scale)` and `lacking * weightTotal / (weight * scale)`.
  const totals = groups.map(({ weightTotal }) => BigInt(weightTotal));
  const common = gcd(masses * scale, flow.isDemandLeft ? totals.reduce(gcd) : BigInt(whole));
  const denominator = lcm((masses * scale) / common, BigInt(money) * shared);
  return {
    denominator,
    perGiven: (denominator * BigInt(whole)) / scale,
    perWorth: denominator / BigInt(money),
    perLacking: totals.map((total, g) => (denominator * total) / (scale * BigInt(groups[g].agents))),
  };
}

function numbersTo(most: number): bigint[] {
  return Array.from({ length: most }, (_, k) => BigInt(k + 1));
}

/** By slot, what each agent of the type pays; and by cell. */
interface Tables {
  readonly payments: IntegerVector;
  readonly subsidies: IntegerVector;
}

/** In machine integers; undefined where they do not fit. */
function shortTables(network: FlowNetwork, flow: GreatestFlow, units: Units): Tables | undefined {
  const { cellCount, groups, slotStart, slotNode, slotAgents, worth, gain, mass } = network;
  const [perGiven, perWorth] = [Number(units.perGiven), Number(units.perWorth)];
  const perLacking = units.perLacking.map(Number);
  if (![Number(units.denominator), perGiven, ...perLacking].every(Number.isSafeInteger)) return undefined;
  const groupOf = groupOfNodes(network);
  const payments = new Float64Array(slotNode.length);
  const subsidies = new Float64Array(cellCount);
  let safe = true;
  for (let s = 0; s < cellCount; s++) {
    let needed = -gain[s] * perWorth;
    let size = Math.abs(needed);
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      const [node, agents] = [slotNode[k], slotAgents[k]];
      const factor = perGiven / (mass[s] * agents);
      if (!Number.isSafeInteger(factor)) safe = false;
      let received = flow.givenTo(k) * factor;
      if (flow.lacking[node] !== 0) {
        const { first, weight } = groups[groupOf[node]];
        const apart = flow.lacking[node] * perLacking[groupOf[node]];
        const rest = apart / weight[node - first];
        if (!(Number.isSafeInteger(apart) && Number.isSafeInteger(rest))) safe = false;
        received += rest;
      }
      needed += agents * received;
      const valued = worth[k] * (perWorth / agents);
      payments[k] = valued - received;
      size += 2 * agents * received + Math.abs(valued);
    }
    if (!(size <= Number.MAX_SAFE_INTEGER)) safe = false;
    if (needed > 0) subsidies[s] = needed;
  }
  return safe ? { payments, subsidies } : undefined;
}

/** In integers of any size. */
function longTables(network: FlowNetwork, flow: FlowFound, units: Units): Tables {
  const { cellCount, groups, slotStart, slotNode, slotAgents, worth, gain, mass } = network;
  const { perGiven, perWorth, perLacking } = units;
  const groupOf = groupOfNodes(network);
  const outside = Array.from(flow.lacking, (amount, node) => {
    const { first, weight } = groups[groupOf[node]];
    return (BigInt(amount) * perLacking[groupOf[node]]) / BigInt(weight[node - first]);
  });
  const payments = new Array<bigint>(slotNode.length);
  const subsidies = new Array<bigint>(cellCount).fill(0n);
  for (let s = 0; s < cellCount; s++) {
    const factor = perGiven / BigInt(mass[s]);
    let needed = -BigInt(gain[s]) * perWorth;
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      const agents = BigInt(slotAgents[k]);
      const received = (BigInt(flow.givenTo(k)) * factor) / agents + outside[slotNode[k]];
      needed += agents * received;
      payments[k] = (BigInt(worth[k]) * perWorth) / agents - received;
    }
    if (needed > 0n) subsidies[s] = needed;
  }
  return { payments: packIntegers(payments), subsidies: packIntegers(subsidies) };
}

/** Prices by cell as multipliers. */
export function flowMultipliers(
  network: FlowNetwork,
  { alike }: Space,
  purpose: Multipliers["purpose"],
  { incentive, participation, budget }: CellPrices,
): Multipliers {
  const misreports = incentive.map(
    ({ group, ...price }): Price => (alike ? price : { agent: group, ...price }),
  );
  return {
    purpose,
    alike,
    prices: [
      ...listed("incentive", misreports),
      ...byAgent(network, alike, participation).map((weights, agent): Prices => {
        return { kind: "profiles", on: "participation", agent: alike ? undefined : agent, weights };
      }),
      { kind: "profiles", on: "budget", weights: budget },
    ],
  };
}

/** Entries by slot as those of each agent, by profile; of alike agents they are kept by slot. */
function byAgent(
  { groups }: FlowNetwork,
  alike: boolean,
  { numerators, denominator }: RationalVector,
): RationalVector[] {
  if (alike) return [new RationalVector(numerators, denominator)];
  const agents = groups.length;
  return groups.map((_, agent) => {
    if (!(numerators instanceof Float64Array)) {
      return new RationalVector(
        packIntegers(numerators.filter((_n, k) => k % agents === agent)),
        denominator,
      );
    }
    const own = new Float64Array(numerators.length / agents);
    for (let s = 0; s < own.length; s++) own[s] = numerators[s * agents + agent];
    return new RationalVector(own, denominator);
  });
}

/** A cell where all together lose: no payments satisfy everybody and the budget. */
export function losingCell(network: FlowNetwork, space: Space, cell: number): Multipliers {
  const weight = Rational.ONE;
  if (!space.alike) {
    const participation = network.groups.map((_, agent) => ({ agent, profile: cell, weight }));
    return {
      purpose: "infeasibility",
      alike: false,
      prices: [...listed("participation", participation), ...listed("budget", [{ profile: cell, weight }])],
    };
  }
  const money = new Float64Array(network.cellCount);
  const taking = new Float64Array(network.slotNode.length);
  money[cell] = 1;
  taking.fill(1, network.slotStart[cell], network.slotStart[cell + 1]);
  const [budget, participation] = [money, taking].map((numerators) => new RationalVector(numerators, 1n));
  return flowMultipliers(network, space, "infeasibility", { incentive: [], budget, participation });
}
