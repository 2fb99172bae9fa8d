import { type Integer, minus, plus } from "../number/integer.js";
import { type IntegerVector, packIntegers } from "../number/rational-vector.js";
import type { IncreasingDifferences, InterimValues } from "./interim-values.js";

/** The largest payments of an agent's types, and the requirement that keeps each from being larger. */
export interface LargestPayments {
  /** Over the values' denominator. */
  readonly payments: IntegerVector;
  /** The type that it would otherwise report; -1 where participation binds. */
  readonly parents: Int32Array;
}

/** Types each of which would report the next, the last one the first, whatever the payments are. */
export interface NegativeCycle {
  readonly cycle: readonly number[];
}

const ROOT = -1;

/**
 * Shortest paths over an agent's types (theory, section 4): `T(a) <= root(a)`, and `T(a) <= T(b) + V(a|a) - V(b|a)` so that
 * `a` does not report `b`. O(m) where differences increase and the rule is monotone on the data; otherwise sweeps over
 * all pairs in alternating directions until nothing changes.
 */
export function largestPayments(values: InterimValues, root: IntegerVector): LargestPayments | NegativeCycle {
  const increasing = values.increasingDifferences();
  if (increasing) return alongTheLine(values, root, increasing);
  return values.fitsMachineIntegers ? sweeps(values, root) : exactSweeps(values, root);
}

/** With increasing differences, a report that skips a type is never better than one that does not. */
function alongTheLine(
  values: InterimValues,
  root: IntegerVector,
  { order, reports }: IncreasingDifferences,
): LargestPayments | NegativeCycle {
  for (let k = 1; k < order.length; k++) {
    if (reports[order[k]] < reports[order[k - 1]]) return { cycle: [order[k - 1], order[k]] };
  }
  const payments: Integer[] = Array.from<Integer>(root);
  const parents = new Int32Array(order.length).fill(ROOT);
  const worth = (report: number, type: number): Integer =>
    values.fitsMachineIntegers ? values.numberAt(report, type) : values.at(report, type);
  const truthful = payments.map((_, type) => worth(type, type));
  const relax = (from: number, to: number) => {
    const through = plus(payments[from], minus(truthful[to], worth(from, to)));
    if (through < payments[to]) {
      payments[to] = through;
      parents[to] = from;
    }
  };
  for (let k = 1; k < order.length; k++) relax(order[k - 1], order[k]);
  for (let k = order.length - 2; k >= 0; k--) relax(order[k + 1], order[k]);
  return { payments: packIntegers(payments), parents };
}

function sweeps(values: InterimValues, root: IntegerVector): LargestPayments | NegativeCycle {
  const count = values.typeCount;
  const payments = Float64Array.from(root as Float64Array);
  const parents = new Int32Array(count).fill(ROOT);
  for (let round = 0; ; round++) {
    let changed = false;
    for (let k = 0; k < count; k++) {
      const type = round % 2 === 0 ? k : count - 1 - k;
      const truthful = values.numberAt(type, type);
      let best = payments[type];
      for (let report = 0; report < count; report++) {
        const through = payments[report] + truthful - values.numberAt(report, type);
        if (through < best) {
          best = through;
          parents[type] = report;
        }
      }
      if (best < payments[type]) {
        payments[type] = best;
        changed = true;
      }
    }
    if (!changed) return { payments, parents };
    const cycle = cycleOf(parents);
    if (cycle) return { cycle };
  }
}

/** The same in integers of any size. */
function exactSweeps(values: InterimValues, root: IntegerVector): LargestPayments | NegativeCycle {
  const count = values.typeCount;
  const payments = Array.from(root, BigInt);
  const parents = new Int32Array(count).fill(ROOT);
  for (let round = 0; ; round++) {
    let changed = false;
    for (let k = 0; k < count; k++) {
      const type = round % 2 === 0 ? k : count - 1 - k;
      const truthful = values.at(type, type);
      for (let report = 0; report < count; report++) {
        const through = payments[report] + truthful - values.at(report, type);
        if (through < payments[type]) {
          payments[type] = through;
          parents[type] = report;
          changed = true;
        }
      }
    }
    if (!changed) return { payments: packIntegers(payments), parents };
    const cycle = cycleOf(parents);
    if (cycle) return { cycle };
  }
}

/** A cycle among the parents, each type before the one that it would report; there is one only if its length is negative. */
export function cycleOf(parents: Int32Array): number[] | undefined {
  const seen = new Int32Array(parents.length).fill(ROOT);
  for (let start = 0; start < parents.length; start++) {
    let type = start;
    while (type !== ROOT && seen[type] === ROOT) {
      seen[type] = start;
      type = parents[type];
    }
    if (type === ROOT || seen[type] !== start) continue;
    const cycle = [type];
    for (let next = parents[type]; next !== type; next = parents[next]) cycle.push(next);
    return cycle;
  }
  return undefined;
}

/**
 * What flows through each type when `mass[a]` is to reach every type `a` from the root along the parents: the
 * multipliers of the requirements that bind.
 */
export function treeFlow(parents: Int32Array, mass: IntegerVector): IntegerVector {
  const order = leavesFirst(parents);
  let whole = 0;
  for (let type = 0; type < mass.length; type++) whole += Number(mass[type]);
  if (mass instanceof Float64Array && whole <= Number.MAX_SAFE_INTEGER) {
    const flow = Float64Array.from(mass);
    for (const type of order) if (parents[type] !== ROOT) flow[parents[type]] += flow[type];
    return flow;
  }
  const flow = Array.from(mass, BigInt);
  for (const type of order) if (parents[type] !== ROOT) flow[parents[type]] += flow[type];
  return packIntegers(flow);
}

/** The types in an order in which each comes before its parent. */
export function leavesFirst(parents: Int32Array): Int32Array {
  const children = new Int32Array(parents.length);
  for (const parent of parents) if (parent !== ROOT) children[parent]++;
  const order = new Int32Array(parents.length);
  let found = 0;
  for (let type = 0; type < parents.length; type++) if (children[type] === 0) order[found++] = type;
  for (let k = 0; k < found; k++) {
    const parent = parents[order[k]];
    if (parent !== ROOT && --children[parent] === 0) order[found++] = parent;
  }
  return order;
}
