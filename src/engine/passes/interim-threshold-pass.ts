import type { Environment } from "../../environment/environment.js";
import type { TieRule } from "../../space/rule.js";
import type { EfficientThresholds } from "./efficient-thresholds.js";
import type { InterimSums } from "./interim-row-pass.js";

/**
 * The pass where a threshold tells which of two outcomes is efficient: `O(log m)` for a row of `m` types instead of `O(m)`, and a
 * look at tied profiles alone. Sums must be known to fit machine integers.
 */
export function thresholdPass(
  environment: Environment,
  thresholds: EfficientThresholds,
  ties: TieRule,
  shares: number,
): InterimSums {
  const { profiles, prior, agentCount } = environment;
  const last = agentCount - 1;
  const { order, lineCount } = thresholds;
  const marginals = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  const length = order.length;
  /** By place in the order: the weight of the types before it. */
  const before = new Float64Array(length + 1);
  order.forEach((type, k) => {
    before[k + 1] = before[k] + marginals[last][type];
  });
  const sums = profiles.sizes.map((size) => new Float64Array(2 * size));
  /** By place: the weight of the rows whose first outcome ends there, and of those whose second begins there. */
  const ends = new Float64Array(length + 1);
  const begins = new Float64Array(length + 1);
  const tied: number[] = [];
  const chances = { first: [1, 0], last: [0, 1], uniform: [1 / 2, 1 / 2] }[ties];
  const types = new Array<number>(last).fill(0);
  const others = new Float64Array(last);
  for (let row = 0; row < lineCount; row++) {
    thresholds.look(types);
    const { first, second } = thresholds;
    let weight = shares;
    for (let i = 0; i < last; i++) weight *= marginals[i][types[i]];
    ends[first] += weight;
    begins[second] += weight;
    const equal = before[second] - before[first];
    // Shares are even where a tie is halved.
    const total = [
      shares * before[first] + shares * chances[0] * equal,
      shares * (before[length] - before[second]) + shares * chances[1] * equal,
    ];
    for (let k = first; k < second; k++) {
      const type = order[k];
      tied.push(row * length + type);
      for (const x of [0, 1]) sums[last][2 * type + x] += weight * chances[x];
    }
    for (let i = 0; i < last; i++) {
      others[i] = 1;
      for (let j = 0; j < last; j++) if (j !== i) others[i] *= marginals[j][types[j]];
      for (const x of [0, 1]) sums[i][2 * types[i] + x] += others[i] * total[x];
    }
    for (let i = last - 1; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
  }
  for (let k = 0, sum = 0; k < length; k++) {
    sum += begins[k];
    sums[last][2 * order[k] + 1] += sum;
  }
  for (let k = length - 1, sum = 0; k >= 0; k--) {
    sum += ends[k + 1];
    sums[last][2 * order[k]] += sum;
  }
  return { sums, costs: undefined, shares, tied };
}
