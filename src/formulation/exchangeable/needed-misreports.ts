import type { Group } from "../../space/space.js";

/** A type that might report another. */
export interface Misreport {
  readonly type: number;
  readonly report: number;
}

/**
 * The misreports that it is enough to rule out. Where types differ by one number, `v(k|a) = theta(a) c(k)` up to what no report
 * changes, a type that gains by no neighbour's report in the order of `theta`, its equals included, gains by none at all:
 * neighbours' incentives make what reports bring increase with `theta`, so that going further gains less at every step.
 */
export function* neededMisreports(group: Group): Iterable<Misreport> {
  const rank = ranks(group);
  for (let type = 0; type < group.types; type++) {
    for (let report = 0; report < group.types; report++) {
      if (report === type || (rank && Math.abs(rank[type] - rank[report]) > 1)) continue;
      yield { type, report };
    }
  }
}

/** The places of types in the order of `theta`, equal types sharing one; undefined where types differ by more. */
function ranks({ types, classes: width, value }: Group): number[] | undefined {
  // Beyond the first class, which all reports may bring.
  const beyond = value.map((own, k) => BigInt(own) - BigInt(value[k - (k % width)]));
  const pivot = beyond.findIndex((entry) => entry !== 0n);
  if (pivot < 0) return new Array<number>(types).fill(0);
  const from = pivot - (pivot % width);
  // theta(a) = v(k|a) / v(k|b) of the pivot's class k and type b, times v(k|b)^2 so that it is whole and keeps its order.
  const theta = Array.from(
    { length: types },
    (_, type) => beyond[type * width + (pivot % width)] * beyond[pivot],
  );
  const linear = beyond.every((entry, k) => {
    const type = Math.floor(k / width);
    return entry * beyond[pivot] * beyond[pivot] === theta[type] * beyond[from + (k % width)];
  });
  if (!linear) return undefined;
  const distinct = [...new Set(theta)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return theta.map((own) => distinct.indexOf(own));
}
