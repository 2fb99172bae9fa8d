import { type PrimeField, TERMS_BETWEEN_REDUCTIONS } from "./modular-arithmetic.js";

/** Lines of a triangular factor in the order of the pivots, the diagonal left out. */
export interface TriangularLines {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

/**
 * An LU factorisation modulo a prime of the square submatrix in the rows `pivotRow` and columns `pivotColumn`, which
 * is as large as the matrix's rank (modulo the prime, and among the pivots that were allowed).
 */
export class ModularFactors {
  private readonly lowerColumns: TriangularLines;
  private readonly upperRows: TriangularLines;
  private lowerRows?: TriangularLines;
  private upperColumns?: TriangularLines;

  constructor(
    private readonly field: PrimeField,
    readonly pivotRow: Int32Array,
    readonly pivotColumn: Int32Array,
    private readonly inversePivot: Float64Array,
    lower: TriangularLines,
    upper: TriangularLines,
  ) {
    this.lowerColumns = lower;
    this.upperRows = upper;
  }

  get rank(): number {
    return this.pivotRow.length;
  }

  /** Solves `B x = b`; `b` is indexed by the matrix's rows, `x` by its columns. Residues in, residues out. */
  solve(b: Float64Array, x: Float64Array): void {
    const { rank, pivotRow, pivotColumn, inversePivot } = this;
    this.lowerRows ??= transposeLines(this.lowerColumns, rank);
    const work = new Float64Array(rank);
    for (let t = 0; t < rank; t++) work[t] = b[pivotRow[t]];
    substitute(this.field, this.lowerRows, work, undefined, false);
    substitute(this.field, this.upperRows, work, inversePivot, true);
    for (let t = 0; t < rank; t++) x[pivotColumn[t]] = work[t];
  }

  /** Solves `B' y = c`; `c` is indexed by the matrix's columns, `y` by its rows. */
  solveTransposed(c: Float64Array, y: Float64Array): void {
    const { rank, pivotRow, pivotColumn, inversePivot } = this;
    this.upperColumns ??= transposeLines(this.upperRows, rank);
    const work = new Float64Array(rank);
    for (let t = 0; t < rank; t++) work[t] = c[pivotColumn[t]];
    substitute(this.field, this.upperColumns, work, inversePivot, false);
    substitute(this.field, this.lowerColumns, work, undefined, true);
    for (let t = 0; t < rank; t++) y[pivotRow[t]] = work[t];
  }
}

/** Solves a triangular system in place, line by line, from the first line or from the last. */
function substitute(
  field: PrimeField,
  lines: TriangularLines,
  work: Float64Array,
  inversePivot: Float64Array | undefined,
  fromLast: boolean,
): void {
  const { prime, reciprocal } = field;
  const { start, index, value } = lines;
  const size = work.length;
  for (let step = 0; step < size; step++) {
    const t = fromLast ? size - 1 - step : step;
    let sum = work[t];
    let k = start[t];
    const end = start[t + 1];
    while (end - k > TERMS_BETWEEN_REDUCTIONS) {
      const stop = k + TERMS_BETWEEN_REDUCTIONS;
      for (; k < stop; k++) sum -= value[k] * work[index[k]];
      sum -= prime * Math.floor(sum * reciprocal + 0.5);
    }
    for (; k < end; k++) sum -= value[k] * work[index[k]];
    sum -= prime * Math.floor(sum * reciprocal + 0.5);
    if (inversePivot) {
      sum *= inversePivot[t];
      sum -= prime * Math.floor(sum * reciprocal + 0.5);
    }
    work[t] = sum;
  }
}

function transposeLines(lines: TriangularLines, size: number): TriangularLines {
  const next = new Int32Array(size + 1);
  for (const j of lines.index) next[j + 1]++;
  for (let j = 0; j < size; j++) next[j + 1] += next[j];
  const start = next.slice();
  const index = new Int32Array(lines.index.length);
  const value = new Float64Array(lines.index.length);
  for (let t = 0; t < size; t++) {
    for (let k = lines.start[t]; k < lines.start[t + 1]; k++) {
      const place = next[lines.index[k]]++;
      index[place] = t;
      value[place] = lines.value[k];
    }
  }
  return { start, index, value };
}
