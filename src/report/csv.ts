import { inert } from "../fault/inert-text.js";
import type { Rational } from "../number/rational.js";

/** The files of all tables that there are. */
export const TABLE_NAMES = [
  "summary.csv",
  "types.csv",
  "outcomes.csv",
  "profiles.csv",
  "requirements.csv",
  "properties.csv",
  "mechanisms.csv",
  "points.csv",
  "table.csv",
] as const;

/** A table for a spreadsheet: the name of its file, its columns, and rows that are made when they are written. */
export interface CsvTable {
  readonly name: (typeof TABLE_NAMES)[number];
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

/** The text of the table's file in pieces (RFC 4180, lines end as on Unix). */
export function* csvText({ columns, rows }: Omit<CsvTable, "name">): Iterable<string> {
  yield line(columns);
  for (const row of rows) yield line(row);
}

function line(cells: readonly string[]): string {
  return `${cells.map(field).join(",")}\n`;
}

/** What a spreadsheet would take for a formula, but for numbers. */
const FORMULA = /^\s*([=@]|[+-](?!\d+([./]\d+)?(e[+-]?\d+)?$))/i;

/** A cell that appears in the spreadsheet as it is: a formula gets the apostrophe that makes it text. */
function field(text: string): string {
  const own = inert(FORMULA.test(text) ? `'${text}` : text);
  return /[",\n]|^\s|\s$/.test(own) ? `"${own.replaceAll('"', '""')}"` : own;
}

/** The two columns of a number: exact, and as a double. */
export function twoColumns(name: string): [string, string] {
  return [name, `${name} value`];
}

/** The two cells of a number, empty where there is none. */
export function twoCells(number: Rational | undefined): [string, string] {
  return number ? [number.toString(), String(number.toNumber())] : ["", ""];
}
