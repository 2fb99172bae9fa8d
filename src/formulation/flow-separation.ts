import { lcm } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { FlowCut, FlowTask } from "./flow-cut.js";
import { StateFlow } from "./state-flow.js";
import type { StateGains } from "./state-gains.js";

/** What states offer and types are to have, as numbers over one scale: `scale` times probability times money. */
export interface FlowAmounts {
  /** `p G+`; and `p (G + Z)` where the offer is limited from above. */
  readonly least: Float64Array;
  readonly most: Float64Array | undefined;
  /** `p_i g_i`, for each type of the first agent, then of the second. */
  readonly demand: Float64Array;
  /** What may be lacking after the greatest flow, where the expected deficit is what money is for. */
  readonly allowance: number;
  /** Amounts up to this are nothing; 0 where all are integers. */
  readonly tolerance: number;
}

/** The amounts of a float solution of the master problem, over `P_1 P_2 D`. */
export function floatAmounts(gains: StateGains, task: FlowTask, solution: Float64Array): FlowAmounts {
  const { rows, columns, weight, weightTotal, denominator } = gains;
  const demand = new Float64Array(rows + columns);
  for (let k = 0; k < demand.length; k++) {
    const agent = k < rows ? 0 : 1;
    const own = weight[agent][k - agent * rows] * weightTotal[1 - agent] * denominator;
    demand[k] = Math.max(solution[k], 0) * own;
  }
  const money = (solution[rows + columns] ?? 0) * denominator;
  const total = demand.reduce((sum, amount) => sum + amount, 0);
  const amounts = offers(gains, task, 1, money);
  const offered = amounts.least.reduce((sum, amount) => sum + amount, 0);
  return { ...amounts, demand, tolerance: (1e-11 * Math.max(total, offered, 1)) / (rows + columns) };
}

/**
 * The same of an exact solution, in integers, with the scale. Undefined where they do not fit machine integers.
 */
export function exactAmounts(
  gains: StateGains,
  task: FlowTask,
  solution: RationalVector,
): (FlowAmounts & { readonly scale: bigint }) | undefined {
  const { rows, columns, weight, weightTotal, denominator } = gains;
  const totals = weightTotal.map(BigInt);
  const states = totals[0] * totals[1];
  const hasMoney = solution.length > rows + columns;
  const own = solution.denominator * (hasMoney ? states : lcm(totals[0], totals[1]));
  const scale = lcm(states * BigInt(denominator), own);
  let total = 0n;
  const demand = new Float64Array(rows + columns);
  for (let k = 0; k < demand.length; k++) {
    const agent = k < rows ? 0 : 1;
    const amount =
      solution.numeratorAt(k) *
      BigInt(weight[agent][k - agent * rows]) *
      (scale / (totals[agent] * solution.denominator));
    demand[k] = Number(amount);
    total += amount;
  }
  const factor = scale / (states * BigInt(denominator));
  const money = hasMoney
    ? solution.numeratorAt(rows + columns) * (scale / (states * solution.denominator))
    : 0n;
  let largest = 0;
  for (const gain of gains.gain) largest = Math.max(largest, Math.abs(gain));
  const most = states * (BigInt(largest) * factor + money);
  if (2n * (total + most) > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { ...offers(gains, task, Number(factor), Number(money)), demand, tolerance: 0, scale };
}

function offers(gains: StateGains, task: FlowTask, factor: number, money: number) {
  const { rows, columns, gain, weight } = gains;
  const least = new Float64Array(gain.length);
  const limited = task.money === "worst" || (!task.exact && task.money === "none");
  const most = limited ? new Float64Array(gain.length) : undefined;
  let losses = 0;
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const p = weight[0][a] * weight[1][b];
      least[s] = gain[s] > 0 ? p * gain[s] * factor : 0;
      if (most) most[s] = Math.max(p * (gain[s] * factor + money), 0);
      losses += p * Math.min(gain[s], 0);
    }
  }
  const states = gains.weightTotal[0] * gains.weightTotal[1];
  return { least, most, allowance: money * states + losses * factor };
}

/** The cuts that amounts violate, from minimum cuts; and the flows that led to them. */
export function violatedCuts(
  gains: StateGains,
  task: FlowTask,
  amounts: FlowAmounts,
): { cuts: FlowCut[]; flow: StateFlow } {
  const { rows, columns } = gains;
  const { least, most, demand, allowance, tolerance } = amounts;
  const cuts: FlowCut[] = [];
  const collect = (flow: StateFlow, kind: FlowCut["kind"]) => {
    const sides = [flow.sourceSide(false), flow.sourceSide(true)];
    if (sides[0].every((member, k) => member === sides[1][k])) sides.pop();
    for (const side of sides) {
      cuts.push({ kind, members: kind === "lower" ? side : side.map((member) => 1 - member) });
    }
  };
  if (!task.exact && task.money === "subsidy") {
    const flow = new StateFlow(rows, columns, least, demand, tolerance);
    const lacking = flow.lacking.reduce((sum, amount) => sum + amount, 0);
    if (!(lacking <= allowance)) collect(flow, "short");
    return { cuts, flow };
  }
  let flow: StateFlow | undefined;
  if (task.exact) {
    flow = new StateFlow(rows, columns, least, demand, tolerance);
    if (flow.isOfferLeft) collect(flow, "lower");
  }
  if (most) {
    // The offers that must be taken are taken first; what is lacking then comes from the rest.
    const upper = flow && !flow.isOfferLeft ? flow : new StateFlow(rows, columns, most, demand, tolerance);
    if (upper === flow) upper.raise(most);
    if (upper.isDemandLeft) collect(upper, "upper");
    flow ??= upper;
  }
  return { cuts, flow: flow! };
}
