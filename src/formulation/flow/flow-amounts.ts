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

/** What states offer at least, over `whole * denominator`, whatever the gains are; and the losses of the others. */
export interface LeastOffers {
  readonly least: Float64Array;
  readonly losses: number;
  /** No state gains or loses more, over `denominator`. */
  readonly largest: number;
}

export function leastOffers({ stateCount, mass, gain }: FlowStates): LeastOffers {
  const least = new Float64Array(stateCount);
  let losses = 0;
  let largest = 0;
  for (let s = 0; s < stateCount; s++) {
    const own = gain[s];
    largest = Math.max(largest, Math.abs(own));
    if (own > 0) least[s] = mass[s] * own;
    else losses += mass[s] * own;
  }
  return { least, losses, largest };
}

/** The amounts of float gains by type and outside money, over `whole * denominator`. */
export function floatAmounts(
  states: FlowStates,
  task: FlowTask,
  offers: LeastOffers,
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
  const perMass = money * denominator;
  return {
    least: offers.least,
    most: isLimited(task) ? mostOffers(states, 1, perMass) : undefined,
    demand,
    allowance: perMass * whole + offers.losses,
    tolerance: (1e-11 * Math.max(total, 1)) / nodeCount,
  };
}

/** The same of exact gains, in integers, with the scale. Undefined where they do not fit machine integers. */
export function exactAmounts(
  states: FlowStates,
  task: FlowTask,
  offers: LeastOffers,
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
  const most = BigInt(whole) * (BigInt(offers.largest) * factor + perMass);
  if (2n * (total + most) > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const scaled = Number(factor);
  return {
    least: times(offers.least, scaled),
    most: isLimited(task) ? mostOffers(states, scaled, Number(perMass)) : undefined,
    demand,
    allowance: Number(perMass) * whole + offers.losses * scaled,
    tolerance: 0,
    scale,
  };
}

function times(amounts: Float64Array, factor: number): Float64Array {
  if (factor === 1) return amounts;
  const scaled = amounts.slice();
  for (let s = 0; s < scaled.length; s++) scaled[s] *= factor;
  return scaled;
}

/** Whether states may not offer as much as they like. */
function isLimited({ exact, money }: FlowTask): boolean {
  return money === "worst" || (!exact && money === "none");
}

/** `p (G + Z)`, where it is positive. */
function mostOffers({ stateCount, gain, mass }: FlowStates, factor: number, money: number): Float64Array {
  const most = new Float64Array(stateCount);
  for (let s = 0; s < stateCount; s++) most[s] = Math.max(mass[s] * (gain[s] * factor + money), 0);
  return most;
}
