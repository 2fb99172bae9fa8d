import { gcd, lcm, Rational } from "./rational.js";

/** A ray, and the rows that are zero on it, a bit each. */
interface Ray {
  readonly along: readonly bigint[];
  readonly tight: bigint;
}

/**
 * The extreme rays of the cone of all `x` with `rows x >= 0`, in whole numbers without a common factor, by the double description
 * method (Fukuda and Prodon 1996). Throws RangeError where the cone contains a line.
 */
export function extremeRays(rows: readonly (readonly bigint[])[]): readonly (readonly bigint[])[] {
  const width = rows[0].length;
  const first = independentRows(rows);
  if (first.length < width) throw new RangeError("a cone that contains a line has no extreme rays");
  let rays = raysOfCorner(rows, first);
  const open = new Set(rows.map((_, k) => k).filter((k) => !first.includes(k)));
  while (open.size > 0) {
    const next = cheapest(rows, open, rays);
    open.delete(next);
    rays = cutBy(rows[next], 1n << BigInt(next), rays, width);
  }
  return rays.map(({ along }) => along);
}

/** The rays on one side of a row, and where it cuts the planes through two that are neighbours. */
function cutBy(row: readonly bigint[], bit: bigint, rays: readonly Ray[], width: number): Ray[] {
  const levels = rays.map(({ along }) => product(row, along));
  const inside = rays.filter((_, k) => levels[k] > 0n);
  const on = rays.filter((_, k) => levels[k] === 0n).map((ray) => ({ ...ray, tight: ray.tight | bit }));
  const made: Ray[] = [];
  rays.forEach((above, a) => {
    if (levels[a] <= 0n) return;
    rays.forEach((below, b) => {
      if (levels[b] >= 0n) return;
      const common = above.tight & below.tight;
      // Neighbours span a face of two dimensions, which no other ray is on.
      if (count(common) < width - 2) return;
      if (rays.filter(({ tight }) => (tight & common) === common).length > 2) return;
      const along = above.along.map((x, k) => levels[a] * below.along[k] - levels[b] * x);
      made.push({ along: shortest(along), tight: common | bit });
    });
  });
  return [...inside, ...on, ...made];
}

/** The row that makes fewest pairs. */
function cheapest(
  rows: readonly (readonly bigint[])[],
  open: ReadonlySet<number>,
  rays: readonly Ray[],
): number {
  const pairs = (row: number) => {
    const levels = rays.map(({ along }) => product(rows[row], along));
    return levels.filter((level) => level > 0n).length * levels.filter((level) => level < 0n).length;
  };
  const priced = [...open].map((row) => ({ row, price: pairs(row) }));
  return priced.reduce((a, b) => (b.price < a.price ? b : a)).row;
}

/** As many rows as are linearly independent, the first of them. */
function independentRows(rows: readonly (readonly bigint[])[]): number[] {
  const reduced: { readonly pivot: number; readonly row: readonly Rational[] }[] = [];
  return rows.flatMap((row, k) => {
    const left = reduced.reduce(
      (own, { pivot, row: other }) => {
        if (own[pivot].isZero) return own;
        const factor = own[pivot].divide(other[pivot]);
        return own.map((entry, j) => entry.subtract(factor.multiply(other[j])));
      },
      row.map((entry) => Rational.of(entry)),
    );
    const pivot = left.findIndex((entry) => !entry.isZero);
    if (pivot < 0) return [];
    reduced.push({ pivot, row: left });
    return [k];
  });
}

/** Of as many independent rows as there are dimensions: each ray is on all of them but one. The columns of their inverse. */
function raysOfCorner(rows: readonly (readonly bigint[])[], corner: readonly number[]): Ray[] {
  const size = corner.length;
  const matrix = corner.map((k, i) => [
    ...rows[k].map((entry) => Rational.of(entry)),
    ...corner.map((_, j) => (i === j ? Rational.ONE : Rational.ZERO)),
  ]);
  for (let column = 0; column < size; column++) {
    const pivot = matrix.findIndex((row, k) => k >= column && !row[column].isZero);
    [matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]];
    const scale = matrix[column][column];
    matrix[column] = matrix[column].map((entry) => entry.divide(scale));
    matrix.forEach((row, k) => {
      if (k === column || row[column].isZero) return;
      const factor = row[column];
      matrix[k] = row.map((entry, j) => entry.subtract(factor.multiply(matrix[column][j])));
    });
  }
  return corner.map((_, own) => {
    const inverse = matrix.map((row) => row[size + own]);
    const common = inverse.reduce((so, { denominator }) => lcm(so, denominator), 1n);
    return {
      along: shortest(inverse.map(({ numerator, denominator }) => numerator * (common / denominator))),
      tight: corner.reduce((bits, row, k) => (k === own ? bits : bits | (1n << BigInt(row))), 0n),
    };
  });
}

function product(row: readonly bigint[], along: readonly bigint[]): bigint {
  return row.reduce((sum, entry, k) => (entry === 0n ? sum : sum + entry * along[k]), 0n);
}

function shortest(along: readonly bigint[]): bigint[] {
  const common = along.reduce(gcd, 0n);
  return along.map((entry) => entry / common);
}

function count(bits: bigint): number {
  let found = 0;
  for (let left = bits; left > 0n; left &= left - 1n) found++;
  return found;
}
