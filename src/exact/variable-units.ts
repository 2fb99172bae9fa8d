import type { IntegerProgram } from "./integer-program.js";

/** Sweeps over rows and columns after which units hardly change. */
const SWEEPS = 4;

/**
 * For every variable the exponent of a power of two that serves as its unit. In these units the largest and the smallest entry of a
 * row or a column are about as far above one as below it, however far apart the numbers were given.
 */
export function variableUnits(program: IntegerProgram): Int32Array {
  const { rows, columns, rowCount, columnCount, variableCount } = program;
  const row = new Float64Array(rowCount);
  const column = new Float64Array(columnCount);
  const inRows = Float64Array.from(rows.value, bitsOf);
  const inColumns = Float64Array.from(columns.value, bitsOf);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    centre(row, rows.start, rows.index, inRows, column);
    centre(column, columns.start, columns.index, inColumns, row);
  }
  const units = new Int32Array(variableCount);
  units.set(column.map(Math.round));
  for (let i = 0; i < rowCount; i++) units[columnCount + i] = -Math.round(row[i]);
  return units;
}

/** Shifts each line so that its largest and its smallest entry lie around zero. */
function centre(
  shift: Float64Array,
  start: Int32Array,
  index: Int32Array,
  bits: Float64Array,
  across: Float64Array,
): void {
  for (let i = 0; i < shift.length; i++) {
    let most = -Infinity;
    let least = Infinity;
    for (let k = start[i]; k < start[i + 1]; k++) {
      const at = bits[k] + across[index[k]];
      most = Math.max(most, at);
      least = Math.min(least, at);
    }
    shift[i] = most === -Infinity ? 0 : -(most + least) / 2;
  }
}

/** The base-two logarithm of the size of an integer that is not zero. */
function bitsOf(value: number | bigint): number {
  if (typeof value === "number") return Math.log2(Math.abs(value));
  const digits = (value < 0n ? -value : value).toString(16);
  return 4 * (digits.length - 1) + Math.log2(Number.parseInt(digits[0], 16));
}
