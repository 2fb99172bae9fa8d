import type { Rational } from "../number/rational.js";

/** A table for a spreadsheet: the name of its file, its columns, and rows that are made when they are written. */
export interface CsvTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

/** The text of the table's file in pieces (RFC 4180, lines end as on Unix). */
export function* csvText({ columns, rows }: CsvTable): Iterable<string> {
  yield line(columns);
  for (const row of rows) yield line(row);
}

function line(cells: readonly string[]): string {
  return `${cells.map(field).join(",")}\n`;
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The two columns of a number: exact, and as a double. */
export function twoColumns(name: string): [string, string] {
  return [name, `${name} value`];
}

/** The two cells of a number, empty where there is none. */
export function twoCells(number: Rational | undefined): [string, string] {
  return number ? [number.toString(), String(number.toNumber())] : ["", ""];
}
