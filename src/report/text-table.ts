/** Columns of text aligned under their headings; numbers (all but the first column) to the right. */
export function textTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  indent = "  ",
): string[] {
  const widths = headings.map((heading, k) => Math.max(heading.length, ...rows.map((row) => row[k].length)));
  const line = (cells: readonly string[]) =>
    indent +
    cells
      .map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])))
      .join("  ")
      .trimEnd();
  return [line(headings), indent + widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)];
}
