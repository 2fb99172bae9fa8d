import type { Rational } from "../number/rational.js";
import type { LinearProgram } from "./linear-program.js";

/**
 * The Float64 view of a LinearProgram, for solvers. Row `i` is multiplied by `rowScale[i]`, a power of two
 * that brings its largest coefficient into [1, 2): `A_float[i] = rowScale[i] * A[i]`. So
 * a float dual `y` of row `i` is `rowScale[i] * y` in terms of the LinearProgram. Infinite bounds are ±Infinity.
 */
export interface FloatProgram {
  readonly columnCount: number;
  readonly rowCount: number;
  readonly offset: number;
  readonly cost: Float64Array;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly coefficient: Float64Array;
  readonly rowScale: Float64Array;
}

export function toFloatProgram(program: LinearProgram): FloatProgram {
  const { rowCount, rowStart } = program;
  const coefficient = new Float64Array(program.column.length);
  const rowScale = new Float64Array(rowCount);
  const rowLower = new Float64Array(rowCount);
  const rowUpper = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const denominator = Number(program.rowDenominator[i]);
    let largest = 0;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      coefficient[k] = Number(program.numerator[k]) / denominator;
      largest = Math.max(largest, Math.abs(coefficient[k]));
    }
    const scale = largest > 0 ? 2 ** -Math.floor(Math.log2(largest)) : 1;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) coefficient[k] *= scale;
    rowScale[i] = scale;
    rowLower[i] = bound(program.rowLower[i], -Infinity) * scale;
    rowUpper[i] = bound(program.rowUpper[i], Infinity) * scale;
  }
  return {
    columnCount: program.columnCount,
    rowCount,
    offset: program.offset.toNumber(),
    cost: Float64Array.from(program.cost, (c) => c.toNumber()),
    columnLower: Float64Array.from(program.columnLower, (b) => bound(b, -Infinity)),
    columnUpper: Float64Array.from(program.columnUpper, (b) => bound(b, Infinity)),
    rowLower,
    rowUpper,
    rowStart,
    column: program.column,
    coefficient,
    rowScale,
  };
}

function bound(value: Rational | undefined, infinite: number): number {
  return value ? value.toNumber() : infinite;
}
