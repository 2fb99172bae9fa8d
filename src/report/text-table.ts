import { folded } from "./folded-text.js";
import { textWidth } from "./text-width.js";

/** A column of a table: its heading, and whether it holds words, which may be broken into lines, or numbers. */
export interface Column {
  readonly heading: string;
  readonly kind: "words" | "numbers";
}

/** Words are not broken into less than this, */
const NARROWEST = 12;
/** nor what rows are called as long as others have more room than this. */
const NARROW = 18;

export interface TableLayout {
  readonly indent?: string;
  /** Columns of the terminal; as many as the table takes where absent. */
  readonly width?: number | undefined;
  /** How many of the first columns say what a row is about: they come again with every part. One where absent. */
  readonly keys?: number | undefined;
}

/**
 * Columns aligned under their headings: words to the left, numbers to the right, by the room that characters take on a terminal.
 * A table that does not fit has its words broken into lines, and its columns laid out in several tables below each other.
 */
export function textTable(
  columns: readonly (Column | string)[],
  rows: readonly (readonly string[])[],
  { indent = "  ", width = Number.POSITIVE_INFINITY, keys = 1 }: TableLayout = {},
): string[] {
  const all = columns.map((column, k): Column => {
    return typeof column === "string" ? { heading: column, kind: k === 0 ? "words" : "numbers" } : column;
  });
  const room = width - textWidth(indent);
  const parts = partsWithin(all, rows, room, keys);
  return parts.flatMap((places, k) => [
    ...(k > 0 ? [""] : []),
    ...onePart(
      places.map((place) => all[place]),
      rows.map((row) => places.map((place) => row[place] ?? "")),
      room,
      indent,
    ),
  ]);
}

function onePart(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number,
  indent: string,
): string[] {
  const widths = widthsWithin(columns, rows, room);
  const line = (cells: readonly string[]) =>
    (indent + cells.map((cell, k) => padded(cell, widths[k], columns[k].kind)).join("  ")).trimEnd();
  const lines = (cells: readonly string[]) => {
    const broken = cells.map((cell, k) => folded(cell, widths[k]));
    const height = Math.max(...broken.map(({ length }) => length));
    return Array.from({ length: height }, (_, h) => line(broken.map((cell) => cell[h] ?? "")));
  };
  return [
    ...lines(columns.map(({ heading }) => heading)),
    indent + widths.map((one) => "─".repeat(one)).join("  "),
    ...rows.flatMap(lines),
  ];
}

/** The places of the columns of each part: the keys, and as many others as fit beside them, one at least. */
function partsWithin(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number,
  keys: number,
): number[][] {
  const least = columns.map(({ kind }, k) => {
    const natural = naturalWidth(columns, rows, k);
    return kind === "words" ? Math.min(natural, NARROWEST) : natural;
  });
  const first = columns.slice(0, keys).map((_, k) => k);
  const taken = first.reduce((sum, k) => sum + least[k] + 2, -2);
  const parts: number[][] = [[...first]];
  let used = taken;
  for (let k = keys; k < columns.length; k++) {
    const last = parts[parts.length - 1];
    if (last.length > keys && used + 2 + least[k] > room) {
      parts.push([...first, k]);
      used = taken + 2 + least[k];
    } else {
      last.push(k);
      used += 2 + least[k];
    }
  }
  return parts;
}

/** The room that each column gets: what it takes, or where that is too much, less for the widest of words, what rows are called last. */
function widthsWithin(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number,
): number[] {
  const natural = columns.map((_, k) => naturalWidth(columns, rows, k));
  const widths = [...natural];
  const words = columns.flatMap(({ kind }, k) => (kind === "words" ? [k] : []));
  const excess = () => widths.reduce((sum, one) => sum + one + 2, -2) - room;
  shrink(widths, words.slice(1), NARROW, excess);
  shrink(widths, words, NARROWEST, excess);
  // Broken into lines, words may take less than they were given.
  return widths.map((one, k) => {
    if (one === natural[k]) return one;
    const cells = [columns[k].heading, ...rows.map((row) => row[k])];
    return Math.max(1, ...cells.flatMap((cell) => folded(cell, one).map((line) => textWidth(line))));
  });
}

/** Takes room from the widest of some columns as long as there is too little. */
function shrink(widths: number[], places: readonly number[], least: number, excess: () => number): void {
  while (excess() > 0) {
    const wide = places.filter((k) => widths[k] > least);
    if (wide.length === 0) return;
    const widest = wide.reduce((so, k) => (widths[k] > widths[so] ? k : so));
    const next = Math.max(least, ...wide.filter((k) => k !== widest).map((k) => widths[k]));
    widths[widest] = Math.max(Math.min(widths[widest] - 1, next), widths[widest] - excess());
  }
}

function naturalWidth(columns: readonly Column[], rows: readonly (readonly string[])[], k: number): number {
  return rows.reduce((most, row) => Math.max(most, textWidth(row[k] ?? "")), textWidth(columns[k].heading));
}

function padded(cell: string, width: number, kind: Column["kind"]): string {
  const space = " ".repeat(Math.max(0, width - textWidth(cell)));
  return kind === "words" ? cell + space : space + cell;
}
