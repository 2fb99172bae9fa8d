import type { Rational } from "../number/rational.js";

/**
 * The solution of a square system by exact elimination; meant for a few unknowns. Throws RangeError where there is no
 * unique solution.
 */
export function solveLinearSystem(
  matrix: readonly (readonly Rational[])[],
  right: readonly Rational[],
): Rational[] {
  const rows = matrix.map((row, k) => [...row, right[k]]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = rows.findIndex((row, k) => k >= column && !row[column].isZero);
    if (pivot < 0) throw new RangeError("the linear system has no unique solution");
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const leading = rows[column][column];
    rows[column] = rows[column].map((entry) => entry.divide(leading));
    rows.forEach((row, k) => {
      const factor = row[column];
      if (k === column || factor.isZero) return;
      rows[k] = row.map((entry, c) => entry.subtract(factor.multiply(rows[column][c])));
    });
  }
  return rows.map((row) => row[size]);
}
