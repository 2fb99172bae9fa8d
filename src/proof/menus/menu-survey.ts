import { IntegerSum } from "../../number/integer-sum.js";
import type { MenuPass } from "./menu-pass.js";

/** What menus leave of the budget, over all profiles; money over one unit. */
export interface MenuSurvey {
  /** Where cost less payments is greatest, and least, and how much it is there. */
  readonly most: { readonly profile: number; readonly short: number };
  readonly least: { readonly profile: number; readonly short: number };
  /** Profiles at which it is positive, exactly zero, and exactly the amount asked about. */
  readonly positive: number;
  readonly zero: number;
  readonly equal: number;
  /** Its expectation, and that of its positive part, over `whole` and the unit. */
  readonly expected: bigint;
  readonly expectedShortage: bigint;
}

/**
 * Looks at every profile once. `menus[i][2 * cut + outcome]` and costs, `scale` times, are over one unit, in which no sum at a profile
 * weighed by the last agent's probabilities leaves the machine integers.
 */
export function menuSurvey(
  { environment, agents, charge }: MenuPass,
  menus: readonly Float64Array[],
  scale: number,
  amount: number,
): MenuSurvey {
  const { profiles } = environment;
  const last = agents.length - 1;
  const { cuts, sorted, weights, othersWeights } = agents[last];
  const size = weights.length;
  const types = Int32Array.from(sorted);
  const paid = menus.slice(0, -1).map((menu, i) => {
    const own = agents[i].cuts;
    return [0, 1].map((x) => Float64Array.from(own, (cut) => menu[2 * cut + x]));
  });
  // In a row, by place.
  const short = new Float64Array(size);
  let most = { profile: 0, short: Number.NEGATIVE_INFINITY };
  let least = { profile: 0, short: Number.POSITIVE_INFINITY };
  let positive = 0;
  let zero = 0;
  let equal = 0;
  const expected = new IntegerSum();
  const expectedShortage = new IntegerSum();
  for (let row = 0; row < cuts.length; row++) {
    const cut = cuts[row];
    const first = row * size;
    short.fill(scale * charge[0] - menus[last][2 * cut], 0, cut);
    short.fill(scale * charge[1] - menus[last][2 * cut + 1], cut);
    for (let i = 0; i < last; i++) {
      const start = profiles.othersOf(i, first);
      const [zeroPaid, onePaid] = paid[i];
      for (let k = 0; k < cut; k++) short[k] -= zeroPaid[start + types[k]];
      for (let k = cut; k < size; k++) short[k] -= onePaid[start + types[k]];
    }
    let sum = 0;
    let sumOfPositive = 0;
    let highest = short[0];
    let lowest = short[0];
    for (let k = 0; k < size; k++) {
      const own = short[k];
      const weighed = weights[k] * own;
      sum += weighed;
      if (own > 0) {
        positive++;
        sumOfPositive += weighed;
      } else if (own === 0) zero++;
      if (own > highest) highest = own;
      if (own < lowest) lowest = own;
    }
    if (amount === 0) equal = zero;
    else for (let k = 0; k < size; k++) if (short[k] === amount) equal++;
    expected.addProduct(othersWeights[row], sum);
    expectedShortage.addProduct(othersWeights[row], sumOfPositive);
    if (highest > most.short) most = { profile: first + types[short.indexOf(highest)], short: highest };
    if (lowest < least.short) least = { profile: first + types[short.indexOf(lowest)], short: lowest };
  }
  return {
    most,
    least,
    positive,
    zero,
    equal,
    expected: expected.value,
    expectedShortage: expectedShortage.value,
  };
}
