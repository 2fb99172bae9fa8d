import type { FloatProgram } from "./float-program.js";

/**
 * Collects a program whose numbers are floats from the beginning: for those who only want a proposal. Minimises; repeated
 * entries of a row are added up. The conventions are those of LinearProgram; rows are not scaled.
 */
export class FloatProgramBuilder {
  private readonly cost: number[] = [];
  private readonly columnLower: number[] = [];
  private readonly columnUpper: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly rowStart: number[] = [0];
  private readonly column: number[] = [];
  private readonly coefficient: number[] = [];

  /** Returns the column's index. */
  addColumn(cost: number, lower: number, upper: number): number {
    this.columnLower.push(lower);
    this.columnUpper.push(upper);
    return this.cost.push(cost) - 1;
  }

  addCost(column: number, cost: number): void {
    this.cost[column] += cost;
  }

  /** Adds `lower <= sum of coefficient * column <= upper`. */
  addRow(
    entries: Iterable<readonly [column: number, coefficient: number]>,
    lower: number,
    upper: number,
  ): void {
    const row = new Map<number, number>();
    for (const [column, coefficient] of entries) row.set(column, (row.get(column) ?? 0) + coefficient);
    for (const [column, coefficient] of row) {
      if (coefficient === 0) continue;
      this.column.push(column);
      this.coefficient.push(coefficient);
    }
    this.rowStart.push(this.column.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
  }

  build(): FloatProgram {
    return {
      columnCount: this.cost.length,
      rowCount: this.rowLower.length,
      offset: 0,
      cost: Float64Array.from(this.cost),
      columnLower: Float64Array.from(this.columnLower),
      columnUpper: Float64Array.from(this.columnUpper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      rowStart: Int32Array.from(this.rowStart),
      column: Int32Array.from(this.column),
      coefficient: Float64Array.from(this.coefficient),
      rowScale: new Float64Array(this.rowLower.length).fill(1),
    };
  }
}
