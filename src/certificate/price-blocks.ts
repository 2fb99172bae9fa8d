import type { Rational } from "../number/rational.js";
import type { Family } from "../question/requirement.js";
import type { Multipliers, Price, Prices } from "./multipliers.js";

/** Prices of one requirement, one by one; nothing where there are none. */
export function listed(on: Family, entries: readonly Price[]): Prices[] {
  return entries.length === 0 ? [] : [{ kind: "list", on, entries }];
}

/** Prices of any requirements, in lists by what they are on. */
export function grouped(prices: Iterable<readonly [on: Family, price: Price]>): Prices[] {
  const lists = new Map<Family, Price[]>();
  for (const [on, price] of prices) {
    if (price.weight.isZero) continue;
    const entries = lists.get(on) ?? [];
    lists.set(on, entries);
    entries.push(price);
  }
  return Array.from(lists, ([on, entries]) => ({ kind: "list", on, entries }));
}

/** The price of money in expectation, or of what is asked at every profile, in proportion to its probability. */
export function expectedMoney(weight: Rational): Prices[] {
  return weight.isZero ? [] : listed("budget", [{ weight }]);
}

/** Prices that prove nothing but that what is wanted is not negative. */
export const UNPRICED: Multipliers = { purpose: "bound", alike: false, prices: [] };
