import type { LinearProgram } from "../lp/linear-program.js";
import { lcm, type Rational } from "../number/rational.js";
import { type IntegerVector, packIntegers } from "../number/rational-vector.js";
import { type SparseIntegers, sparseIntegers, transpose } from "./sparse-integers.js";

/**
 * A linear program with integer data, for the simplex method. Row `i` is multiplied by its denominator and its
 * activity becomes a variable of its own, the row's logical. Variables are the columns `0 .. columnCount - 1`, then the
 * logicals `columnCount + i`, each between its bounds:
 *
 *     minimise cost · x / costDenominator,   A x - logicals = 0,   lower <= boundDenominator * variable <= upper
 */
export interface IntegerProgram {
  readonly columnCount: number;
  readonly rowCount: number;
  readonly variableCount: number;
  readonly rows: SparseIntegers;
  readonly columns: SparseIntegers;
  /** The factor of each row: its activity and its bounds are multiplied by it, its dual divided. */
  readonly rowScale: readonly bigint[];
  readonly lower: readonly (bigint | undefined)[];
  readonly upper: readonly (bigint | undefined)[];
  readonly boundDenominator: bigint;
  readonly cost: IntegerVector;
  readonly costDenominator: bigint;
}

export function toIntegerProgram(program: LinearProgram): IntegerProgram {
  const { columnCount, rowCount } = program;
  const rows = sparseIntegers(program.rowStart, program.column, program.numerator);
  const costDenominator = commonDenominator(program.cost, 1n);
  let boundDenominator = 1n;
  for (const bounds of [program.columnLower, program.columnUpper, program.rowLower, program.rowUpper]) {
    boundDenominator = commonDenominator(bounds, boundDenominator);
  }
  const rowScale = program.rowDenominator;
  const over = (bound: Rational | undefined, scale: bigint) =>
    bound && (bound.numerator * scale * boundDenominator) / bound.denominator;
  const integers = (
    ofColumns: readonly (Rational | undefined)[],
    ofRows: readonly (Rational | undefined)[],
  ) => [...ofColumns.map((bound) => over(bound, 1n)), ...ofRows.map((bound, i) => over(bound, rowScale[i]))];
  return {
    columnCount,
    rowCount,
    variableCount: columnCount + rowCount,
    rows,
    columns: transpose(rows, columnCount),
    rowScale,
    lower: integers(program.columnLower, program.rowLower),
    upper: integers(program.columnUpper, program.rowUpper),
    boundDenominator,
    cost: packIntegers(program.cost.map((c) => c.numerator * (costDenominator / c.denominator))),
    costDenominator,
  };
}

function commonDenominator(values: readonly (Rational | undefined)[], start: bigint): bigint {
  let denominator = start;
  for (const value of values) {
    if (value && denominator % value.denominator !== 0n) denominator = lcm(denominator, value.denominator);
  }
  return denominator;
}

/** Lower and upper bound are there and equal. */
export function isFixed(program: IntegerProgram, variable: number): boolean {
  const lower = program.lower[variable];
  return lower !== undefined && lower === program.upper[variable];
}
