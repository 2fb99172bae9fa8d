import { lcm } from "../../../number/rational.js";
import { ContinuumRefuted } from "../../method.js";
import type { ShareList } from "../certificate.js";
import { forEachPlace, type ProductTable } from "./product-table.js";

/**
 * The tables that a list of shares stands for, one for each agent, over one denominator. `shape` counts nodes. Throws
 * ContinuumRefuted where it stands for none: too long or short, negative, or more than 1 in sum.
 */
export function shareTables(
  list: ShareList,
  shape: readonly number[],
  mayLeaveMoney: boolean,
): ProductTable[] {
  const { shares, alike } = list;
  const agents = shape.length;
  const count = shape.reduce((product, size) => product * size, 1);
  if (alike && shape.some((size) => size !== shape[0]))
    throw new ContinuumRefuted("Agents who are treated alike have different numbers of nodes.");
  const numbers = multisetRank(shape[0], agents - 1);
  const lists = alike ? 1 : shares.length;
  const length = alike ? shape[0] * numbers.count : count;
  if (shares.length !== lists || lists < 1 || lists > agents)
    throw new ContinuumRefuted(`There are ${shares.length} lists of shares for ${agents} agents.`);
  for (const [i, of] of shares.entries())
    if (of.length !== length)
      throw new ContinuumRefuted(`shares[${i}] has ${of.length} entries, not ${length}.`);

  const denominator = shares.flat().reduce((d, share) => lcm(d, share.denominator), 1n);
  const integers = shares.map((of) => of.map((share) => share.numerator * (denominator / share.denominator)));
  const listed = alike ? agents : lists;
  const withoutList = listed === agents ? agents : agents - listed;
  const parts = BigInt(withoutList);
  const tables = shape.map(() => [] as bigint[]);
  forEachPlace(shape, (place, index) => {
    let left = denominator;
    for (let i = 0; i < listed; i++) {
      const share = alike
        ? integers[0][place[i] * numbers.count + numbers.rank(place.filter((_, j) => j !== i))]
        : integers[i][index];
      if (share < 0n) throw new ContinuumRefuted(`A share of agent ${i} is negative.`);
      left -= share;
      tables[i].push(share * parts);
    }
    if (left < 0n) throw new ContinuumRefuted(`Shares sum to more than 1 at nodes ${place.join(", ")}.`);
    for (let i = listed; i < agents; i++) tables[i].push(mayLeaveMoney ? 0n : left);
    if (listed === agents && !mayLeaveMoney) for (const table of tables) table[index] += left;
  });
  return tables.map((values) => ({ shape, values, denominator: denominator * parts }));
}

/** Multisets of `members` numbers below `bound` in increasing order of their sorted lists: how many, and the rank of one. */
export function multisetRank(bound: number, members: number) {
  /** How many there are of `k` numbers from `least` on. */
  const from = (least: number, k: number): number => {
    let result = 1;
    for (let j = 1; j <= k; j++) result = (result * (bound - least + j - 1)) / j;
    return Math.round(result);
  };
  return {
    count: from(0, members),
    rank(of: readonly number[]): number {
      let [rank, least] = [0, 0];
      [...of]
        .sort((a, b) => a - b)
        .forEach((value, k) => {
          for (let below = least; below < value; below++) rank += from(below, members - k - 1);
          least = value;
        });
      return rank;
    },
  };
}
