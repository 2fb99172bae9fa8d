import type { Multipliers } from "../../certificate/multipliers.js";
import { Rational } from "../../number/rational.js";
import { type IntegerVector, packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Question } from "../../question/question.js";
import { CUTS_IN_AN_INTEGER, type FlowCut, pricesCell } from "./flow-cut.js";
import type { FlowMaster } from "./flow-master.js";
import { type FlowNetwork, groupOfNodes } from "./flow-network.js";

/** What the master problem's duals say of incentives, participation and money. */
export interface CellPrices {
  /** For any one agent of the group. */
  readonly incentive: readonly { group: number; type: number; report: number; weight: Rational }[];
  /** By cell: the price of money at each of its profiles. */
  readonly budget: RationalVector;
  /** By slot: the price of participation of each agent of the type, at each of the cell's profiles. */
  readonly participation: RationalVector;
}

/**
 * The prices of the direct linear program. A cut is a sum of direct requirements, with the weights `p(s)`: over the
 * cells that it counts, of the budget; elsewhere, and of the agents that are not in the cut, of ex post IR. So
 * the budget price `pi(s)` is `p(s)` times the duals of the cuts that count `s`, and the IR price of each agent is what
 * makes its payment cancel: `mu_i(s) = pi(s) - p(s_-i) sum_b (lambda(a->b) - lambda(b->a))`, plus `p(s)` where surplus is the
 * objective. A group of `n` agents has the duals of all of them together, so each has an `n`-th.
 * Undefined where the duals do not fit machine integers.
 */
export function cellPrices(
  { objective }: Question,
  network: FlowNetwork,
  master: FlowMaster,
  dual: RationalVector,
  purpose: Multipliers["purpose"],
): CellPrices | undefined {
  const { cellCount, mass, profileMass, whole, groups } = network;
  const { task } = master;
  const unit = dual.denominator;
  const bounding = purpose === "bound";
  const base = bounding && task.exact && task.money === "subsidy" ? unit : 0n;
  const price = new Float64Array(cellCount);
  if (base !== 0n) price.fill(Number(base));
  const floor = new Map<number, bigint>();
  const cuts: PricedCut[] = [];
  let sum = Number(unit);
  master.rows.forEach((row, k) => {
    const numerator = dual.numeratorAt(k);
    if (numerator === 0n) return;
    if (row.kind === "floor") floor.set(row.cell, numerator);
    if (row.kind !== "cut") return;
    const amount = Number(numerator);
    sum += Math.abs(amount);
    cuts.push({ cut: row.cut, amount });
  });
  for (let k = 0; k < cuts.length; k += CUTS_IN_AN_INTEGER)
    addCutPrices(network, cuts.slice(k, k + CUTS_IN_AN_INTEGER), price);
  if (!(sum <= Number.MAX_SAFE_INTEGER)) return undefined;

  const misreports = incentiveDuals(network, master, dual, bounding);
  // Prices are whole over `unit * parts`: a group's duals are split among its agents, a cell's floor among its profiles.
  const agents = groups.reduce((most, group) => Math.max(most, group.agents), 1);
  const split = [...floor.keys()].reduce((product, s) => product * (mass[s] / profileMass[s]), 1);
  const parts = agents * split;
  const outflow = outflows(network, master.weightUnit, misreports, parts);
  const surplus = bounding && objective === "max-surplus" ? unit : 0n;
  const extras = new Map(
    [...floor].map(([s, amount]) => [
      s,
      (amount * BigInt(whole) * BigInt(parts)) / BigInt(mass[s] / profileMass[s]),
    ]),
  );
  const denominator = BigInt(whole) * unit * BigInt(parts);
  // No cell's price is larger than what all cuts add up to.
  let largest = (sum + Number(surplus)) * parts;
  for (const { amount } of outflow) largest += Math.abs(Number(amount));
  for (const amount of floor.values()) largest += Math.abs(Number(amount)) * parts;
  const prices =
    4 * whole * largest <= Number.MAX_SAFE_INTEGER
      ? machinePrices(network, price, outflow, extras, parts, Number(surplus))
      : longPrices(network, price, outflow, extras, parts, surplus);
  return {
    incentive: misreports.map(({ group, type, report, dual: weight }) => ({
      group,
      type,
      report,
      weight: Rational.of(weight, unit * BigInt(master.weightUnit) * BigInt(groups[group].agents)),
    })),
    budget: new RationalVector(prices.budget, denominator),
    participation: new RationalVector(prices.participation, denominator),
  };
}

interface PricedCut {
  readonly cut: FlowCut;
  readonly amount: number;
}

/**
 * Adds to every cell's price what cuts say of it (`pricesCell`), with one look at each cell: which cuts count it is
 * told by which cuts have all of its types, or any.
 */
function addCutPrices(network: FlowNetwork, cuts: readonly PricedCut[], price: Float64Array): void {
  const { cellCount, slotStart, slotNode, nodeCount, gain } = network;
  const members = new Int32Array(nodeCount);
  cuts.forEach(({ cut }, k) => {
    for (let t = 0; t < nodeCount; t++) if (cut.members[t] === 1) members[t] |= 1 << k;
  });
  let [lastAll, lastAny, lastSign, added] = [-1, -1, -1, 0];
  for (let s = 0; s < cellCount; s++) {
    let [all, any] = [-1, 0];
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      all &= members[slotNode[k]];
      any |= members[slotNode[k]];
    }
    const sign = gain[s] < 0 ? 1 : 0;
    // Neighbours are mostly alike.
    if (all !== lastAll || any !== lastAny || sign !== lastSign) {
      [lastAll, lastAny, lastSign] = [all, any, sign];
      added = 0;
      cuts.forEach(({ cut, amount }, k) => {
        const inside = (((cut.kind === "lower" ? all : any) >> k) & 1) === 1;
        added += amount * pricesCell(cut, inside, sign === 1);
      });
    }
    price[s] += added;
  }
}

