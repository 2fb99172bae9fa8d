import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import type { StateGains } from "./state-gains.js";

/**
 * What the ex post requirements ask of the flow. With `g_i = w_i - t_i >= 0` the budget is `g_1 + g_2 = G + z` (`<=` without
 * deficit), so a state `s` offers an amount that is split between its two types:
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

/**
 * A row of the master problem, `>=`, for a set `A` of types of the first agent and `B` of the second (Hoffman, Gale):
 *
 * - `lower`: `sum_A p_1 g_1 + sum_B p_2 g_2 >= sum over A x B of p G+`
 * - `upper`: `sum over states with a type in A or B of p (G + Z) >= sum_A p_1 g_1 + sum_B p_2 g_2`
 * - `short`: `E z >= sum_A p_1 g_1 + sum_B p_2 g_2 - sum over states with a type in A or B of p G+ + E G-`
 */
export interface FlowCut {
  readonly kind: "lower" | "upper" | "short";
  /** Membership of the first agent's types, then of the second's. */
  readonly members: Uint8Array;
}

/** The constant of a cut's row, over `P_1 P_2 D`, and the probability of its states, over `P_1 P_2`. */
export function cutConstants(gains: StateGains, { kind, members }: FlowCut): { bound: number; mass: number } {
  const { rows, columns, gain, weight } = gains;
  let total = 0;
  let mass = 0;
  for (let a = 0, s = 0; a < rows; a++) {
    let rowTotal = 0;
    let rowMass = 0;
    for (let b = 0; b < columns; b++, s++) {
      const together = members[a] + members[rows + b];
      const inside = kind === "lower" ? together === 2 : together > 0;
      const amount = inside ? (kind === "upper" ? gain[s] : Math.max(gain[s], 0)) : 0;
      const loss = kind === "short" ? Math.min(gain[s], 0) : 0;
      rowTotal += weight[1][b] * (amount + loss);
      if (inside) rowMass += weight[1][b];
    }
    total += weight[0][a] * rowTotal;
    mass += weight[0][a] * rowMass;
  }
  return { bound: kind === "lower" ? total : -total, mass };
}

/** Whether a cut's row prices money at a state: by how much, times its dual and the state's probability. */
export function pricesState({ kind, members }: FlowCut, rows: number, a: number, b: number, gain: number) {
  const together = members[a] + members[rows + b];
  if (kind === "lower") return together === 2 && gain >= 0 ? -1 : 0;
  return together > 0 || (kind === "short" && gain < 0) ? 1 : 0;
}
