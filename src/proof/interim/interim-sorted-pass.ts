import type { Environment } from "../../environment/environment.js";
import type { TieRule } from "../../environment/known-rule.js";
import { firstAtLeast } from "../../number/first-at-least.js";
import type { InterimPass } from "./interim-scan.js";

/**
 * The referee's pass for two outcomes with costs by outcome. A profile of the others leaves the second outcome `lead` behind:
 * it is efficient at the last agent's types that value it more than the first by more than that, and tied at those by
 * exactly that. With these types sorted by that difference both sets are found by bisection, and what they add is read off
 * running sums. Every integer must be known to be exact in a double.
 */
export function sortedPass(environment: Environment, ties: TieRule, shares: number): InterimPass {
  const { profiles, prior, values, costs } = environment;
  const marginals = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  const worth = values.map((table) => table.entries.numerators as Float64Array);
  const charge = [0, 1].map((x) => costs.numerator(0, 0, x) as number);
  const last = profiles.agentCount - 1;
  const size = profiles.sizes[last];
  const gap = (type: number) => worth[last][2 * type + 1] - worth[last][2 * type];
  const sorted = Array.from({ length: size }, (_, type) => type).sort((a, b) => gap(a) - gap(b));
  const gaps = Float64Array.from(sorted, gap);

  // Over the sorted types before a place: probability, and probability times the worth of each outcome.
  const weight = new Float64Array(size + 1);
  const worthBefore = [new Float64Array(size + 1), new Float64Array(size + 1)];
  sorted.forEach((type, k) => {
    weight[k + 1] = weight[k] + marginals[last][type];
    for (const x of [0, 1]) {
      worthBefore[x][k + 1] = worthBefore[x][k] + marginals[last][type] * worth[last][2 * type + x];
    }
  });

  const mass = profiles.sizes.map((count) => new Float64Array(2 * count));
  const firstEndsAt = new Float64Array(size + 1);
  const secondBeginsAt = new Float64Array(size + 1);
  const tied: number[] = [];
  // Of a tie, the part that goes to each outcome.
  const part = { first: [1, 0], last: [0, 1], uniform: [1 / 2, 1 / 2] }[ties];
  let welfare = 0n;
  for (let others = 0; others < profiles.count; others += size) {
    const base = [-charge[0], -charge[1]];
    let probability = shares;
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(others, i);
      probability *= marginals[i][type];
      for (const x of [0, 1]) base[x] += worth[i][2 * type + x];
    }
    const lead = base[0] - base[1];
    const from = firstAtLeast(gaps, lead);
    const to = firstAtLeast(gaps, lead + 1);
    for (let k = from; k < to; k++) {
      tied.push(others + sorted[k]);
      for (const x of [0, 1]) mass[last][2 * sorted[k] + x] += probability * part[x];
    }
    firstEndsAt[from] += probability;
    secondBeginsAt[to] += probability;
    const best =
      base[0] * weight[from] +
      worthBefore[0][from] +
      base[1] * (weight[size] - weight[from]) +
      (worthBefore[1][size] - worthBefore[1][from]);
    welfare += BigInt(best) * BigInt(probability);
    const equal = weight[to] - weight[from];
    const chance = [
      shares * weight[from] + shares * part[0] * equal,
      shares * (weight[size] - weight[to]) + shares * part[1] * equal,
    ];
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(others, i);
      let rest = 1;
      for (let j = 0; j < last; j++) if (j !== i) rest *= marginals[j][profiles.typeOf(others, j)];
      for (const x of [0, 1]) mass[i][2 * type + x] += rest * chance[x];
    }
  }
  for (let k = 0, sum = 0; k < size; k++) mass[last][2 * sorted[k] + 1] += sum += secondBeginsAt[k];
  for (let k = size, sum = 0; k > 0; k--) mass[last][2 * sorted[k - 1]] += sum += firstEndsAt[k];

  const cost = mass.map((own) =>
    Float64Array.from(
      { length: own.length / 2 },
      (_, type) => own[2 * type] * charge[0] + own[2 * type + 1] * charge[1],
    ),
  );
  const support = profiles.count + (ties === "uniform" ? tied.length : 0);
  return { shares, mass, cost, welfare, tied, support };
}