interface Outflow {
  readonly amount: bigint;
  readonly weight: number;
}

/** By type: what IC takes from the coefficient of each agent's interim payment, over the dual's denominator and the parts. */
function outflows(
  network: FlowNetwork,
  weightUnit: number,
  misreports: readonly IncentiveDual[],
  parts: number,
): Outflow[] {
  const { groups } = network;
  const net = new Array<bigint>(network.nodeCount).fill(0n);
  for (const { group, type, report, dual } of misreports) {
    const each = dual * BigInt(parts / groups[group].agents);
    net[groups[group].first + type] += each;
    net[groups[group].first + report] -= each;
  }
  const groupOf = groupOfNodes(network);
  return net.map((amount, node) => {
    const { first, weight, weightTotal } = groups[groupOf[node]];
    // Every coefficient of the group's gains is a multiple of the unit's share.
    return { amount: amount / BigInt(weightUnit / weightTotal), weight: weight[node - first] };
  });
}

/** Prices in machine integers, which they must be known to fit. */
function machinePrices(
  { cellCount, slotStart, slotNode, profileMass }: FlowNetwork,
  price: Float64Array,
  outflow: readonly Outflow[],
  extras: ReadonlyMap<number, bigint>,
  parts: number,
  surplus: number,
): { budget: IntegerVector; participation: IntegerVector } {
  const budget = new Float64Array(cellCount);
  const participation = new Float64Array(slotNode.length);
  const amounts = Float64Array.from(outflow, ({ amount }) => Number(amount));
  const weights = Float64Array.from(outflow, ({ weight }) => weight);
  for (let s = 0; s < cellCount; s++) {
    const p = profileMass[s];
    const extra = extras.size === 0 ? 0 : Number(extras.get(s) ?? 0n);
    budget[s] = p * price[s] * parts + extra;
    const paid = p * (price[s] + surplus) * parts + extra;
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      const t = slotNode[k];
      participation[k] = paid - (p / weights[t]) * amounts[t];
    }
  }
  return { budget, participation };
}

/** The same in integers of any size. */
function longPrices(
  { cellCount, slotStart, slotNode, profileMass }: FlowNetwork,
  price: Float64Array,
  outflow: readonly Outflow[],
  extras: ReadonlyMap<number, bigint>,
  parts: number,
  surplus: bigint,
): { budget: IntegerVector; participation: IntegerVector } {
  const budget = new Array<bigint>(cellCount);
  const participation = new Array<bigint>(slotNode.length);
  for (let s = 0; s < cellCount; s++) {
    const p = BigInt(profileMass[s]) * BigInt(parts);
    const extra = extras.get(s) ?? 0n;
    budget[s] = p * BigInt(price[s]) + extra;
    const paid = p * (BigInt(price[s]) + surplus) + extra;
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      const { amount, weight } = outflow[slotNode[k]];
      participation[k] = paid - BigInt(profileMass[s] / weight) * amount;
    }
  }
  return { budget: packIntegers(budget), participation: packIntegers(participation) };
}

/** A dual of an incentive row or of a step's bound, for all agents of a group together. */
interface IncentiveDual {
  readonly group: number;
  readonly type: number;
  readonly report: number;
  /** Over `weightUnit` times the dual's denominator. */
  readonly dual: bigint;
}

/** The duals of IC rows, and of the steps' bounds, over the dual's denominator. */
function incentiveDuals(
  { nodeCount }: FlowNetwork,
  { rows, groups, weight, weightUnit, expectsGains }: FlowMaster,
  dual: RationalVector,
  bounding: boolean,
): IncentiveDual[] {
  const found: IncentiveDual[] = [];
  // What is left of the gains' costs after all rows, over `weightUnit` times the dual's denominator.
  const costs = bounding && expectsGains;
  const unit = BigInt(weightUnit);
  const left = Array.from(weight, (own) => (costs ? BigInt(own) * dual.denominator : 0n));
  rows.forEach((row, k) => {
    const numerator = dual.numeratorAt(k);
    if (numerator === 0n) return;
    if (row.kind === "cut") {
      const signed = row.cut.kind === "lower" ? numerator : -numerator;
      for (let t = 0; t < nodeCount; t++) if (row.cut.members[t]) left[t] -= signed * BigInt(weight[t]);
    } else if (row.kind === "gain") left[row.node] -= numerator * unit;
    else if (row.kind === "incentive") {
      const { first } = groups[row.group].group;
      const [type, report] = row.misreport;
      left[first + type] -= numerator * unit;
      left[first + report] += numerator * unit;
      found.push({ group: row.group, type, report, dual: numerator * unit });
    }
  });
  groups.forEach((columns, group) => {
    for (const [[type, report], amount] of columns.stepDuals(left))
      found.push({ group, type, report, dual: amount });
  });
  return found;
}
