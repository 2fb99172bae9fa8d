import { type Integer, minus, plus, times, zeros } from "../number/integer.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { ExpectedOutcome } from "../space/expected-outcomes.js";
import type { TieRule } from "../space/rule.js";
import type { Space } from "../space/space.js";
import { EfficientThresholds } from "./efficient-thresholds.js";

/**
 * What every type may expect of an efficient rule where a threshold tells which of two outcomes is efficient: `O(log m)` for a row of
 * `m` types instead of a look at each, and at tied profiles alone. Undefined where there are no thresholds, types are not independent, or the space is one of orbits.
 */
export function thresholdOutcomes(space: Space, ties: TieRule): ExpectedOutcome[] | undefined {
  const { environment, groups } = space;
  const { profiles, agentCount, prior } = environment;
  if (space.alike || prior.kind !== "independent") return undefined;
  const thresholds = EfficientThresholds.of(environment);
  if (!thresholds) return undefined;
  const last = agentCount - 1;
  const { order, lineCount } = thresholds;
  const length = order.length;
  // Of two shares each, so that a tie can be halved.
  const ofTie = { first: [2, 0], last: [0, 2], uniform: [1, 1] }[ties];
  /** By place in the order: the weight of the types before it. */
  const before: Integer[] = [0];
  for (const type of order) before.push(plus(before[before.length - 1], groups[last].weight[type]));
  /** `sums[i][2 * type + outcome]`, in shares. */
  const sums = profiles.sizes.map((size) => zeros(2 * size));
  const add = (agent: number, type: number, x: number, shares: Integer) => {
    sums[agent][2 * type + x] = plus(sums[agent][2 * type + x], shares);
  };
  /** By place: the weight of the rows whose first outcome ends there, and of those whose second begins there. */
  const [ends, begins] = [zeros(length + 1), zeros(length + 1)];
  const types = new Array<number>(last).fill(0);
  for (let row = 0; row < lineCount; row++) {
    thresholds.look(types);
    const { first, second } = thresholds;
    const weight = types.reduce<Integer>((so, type, i) => times(so, groups[i].weight[type]), 1);
    ends[first] = plus(ends[first], weight);
    begins[second] = plus(begins[second], weight);
    for (let k = first; k < second; k++) {
      for (const x of [0, 1]) add(last, order[k], x, times(ofTie[x], weight));
    }
    const equal = minus(before[second], before[first]);
    const total = [before[first], minus(before[length], before[second])];
    for (let i = 0; i < last; i++) {
      const others = types.reduce<Integer>(
        (so, type, j) => (j === i ? so : times(so, groups[j].weight[type])),
        1,
      );
      for (const x of [0, 1])
        add(i, types[i], x, times(others, plus(times(2, total[x]), times(ofTie[x], equal))));
    }
    for (let i = last - 1; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
  }
  let [begun, toEnd]: [Integer, Integer] = [0, 0];
  for (let k = 0; k < length; k++) {
    begun = plus(begun, begins[k]);
    toEnd = plus(toEnd, ends[length - k]);
    add(last, order[k], 1, times(2, begun));
    add(last, order[length - 1 - k], 0, times(2, toEnd));
  }
  return sums.map((own, agent) => expected(space, agent, own));
}

/** Sums in shares, of which there are two for each weight of the others, as chances and costs. */
function expected(space: Space, agent: number, sums: readonly Integer[]): ExpectedOutcome {
  const { environment, groups, classOf } = space;
  const { classes, types } = groups[agent];
  const whole = 2n * space.beliefTotal(agent, 0);
  const chances = zeros(types * classes);
  const costs = zeros(types);
  const charges = [0, 1].map((x) => environment.costs.numerator(0, 0, x));
  for (let type = 0, k = 0; type < types; type++) {
    for (let x = 0; x < 2; x++, k++) {
      const place = type * classes + classOf[agent][x];
      chances[place] = plus(chances[place], sums[k]);
      costs[type] = plus(costs[type], times(sums[k], charges[x]));
    }
  }
  return {
    chances: new RationalVector(packIntegers(chances), whole),
    costs: new RationalVector(packIntegers(costs), whole * environment.moneyDenominator),
  };
}
