import { lcm } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { FlowTask } from "./flow-cut.js";
import type { FlowNetwork } from "./flow-network.js";
import { WideAmounts } from "./wide-amounts.js";
import { WideFlow } from "./wide-flow.js";

/** What cells offer and types are to have, as numbers over one scale: `scale` times probability times money. */
export interface FlowAmounts<Amounts = Float64Array> {
  /** `p G+`; and `p (G + Z)` where the offer is limited from above. */
  readonly least: Amounts;
  readonly most: Amounts | undefined;
  /** `p g`, by type, over all agents that it stands for. */
  readonly demand: Amounts;
  /** What may be lacking after the greatest flow, where the expected deficit is what money is for. */
  readonly allowance: number | bigint;
  /** Amounts up to this are nothing; 0 where all are integers. */
  readonly tolerance: number;
}

/** Amounts in floats. */
export type FloatAmounts = FlowAmounts & { readonly allowance: number };

/** What cells offer at least, over `whole * denominator`, whatever the gains are; and the losses of the others. */
export interface LeastOffers {
  readonly least: Float64Array;
  readonly losses: number;
  /** No cell gains or loses more, over `denominator`. */
  readonly largest: number;
}

export function leastOffers({ cellCount, mass, gain }: FlowNetwork): LeastOffers {
  const least = new Float64Array(cellCount);
  let losses = 0;
  let largest = 0;
  for (let s = 0; s < cellCount; s++) {
    const own = gain[s];
    largest = Math.max(largest, Math.abs(own));
    if (own > 0) least[s] = mass[s] * own;
    else losses += mass[s] * own;
  }
  return { least, losses, largest };
}

/** The amounts of float gains by type and outside money, over `whole * denominator`. */
export function floatAmounts(
  network: FlowNetwork,
  task: FlowTask,
  offers: LeastOffers,
  gains: Float64Array,
  money: number,
): FloatAmounts {
  const { whole, denominator, nodeCount } = network;
  const demand = new Float64Array(nodeCount);
  let total = 0;
  for (const { first, size, agents, weight, weightTotal } of network.groups) {
    for (let k = 0; k < size; k++) {
      const own = (weight[k] / weightTotal) * agents * whole * denominator;
      demand[first + k] = Math.max(gains[first + k], 0) * own;
      total += demand[first + k];
    }
  }
  const perMass = money * denominator;
  return {
    least: offers.least,
    most: isLimited(task) ? mostOffers(network, 1, perMass) : undefined,
    demand,
    allowance: perMass * whole + offers.losses,
    tolerance: (1e-11 * Math.max(total, 1)) / nodeCount,
  };
}

/** Amounts in integers, with their scale. */
export type ExactAmounts = (FlowAmounts | FlowAmounts<WideAmounts>) & { readonly scale: bigint };

/** The same of exact gains, in integers: doubles where they fit, else in two parts; undefined where neither do. */
export function exactAmounts(
  network: FlowNetwork,
  task: FlowTask,
  offers: LeastOffers,
  gains: RationalVector,
  money: { readonly numerator: bigint; readonly denominator: bigint } | undefined,
): ExactAmounts | undefined {
  const { whole, denominator, cellCount, nodeCount } = network;
  const unit = BigInt(whole) * BigInt(denominator);
  let scale = unit;
  for (const { weightTotal } of network.groups) scale = lcm(scale, BigInt(weightTotal) * gains.denominator);
  if (money) scale = lcm(scale, BigInt(whole) * money.denominator);
  let total = 0n;
  const demand = new Array<bigint>(nodeCount);
  for (const { first, size, agents, weight, weightTotal } of network.groups) {
    const factor = (BigInt(agents) * scale) / (BigInt(weightTotal) * gains.denominator);
    for (let k = 0; k < size; k++) {
      const amount = gains.numeratorAt(first + k) * BigInt(weight[k]) * factor;
      demand[first + k] = amount;
      total += amount;
    }
  }
  const factor = scale / unit;
  const perMass = money ? money.numerator * (scale / (BigInt(whole) * money.denominator)) : 0n;
  const most = BigInt(whole) * (BigInt(offers.largest) * factor + perMass);
  const size = 2n * (total + most);
  if (size <= BigInt(Number.MAX_SAFE_INTEGER)) {
    const scaled = Number(factor);
    return {
      least: times(offers.least, scaled),
      most: isLimited(task) ? mostOffers(network, scaled, Number(perMass)) : undefined,
      demand: Float64Array.from(demand, Number),
      allowance: Number(perMass) * whole + offers.losses * scaled,
      tolerance: 0,
      scale,
    };
  }
  const bits = size.toString(2).length - 53;
  if (bits > WideFlow.mostBits(network)) return undefined;
  const { gain, mass } = network;
  const limited = (s: number) => {
    const offer = BigInt(mass[s]) * (BigInt(gain[s]) * factor + perMass);
    return offer > 0n ? offer : 0n;
  };
  return {
    least: WideAmounts.of(cellCount, bits, (s) => BigInt(offers.least[s]) * factor),
    most: isLimited(task) ? WideAmounts.of(cellCount, bits, limited) : undefined,
    demand: WideAmounts.of(nodeCount, bits, (t) => demand[t]),
    allowance: perMass * BigInt(whole) + BigInt(offers.losses) * factor,
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

/** Whether cells may not offer as much as they like. */
function isLimited({ exact, money }: FlowTask): boolean {
  return money === "worst" || (!exact && money === "none");
}

/** `p (G + Z)`, where it is positive. */
function mostOffers({ cellCount, gain, mass }: FlowNetwork, factor: number, money: number): Float64Array {
  const most = new Float64Array(cellCount);
  for (let s = 0; s < cellCount; s++) most[s] = Math.max(mass[s] * (gain[s] * factor + money), 0);
  return most;
}
