import { toDecimalProgram } from "./decimal-program.js";
import { commentText, formatNames } from "./format-names.js";
import type { LinearProgram } from "./linear-program.js";

const OBJECTIVE = "cost";

/**
 * A program in the free MPS format, in pieces of a few lines each: write them one after the other. Rows are
 * multiplied by integers that make them whole (see DecimalProgram). A row without bounds is an N row.
 * Throws RangeError for a row whose lower bound exceeds its upper one, which the format cannot say.
 */
export function* mpsText(program: LinearProgram): Generator<string> {
  const decimal = toDecimalProgram(program);
  const columnNames = formatNames(program.columnCount, program.columnName, "c");
  const rowNames = formatNames(program.rowCount, program.rowName, "r");

  yield `* ${commentText(program.name)}\n`;
  for (const note of decimal.rounded) yield `* ${note}\n`;
  yield `NAME ${formatNames(1, () => program.name, "p")[0]}\n`;

  yield `ROWS\n N ${OBJECTIVE}\n`;
  for (let i = 0; i < program.rowCount; i++) {
    yield ` ${rowKind(decimal.rowLower[i], decimal.rowUpper[i])} ${rowNames[i]}\n`;
  }

  yield "COLUMNS\n";
  const byColumn = transpose(program);
  for (let j = 0; j < program.columnCount; j++) {
    // Written even when zero, for a column exists only by being mentioned.
    let lines = ` ${columnNames[j]} ${OBJECTIVE} ${decimal.cost[j]}\n`;
    for (let p = byColumn.start[j]; p < byColumn.start[j + 1]; p++) {
      const value = decimal.coefficient[byColumn.position[p]];
      lines += ` ${columnNames[j]} ${rowNames[byColumn.row[p]]} ${value}\n`;
    }
    yield lines;
  }

  yield "RHS\n";
  // The objective's right-hand side is minus its constant term.
  if (!program.offset.isZero) yield ` RHS ${OBJECTIVE} ${negated(decimal.offset)}\n`;
  for (let i = 0; i < program.rowCount; i++) {
    const [lower, upper] = [decimal.rowLower[i], decimal.rowUpper[i]];
    const side = Number.isFinite(lower) ? lower : upper;
    if (Number.isFinite(side) && side !== 0) yield ` RHS ${rowNames[i]} ${side}\n`;
  }

  yield "RANGES\n";
  for (let i = 0; i < program.rowCount; i++) {
    const width = decimal.rowUpper[i] - decimal.rowLower[i];
    if (width < 0) throw new RangeError(`MPS cannot hold row ${program.rowName(i)}: its bounds clash`);
    if (Number.isFinite(width) && width !== 0) yield ` RANGE ${rowNames[i]} ${width}\n`;
  }

  yield "BOUNDS\n";
  for (let j = 0; j < program.columnCount; j++) {
    yield columnBounds(columnNames[j], decimal.columnLower[j], decimal.columnUpper[j]);
  }
  yield "ENDATA\n";
}

/** A range is a G row, whose entry in RANGES reaches upwards from its right-hand side. */
function rowKind(lower: number, upper: number): "N" | "E" | "G" | "L" {
  if (lower === upper) return "E";
  if (Number.isFinite(lower)) return "G";
  return Number.isFinite(upper) ? "L" : "N";
}

function columnBounds(name: string, lower: string | undefined, upper: string | undefined): string {
  if (lower === undefined && upper === undefined) return ` FR BOUND ${name}\n`;
  if (lower === upper) return ` FX BOUND ${name} ${lower}\n`;
  const below = lower === undefined ? ` MI BOUND ${name}\n` : ` LO BOUND ${name} ${lower}\n`;
  return upper === undefined ? below : `${below} UP BOUND ${name} ${upper}\n`;
}

function negated(number: string): string {
  return number.startsWith("-") ? number.slice(1) : `-${number}`;
}

/** For each column, the rows that mention it and the positions of their entries. */
function transpose(program: LinearProgram) {
  const start = new Int32Array(program.columnCount + 1);
  for (const j of program.column) start[j + 1]++;
  for (let j = 0; j < program.columnCount; j++) start[j + 1] += start[j];
  const next = start.slice();
  const row = new Int32Array(program.column.length);
  const position = new Int32Array(program.column.length);
  for (let i = 0; i < program.rowCount; i++) {
    for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
      const place = next[program.column[k]]++;
      row[place] = i;
      position[place] = k;
    }
  }
  return { start, row, position };
}
