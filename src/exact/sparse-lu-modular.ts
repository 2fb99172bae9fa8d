import { CountBuckets } from "./count-buckets.js";
import type { PrimeField } from "./modular-arithmetic.js";
import { ModularFactors, type TriangularLines } from "./modular-factors.js";

/** A sparse matrix of residues, by rows. */
export interface ModularMatrix {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

/** Which pivots a stage of the elimination may use: rows and columns of at most these classes. */
export interface PivotStage {
  readonly rowClass: number;
  readonly columnClass: number;
}

export interface EliminationOrder {
  readonly rowClass: Uint8Array;
  readonly columnClass: Uint8Array;
  readonly stages: readonly PivotStage[];
}

/** How many candidate lines are looked at before the best pivot among them is taken. */
const CANDIDATE_LINES = 4;

/**
 * Gaussian elimination modulo a prime. Any nonzero residue is as good a pivot as any other, so pivots are chosen for
 * sparsity alone (Markowitz 1957). With an order, preferred rows and columns are exhausted first.
 */
export function factorise(
  matrix: ModularMatrix,
  field: PrimeField,
  order?: EliminationOrder,
  onPivot?: () => void,
): ModularFactors {
  return new Elimination(matrix, field, order, onPivot).run();
}

class Elimination {
  private readonly rowIndex: number[][];
  private readonly rowValue: number[][];
  private readonly columnRows: number[][];
  private readonly rowDone: Uint8Array;
  private readonly columnDone: Uint8Array;
  private readonly rows: CountBuckets;
  private readonly columns: CountBuckets;
  private readonly position: Int32Array;
  private readonly pivotRow: number[] = [];
  private readonly pivotColumn: number[] = [];
  private readonly inversePivot: number[] = [];
  private readonly lowerStart: number[] = [0];
  private readonly lowerIndex: number[] = [];
  private readonly lowerValue: number[] = [];
  private stage: PivotStage = { rowClass: 0, columnClass: 0 };

  constructor(
    private readonly matrix: ModularMatrix,
    private readonly field: PrimeField,
    private readonly order: EliminationOrder | undefined,
    private readonly onPivot: (() => void) | undefined,
  ) {
    const { rowCount, columnCount, start, index, value } = matrix;
    this.columnRows = Array.from({ length: columnCount }, () => []);
    this.rowIndex = new Array(rowCount);
    this.rowValue = new Array(rowCount);
    for (let i = 0; i < rowCount; i++) {
      const indices: number[] = [];
      const values: number[] = [];
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (value[k] === 0) continue;
        indices.push(index[k]);
        values.push(value[k]);
        this.columnRows[index[k]].push(i);
      }
      this.rowIndex[i] = indices;
      this.rowValue[i] = values;
    }
    this.rowDone = new Uint8Array(rowCount);
    this.columnDone = new Uint8Array(columnCount);
    this.rows = new CountBuckets(rowCount, columnCount);
    this.columns = new CountBuckets(columnCount, rowCount);
    this.position = new Int32Array(columnCount);
  }

  run(): ModularFactors {
    for (const stage of this.order?.stages ?? [this.stage]) {
      this.stage = stage;
      for (let i = 0; i < this.rowIndex.length; i++) this.placeRow(i);
      for (let j = 0; j < this.columnRows.length; j++) this.placeColumn(j);
      for (let pivot = this.choose(); pivot; pivot = this.choose()) {
        this.onPivot?.();
        this.eliminate(pivot.row, pivot.column);
      }
    }
    return this.factors();
  }

  private rowAllowed(i: number): boolean {
    return this.rowDone[i] === 0 && (!this.order || this.order.rowClass[i] <= this.stage.rowClass);
  }

  private columnAllowed(j: number): boolean {
    return this.columnDone[j] === 0 && (!this.order || this.order.columnClass[j] <= this.stage.columnClass);
  }

  private placeRow(i: number): void {
    if (this.rowAllowed(i)) this.rows.place(i, this.rowIndex[i].length);
  }

  private placeColumn(j: number): void {
    if (this.columnAllowed(j)) this.columns.place(j, this.columnRows[j].length);
  }

  /** The allowed pivot of least fill-in among a few of the shortest lines. */
  private choose(): { row: number; column: number } | undefined {
    let best: { row: number; column: number } | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    let looked = 0;
    const longest = Math.max(this.rows.largestCount, this.columns.largestCount);
    for (let count = 1; count <= longest; count++) {
      if ((count - 1) * (count - 1) >= bestCost) break;
      for (let j = this.columns.first(count), next = -1; j >= 0; j = next) {
        next = this.columns.after(j);
        let found = false;
        for (const row of this.columnRows[j]) {
          if (!this.rowAllowed(row)) continue;
          found = true;
          const cost = (count - 1) * (this.rowIndex[row].length - 1);
          if (cost < bestCost) [best, bestCost] = [{ row, column: j }, cost];
        }
        // Without an allowed row it cannot pivot until a fill-in puts it back.
        if (!found) this.columns.remove(j);
        else if (bestCost === 0 || ++looked >= CANDIDATE_LINES) return best;
      }
      for (let i = this.rows.first(count), next = -1; i >= 0; i = next) {
        next = this.rows.after(i);
        let found = false;
        for (const column of this.rowIndex[i]) {
          if (!this.columnAllowed(column)) continue;
          found = true;
          const cost = (count - 1) * (this.columnRows[column].length - 1);
          if (cost < bestCost) [best, bestCost] = [{ row: i, column }, cost];
        }
        if (!found) this.rows.remove(i);
        else if (bestCost === 0 || ++looked >= CANDIDATE_LINES) return best;
      }
    }
    return best;
  }

