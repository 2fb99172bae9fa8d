import { Rational } from "../../number/rational.js";
import type { ShareList } from "./certificate.js";
import { forEachPlace } from "./judge/product-table.js";

/** Shares are multiples of its inverse, unless said otherwise: what rounding loses is far less than what a mesh leaves open. */
const UNIT = 2 ** 16;

/** A solver's error; much less than one unit, so that rounding down keeps sums at most 1. */
const SLACK = 1e-3;

/** Shares in floats, a list for each agent, as a certificate writes them: rounded down. */
export function shareList(
  shares: readonly (readonly number[])[],
  shape: readonly number[],
  groups: readonly number[],
  mayLeaveMoney: boolean,
  unit = UNIT,
): ShareList {
  const rounded = (share: number) =>
    Rational.of(Math.min(Math.max(Math.floor(share * unit + SLACK), 0), unit), unit);
  const alike = shape.length > 2 && groups.every((group) => group === 0);
  // With an exact budget the last agent gets the rest.
  if (!alike) return { shares: (mayLeaveMoney ? shares : shares.slice(0, -1)).map((of) => of.map(rounded)) };
  const list: Rational[] = [];
  forEachPlace(shape, ([, ...others], index) => {
    if (others.every((node, k) => k === 0 || others[k - 1] <= node)) list.push(rounded(shares[0][index]));
  });
  return { shares: [list], alike: true };
}
