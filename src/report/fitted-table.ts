import { textTable } from "./text-table.js";

/** A table in the width of a page: where its columns do not fit beside each other they follow below, with the first one again. */
export function fittedTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  keep = 1,
): string[] {
  const widths = headings.map((heading, k) => Math.max(heading.length, ...rows.map((row) => row[k].length)));
  const kept = widths.slice(0, keep).reduce((sum, own) => sum + own + GAP, 0);
  const blocks: number[][] = [];
  let room = 0;
  for (let k = keep; k < headings.length; k++) {
    room -= widths[k] + GAP;
    if (blocks.length === 0 || room < 0) {
      blocks.push([]);
      room = width - kept - widths[k] - GAP;
    }
    blocks[blocks.length - 1].push(k);
  }
  const first = Array.from({ length: keep }, (_, k) => k);
  return (blocks.length === 0 ? [[]] : blocks).flatMap((block, b) => {
    const columns = [...first, ...block];
    const pick = (row: readonly string[]) => columns.map((k) => row[k]);
    return [...(b > 0 ? [""] : []), ...textTable(pick(headings), rows.map(pick))];
  });
}

/** Between columns, and before the first. */
const GAP = 2;

/** Words in lines of a width, all with the indent of the first, and `hanging` more from the second on. */
export function wrapped(text: string, width: number, hanging = ""): string[] {
  const words = text.trimStart().split(" ");
  const indent = " ".repeat(text.length - text.trimStart().length);
  const lines: string[] = [];
  let line = indent + words[0];
  for (const word of words.slice(1)) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + hanging + word;
    }
  }
  return [...lines, line];
}
