import type { Group } from "./space.js";

/** A type that might report another. */
export interface Misreport {
  readonly type: number;
  readonly report: number;
}

/** What sets an agent's types apart, where one number does: see `oneDimension`. */
export interface OneDimension {
  /** By type: `theta`, of which 0 is the first type's. */
  readonly theta: readonly bigint[];
  /** By class of outcomes: `c`, of which 0 is the first class's. */
  readonly slope: readonly bigint[];
}

/**
 * `theta` and `c` where `v(k|a) = own(a) + l(k) + theta(a) c(k)` up to a positive factor of the last term, as in all single-parameter
 * environments; undefined where types differ by more.
 */
export function oneDimension({ types, classes: width, value }: Group): OneDimension | undefined {
  // Beyond what all reports may bring, and what all types have in common.
  const change = value.map((own, k) => {
    const [type, kind] = [Math.floor(k / width), k % width];
    return BigInt(own) - BigInt(value[type * width]) - BigInt(value[kind]) + BigInt(value[0]);
  });
  const pivot = change.findIndex((entry) => entry !== 0n);
  if (pivot < 0) return { theta: new Array<bigint>(types).fill(0n), slope: change.slice(0, width) };
  const [from, kind] = [pivot - (pivot % width), pivot % width];
  const slope = change.slice(from, from + width);
  // theta(a) = change(a, kind) / change(pivot), times its square, so that it is whole and keeps its order.
  const theta = Array.from({ length: types }, (_, type) => change[type * width + kind] * change[pivot]);
  const square = change[pivot] * change[pivot];
  const linear = change.every(
    (entry, k) => entry * square === theta[Math.floor(k / width)] * slope[k % width],
  );
  return linear ? { theta, slope } : undefined;
}

/**
 * The misreports that it is enough to rule out. Where types differ by one number a type that gains by no neighbour's report
 * in the order of `theta`, its equals included, gains by none at all: neighbours' incentives make what reports bring increase with
 * `theta`, so that going further gains less at every step.
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
function ranks(group: Group): readonly number[] | undefined {
  const theta = oneDimension(group)?.theta;
  if (!theta) return undefined;
  const distinct = [...new Set(theta)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const place = new Map(distinct.map((own, k) => [own, k]));
  return theta.map((own) => place.get(own)!);
}