  private eliminate(pivotRow: number, pivotColumn: number): void {
    const { field, position } = this;
    const { prime, reciprocal } = field;
    const indices = this.rowIndex[pivotRow];
    const values = this.rowValue[pivotRow];
    const inverse = field.inverse(values[takeOut(indices, values, pivotColumn)]);
    values.pop();
    for (const j of indices) removeFrom(this.columnRows[j], pivotRow);
    for (const i of this.columnRows[pivotColumn]) {
      if (i === pivotRow) continue;
      const rowIndices = this.rowIndex[i];
      const rowValues = this.rowValue[i];
      let multiplier = rowValues[takeOut(rowIndices, rowValues, pivotColumn)] * inverse;
      rowValues.pop();
      multiplier -= prime * Math.floor(multiplier * reciprocal + 0.5);
      this.lowerIndex.push(i);
      this.lowerValue.push(multiplier);
      if (indices.length > 0) {
        for (let k = 0; k < rowIndices.length; k++) position[rowIndices[k]] = k + 1;
        let cancelled = false;
        for (let k = 0; k < indices.length; k++) {
          const j = indices[k];
          const at = position[j] - 1;
          const change = multiplier * values[k];
          const sum = at >= 0 ? rowValues[at] - change : -change;
          const residue = sum - prime * Math.floor(sum * reciprocal + 0.5);
          if (at >= 0) {
            rowValues[at] = residue;
            if (residue === 0) cancelled = true;
          } else {
            rowIndices.push(j);
            rowValues.push(residue);
            this.columnRows[j].push(i);
          }
        }
        for (let k = 0; k < rowIndices.length; k++) position[rowIndices[k]] = 0;
        if (cancelled) this.dropZeros(i);
      }
      this.placeRow(i);
    }
    this.columnRows[pivotColumn] = [];
    this.rowDone[pivotRow] = 1;
    this.columnDone[pivotColumn] = 1;
    this.rows.remove(pivotRow);
    this.columns.remove(pivotColumn);
    for (const j of indices) this.placeColumn(j);
    this.lowerStart.push(this.lowerIndex.length);
    this.pivotRow.push(pivotRow);
    this.pivotColumn.push(pivotColumn);
    this.inversePivot.push(inverse);
  }

  private dropZeros(i: number): void {
    const indices = this.rowIndex[i];
    const values = this.rowValue[i];
    let kept = 0;
    for (let k = 0; k < indices.length; k++) {
      if (values[k] === 0) {
        removeFrom(this.columnRows[indices[k]], i);
        continue;
      }
      indices[kept] = indices[k];
      values[kept++] = values[k];
    }
    indices.length = kept;
    values.length = kept;
  }

  private factors(): ModularFactors {
    const { rowCount, columnCount } = this.matrix;
    const rowStep = new Int32Array(rowCount).fill(-1);
    const columnStep = new Int32Array(columnCount).fill(-1);
    for (let t = 0; t < this.pivotRow.length; t++) {
      rowStep[this.pivotRow[t]] = t;
      columnStep[this.pivotColumn[t]] = t;
    }
    const upperStart: number[] = [0];
    const upperIndex: number[] = [];
    const upperValue: number[] = [];
    for (const i of this.pivotRow) {
      for (let k = 0; k < this.rowIndex[i].length; k++) {
        upperIndex.push(this.rowIndex[i][k]);
        upperValue.push(this.rowValue[i][k]);
      }
      upperStart.push(upperIndex.length);
    }
    return new ModularFactors(
      this.field,
      Int32Array.from(this.pivotRow),
      Int32Array.from(this.pivotColumn),
      Float64Array.from(this.inversePivot),
      keepSteps(this.lowerStart, this.lowerIndex, this.lowerValue, rowStep),
      keepSteps(upperStart, upperIndex, upperValue, columnStep),
    );
  }
}

/** Renames indices to pivot steps and drops the lines that never became pivots. */
function keepSteps(start: number[], index: number[], value: number[], step: Int32Array): TriangularLines {
  const newStart = new Int32Array(start.length);
  const newIndex = new Int32Array(index.length);
  const newValue = new Float64Array(index.length);
  let count = 0;
  for (let t = 0; t + 1 < start.length; t++) {
    for (let k = start[t]; k < start[t + 1]; k++) {
      if (step[index[k]] < 0) continue;
      newIndex[count] = step[index[k]];
      newValue[count++] = value[k];
    }
    newStart[t + 1] = count;
  }
  return { start: newStart, index: newIndex.subarray(0, count), value: newValue.subarray(0, count) };
}

/** Moves the entry for `key` to the end of both lists, drops it from the first, and returns its place in the second. */
function takeOut(indices: number[], values: number[], key: number): number {
  const at = indices.indexOf(key);
  const last = indices.length - 1;
  const value = values[at];
  indices[at] = indices[last];
  values[at] = values[last];
  values[last] = value;
  indices.pop();
  return last;
}

function removeFrom(list: number[], entry: number): void {
  const at = list.indexOf(entry);
  list[at] = list[list.length - 1];
  list.pop();
}
