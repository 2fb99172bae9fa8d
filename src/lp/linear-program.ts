import { lcm, Rational } from "../number/rational.js";
import { type IntegerVector, packIntegers } from "../number/rational-vector.js";

/**
 * A linear program over the rationals, in the one canonical form of this project:
 *
 *     minimise   offset + cost · x
 *     subject to rowLower <= A x <= rowUpper,   columnLower <= x <= columnUpper
 *
 * An absent bound (`undefined`) is infinite. Sign convention of duals `y`, one for each row: with the
 * reduced costs `d = cost - A' y`, a solution is optimal when it is feasible, `y_i > 0` only where row `i`
 * is at its lower bound, `y_i < 0` only where it is at its upper bound, and likewise `d_j` with column `j`.
 *
 * Rows are sparse, and each row's coefficients are integers over the row's own denominator:
 * `A[i][column[k]] = numerator[k] / rowDenominator[i]` for `rowStart[i] <= k < rowStart[i + 1]`.
 */
export interface LinearProgram {
  readonly name: string;
  readonly columnCount: number;
  readonly rowCount: number;
  readonly offset: Rational;
  readonly cost: readonly Rational[];
  readonly columnLower: readonly (Rational | undefined)[];
  readonly columnUpper: readonly (Rational | undefined)[];
  readonly rowLower: readonly (Rational | undefined)[];
  readonly rowUpper: readonly (Rational | undefined)[];
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly numerator: IntegerVector;
  readonly rowDenominator: readonly bigint[];
  readonly columnName: (column: number) => string;
  readonly rowName: (row: number) => string;
}

/** Number of stored coefficients. */
export function nonzeroCount(program: LinearProgram): number {
  return program.column.length;
}

export interface ColumnBounds {
  readonly lower?: Rational;
  readonly upper?: Rational;
}

/** Collects columns and rows one by one, adds up repeated entries of a row, and drops zeros. */
export class LinearProgramBuilder {
  private readonly cost: Rational[] = [];
  private readonly columnLower: (Rational | undefined)[] = [];
  private readonly columnUpper: (Rational | undefined)[] = [];
  private readonly rowLower: (Rational | undefined)[] = [];
  private readonly rowUpper: (Rational | undefined)[] = [];
  private readonly rowStart: number[] = [0];
  private readonly column: number[] = [];
  private readonly numerator: bigint[] = [];
  private readonly rowDenominator: bigint[] = [];
  offset = Rational.ZERO;

  constructor(private readonly name: string) {}

  get columnCount(): number {
    return this.cost.length;
  }

  get rowCount(): number {
    return this.rowDenominator.length;
  }

  /** Adds a column and returns its index. Without bounds it is free. */
  addColumn(cost: Rational = Rational.ZERO, bounds: ColumnBounds = {}): number {
    this.columnLower.push(bounds.lower);
    this.columnUpper.push(bounds.upper);
    return this.cost.push(cost) - 1;
  }

  /** Adds `lower <= sum of coefficient * column <= upper` and returns the row's index. */
  addRow(
    entries: Iterable<readonly [column: number, coefficient: Rational]>,
    lower: Rational | undefined,
    upper: Rational | undefined,
  ): number {
    const row = new Map<number, Rational>();
    for (const [column, coefficient] of entries) {
      const present = row.get(column);
      row.set(column, present ? present.add(coefficient) : coefficient);
    }
    let denominator = 1n;
    for (const coefficient of row.values()) denominator = lcm(denominator, coefficient.denominator);
    for (const [column, coefficient] of row) {
      if (coefficient.isZero) continue;
      this.column.push(column);
      this.numerator.push(coefficient.numerator * (denominator / coefficient.denominator));
    }
    this.rowStart.push(this.column.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowDenominator.push(denominator) - 1;
  }

  build(names?: { column?: (column: number) => string; row?: (row: number) => string }): LinearProgram {
    return {
      name: this.name,
      columnCount: this.columnCount,
      rowCount: this.rowCount,
      offset: this.offset,
      cost: this.cost,
      columnLower: this.columnLower,
      columnUpper: this.columnUpper,
      rowLower: this.rowLower,
      rowUpper: this.rowUpper,
      rowStart: Int32Array.from(this.rowStart),
      column: Int32Array.from(this.column),
      numerator: packIntegers(this.numerator),
      rowDenominator: this.rowDenominator,
      columnName: names?.column ?? ((column) => `x${column}`),
      rowName: names?.row ?? ((row) => `r${row}`),
    };
  }
}
