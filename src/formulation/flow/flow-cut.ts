import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";
import type { Size } from "../size.js";
import type { FlowNetwork } from "./flow-network.js";

/**
 * What the ex post requirements ask of the flow. With `g_i = w_i - t_i >= 0` the budget is `sum g_i = G + z` (`<=` without
 * deficit), so a cell `s` offers an amount that is split among its types:
 *
 * - `exact`, `subsidy`: at least `p G+`, since `z(s) >= 0` is not limited; types take no more than they are to have.
 * - `exact`, `none`: exactly `p G`.
 * - `exact`, `worst`: at least `p G+` and at most `p (G + Z)`. Hoffman's condition has no cut that mixes the two bounds, so
 *   the two families of cuts stand by themselves. A subsidy that is the same everywhere would not do: it would raise the
 *   interim payments unevenly.
 * - `no-deficit`, `none` and `worst`: at most `p G` and at most `p (G + Z)`.
 * - `no-deficit`, `subsidy`: `E z = E G- + (what types are to have beyond the greatest flow from p G+)`.
 */
export interface FlowTask {
  readonly exact: boolean;
  readonly money: "none" | "subsidy" | "worst";
}

export function flowTask({ question }: Problem): FlowTask {
  const money = !allowsSubsidy(question)
    ? "none"
    : question.objective === "min-worst-subsidy"
      ? "worst"
      : "subsidy";
  return { exact: question.balance === "exact", money };
}

/** Of the master problem with its first cuts, when so many types of each agent, or of all who are alike, are in it. */
export function masterSize(problem: Problem, sizes: readonly number[]): Size {
  const { exact, money } = flowTask(problem);
  const types = sizes.reduce((sum, own) => sum + own, 0);
  const hasMoney = money === "worst" || (money === "subsidy" && !exact);
  const cuts = exact && money === "worst" ? 2 : 1;
  return { rows: cuts, columns: types + (hasMoney ? 1 : 0), nonzeros: cuts * types, known: "at least" };
}

/**
 * A row of the master problem, `>=`, for a set `A` of types (Hoffman, Gale), with `p g` what a type is to have in
 * expectation over all agents:
 *
 * - `lower`: `sum_A p g >= sum over the cells with all types in A of p G+`
 * - `upper`: `sum over the cells with some type in A of p (G + Z) >= sum_A p g`
 * - `short`: `E z >= sum_A p g - sum over the cells with some type in A of p G+ + E G-`
 */
export interface FlowCut {
  readonly kind: "lower" | "upper" | "short";
  /** Membership of every type. */
  readonly members: Uint8Array;
}

/** Of so many cuts one integer can tell, a bit for each, which of them a type is in. */
export const CUTS_IN_AN_INTEGER = 30;

/** A cut with the constants of its row. */
export interface FoundCut extends FlowCut {
  /** Over `whole * denominator`. */
  readonly bound: number;
  /** The probability of the cut's cells, over `whole`; only `upper` cuts ask for it. */
  readonly mass: number;
}

export function withConstants(network: FlowNetwork, cut: FlowCut): FoundCut {
  const { cellCount, gain, mass } = network;
  let total = 0;
  let probability = 0;
  for (let s = 0; s < cellCount; s++) {
    const inside = counts(network, cut, s);
    if (inside) {
      probability += mass[s];
      total += mass[s] * (cut.kind === "upper" ? gain[s] : Math.max(gain[s], 0));
    }
    if (cut.kind === "short") total += mass[s] * Math.min(gain[s], 0);
  }
  return { ...cut, bound: cut.kind === "lower" ? total : -total, mass: probability };
}

/**
 * By how much a cut's row prices money at a cell, times its dual and the cell's probability. `inside`: the cell is one of those
 * that the cut sums over. `loses`: its `G` is negative.
 */
export function pricesCell({ kind }: FlowCut, inside: boolean, loses: boolean): number {
  if (kind === "lower") return inside && !loses ? -1 : 0;
  return inside || (kind === "short" && loses) ? 1 : 0;
}

/** Whether the cell is one of those that the cut sums over. */
function counts({ slotStart, slotNode }: FlowNetwork, { kind, members }: FlowCut, s: number): boolean {
  for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
    if (members[slotNode[k]] === (kind === "lower" ? 0 : 1)) return kind !== "lower";
  }
  return kind === "lower";
}
