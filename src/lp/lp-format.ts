import { toDecimalProgram } from "./decimal-program.js";
import { commentText, formatNames } from "./format-names.js";
import type { LinearProgram } from "./linear-program.js";

/** Readers of LP files may refuse lines longer than 560 characters. */
const LINE_WIDTH = 120;

/**
 * A program in the CPLEX LP format, in pieces of a few lines each: write them one after the other. Rows are
 * multiplied by integers that make them whole (see DecimalProgram), so a row's dual in the file is its dual here
 * divided by that integer. Rows without bounds are left out, and a range is written as two rows: HiGHS's reader
 * silently takes `lower <= row <= upper` for another row.
 */
export function* lpText(program: LinearProgram): Generator<string> {
  const decimal = toDecimalProgram(program);
  const columnNames = formatNames(program.columnCount, program.columnName, "c");
  const { rowCount } = program;
  const nameOf = (i: number) =>
    i < rowCount ? program.rowName(i) : `${program.rowName(i - rowCount)} upper`;
  const allRowNames = formatNames(2 * rowCount, nameOf, "r");
  const [rowNames, upperNames] = [allRowNames.slice(0, rowCount), allRowNames.slice(rowCount)];
  // The format has no way to write an expression without a variable.
  const zero = `0 ${columnNames[0] ?? "nothing"}`;

  yield `\\ ${commentText(program.name)}\n`;
  for (const note of decimal.rounded) yield `\\ ${note}\n`;
  for (let j = 0; j < program.columnCount; j++) {
    const name = commentText(program.columnName(j));
    if (name !== columnNames[j]) yield `\\ ${columnNames[j]}: ${name}\n`;
  }

  yield "Minimize\n";
  const costs: string[] = [];
  for (let j = 0; j < program.columnCount; j++) {
    if (!program.cost[j].isZero) costs.push(term(decimal.cost[j], columnNames[j]));
  }
  if (costs.length === 0) costs.push(zero);
  if (!program.offset.isZero) costs.push(signed(decimal.offset));
  yield wrap(" cost:", costs, "");

  yield "Subject To\n";
  for (let i = 0; i < rowCount; i++) {
    const [lower, upper] = [decimal.rowLower[i], decimal.rowUpper[i]];
    if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) continue;
    const terms: string[] = [];
    for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
      terms.push(term(String(decimal.coefficient[k]), columnNames[program.column[k]]));
    }
    if (terms.length === 0) terms.push(zero);
    const name = commentText(program.rowName(i));
    if (name !== rowNames[i]) yield `\\ ${name}\n`;
    if (lower === upper) {
      yield wrap(` ${rowNames[i]}:`, terms, `= ${lower}`);
      continue;
    }
    if (Number.isFinite(lower)) yield wrap(` ${rowNames[i]}:`, terms, `>= ${lower}`);
    if (Number.isFinite(upper)) {
      yield wrap(` ${Number.isFinite(lower) ? upperNames[i] : rowNames[i]}:`, terms, `<= ${upper}`);
    }
  }

  yield "Bounds\n";
  for (let j = 0; j < program.columnCount; j++) {
    const lower = decimal.columnLower[j];
    const upper = decimal.columnUpper[j];
    if (lower === undefined && upper === undefined) yield ` ${columnNames[j]} free\n`;
    else if (lower === upper) yield ` ${columnNames[j]} = ${lower}\n`;
    else yield ` ${lower ?? "-inf"} <= ${columnNames[j]} <= ${upper ?? "+inf"}\n`;
  }
  yield "End\n";
}

function term(coefficient: string, name: string): string {
  return `${signed(coefficient)} ${name}`;
}

function signed(number: string): string {
  return number.startsWith("-") ? `- ${number.slice(1)}` : `+ ${number}`;
}

function wrap(head: string, terms: readonly string[], tail: string): string {
  let text = head;
  let width = head.length;
  for (const piece of tail === "" ? terms : [...terms, tail]) {
    if (width + piece.length >= LINE_WIDTH) {
      text += "\n ";
      width = 1;
    }
    text += ` ${piece}`;
    width += piece.length + 1;
  }
  return `${text}\n`;
}
