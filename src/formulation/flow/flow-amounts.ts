import { lcm } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { FlowTask } from "./flow-cut.js";
import type { FlowStates } from "./flow-states.js";

/** What states offer and types are to have, as numbers over one scale: `scale` times probability times money. */
export interface FlowAmounts {
  /** `p G+`; and `p (G + Z)` where the offer is limited from above. */
  readonly least: Float64Array;
  readonly most: Float64Array | undefined;
  /** `p g`, by type, over all agents that it stands for. */
  readonly demand: Float64Array;
  /** What may be lacking after the greatest flow, where the expected deficit is what money is for. */
  readonly allowance: number;
  /** Amounts up to this are nothing; 0 where all are integers. */
  readonly tolerance: number;
}

/** The amounts of float gains by type and outside money, over `whole * denominator`. */
export function floatAmounts(
  states: FlowStates,
  task: FlowTask,
  gains: Float64Array,
  money: number,
): FlowAmounts {
  const { whole, denominator, nodeCount } = states;
  const demand = new Float64Array(nodeCount);
  let total = 0;
  for (const { first, size, agents, weight, weightTotal } of states.groups) {
    for (let k = 0; k < size; k++) {
      const own = (weight[k] / weightTotal) * agents * whole * denominator;
      demand[first + k] = Math.max(gains[first + k], 0) * own;
      total += demand[first + k];
    }
  }
  const amounts = offers(states, task, 1, money * denominator);
  for (const amount of amounts.least) total = Math.max(total, amount);
  return { ...amounts, demand, tolerance: (1e-11 * Math.max(total, 1)) / nodeCount };
}

/** The same of exact gains, in integers, with the scale. Undefined where they do not fit machine integers. */
export function exactAmounts(
  states: FlowStates,
  task: FlowTask,
  gains: RationalVector,
  money: { readonly numerator: bigint; readonly denominator: bigint } | undefined,
): (FlowAmounts & { readonly scale: bigint }) | undefined {
  const { whole, denominator, nodeCount } = states;
  const unit = BigInt(whole) * BigInt(denominator);
  let scale = unit;
  for (const { weightTotal } of states.groups) scale = lcm(scale, BigInt(weightTotal) * gains.denominator);
  if (money) scale = lcm(scale, BigInt(whole) * money.denominator);
  let total = 0n;
  const demand = new Float64Array(nodeCount);
  for (const { first, size, agents, weight, weightTotal } of states.groups) {
    const factor = (BigInt(agents) * scale) / (BigInt(weightTotal) * gains.denominator);
    for (let k = 0; k < size; k++) {
      const amount = gains.numeratorAt(first + k) * BigInt(weight[k]) * factor;
      demand[first + k] = Number(amount);
      total += amount;
    }
  }
  const factor = scale / unit;
  const perMass = money ? money.numerator * (scale / (BigInt(whole) * money.denominator)) : 0n;
  let largest = 0;
  for (const gain of states.gain) largest = Math.max(largest, Math.abs(gain));
  const most = BigInt(whole) * (BigInt(largest) * factor + perMass);
  if (2n * (total + most) > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { ...offers(states, task, Number(factor), Number(perMass)), demand, tolerance: 0, scale };
}

function offers(
  { stateCount, gain, mass, whole }: FlowStates,
  task: FlowTask,
  factor: number,
  money: number,
) {
  const least = new Float64Array(stateCount);
  const limited = task.money === "worst" || (!task.exact && task.money === "none");
  const most = limited ? new Float64Array(stateCount) : undefined;
  let losses = 0;
  for (let s = 0; s < stateCount; s++) {
    if (gain[s] > 0) least[s] = mass[s] * gain[s] * factor;
    else losses += mass[s] * gain[s];
    if (most) most[s] = Math.max(mass[s] * (gain[s] * factor + money), 0);
  }
  return { least, most, allowance: money * whole + losses * factor };
}
