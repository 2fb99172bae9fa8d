import type { Block, Document } from "./document.js";
import type { Column } from "./text-table.js";

/** What documents may be written in. */
export const formats = ["text", "latex", "markdown"] as const;

export type Format = (typeof formats)[number];

/** A document in LaTeX, to be pasted into a slide or a paper; its tables are those of the package booktabs. */
export function latexDocument(document: Document): string {
  const parts = document.flatMap((section) => section.map(latexBlock)).filter((part) => part !== "");
  return `% \\usepackage{booktabs}\n${parts.join("\n\n")}\n`;
}

function latexBlock(block: Block): string {
  switch (block.kind) {
    case "title":
      return latexHeading(block.text, "\\large");
    case "heading":
      return latexHeading(block.text);
    case "hint":
      return block.left ? `{\\small ${latex(block.left)}.}` : "";
    case "lines":
      return block.lines.map(latex).join("\\\\\n");
    case "notes":
      return `{\\small ${block.lines.map(latex).join("\\\\\n")}}`;
    case "drawing":
      return `\\begin{verbatim}\n${block.lines.join("\n")}\n\\end{verbatim}`;
    case "items":
      return [
        "\\begin{itemize}",
        ...block.items.map((item) => `  \\item ${latex(item)}`),
        "\\end{itemize}",
      ].join("\n");
    case "verdict":
      return `\\textbf{${latex(block.word)}}${latex(block.text)}`;
    case "facts":
      return latexTable("ll", undefined, block.rows);
    case "table": {
      const columns = named(block.columns);
      const align = columns.map(({ kind }) => (kind === "words" ? "l" : "r")).join("");
      const headings = columns.map(({ heading }) => heading);
      const table = latexTable(align, headings, block.rows);
      return block.heading === undefined ? table : `${latexHeading(block.heading)}\n\n${table}`;
    }
  }
}

/** Above what follows, in papers and on slides, where sectioning commands print nothing. */
function latexHeading(text: string, size = ""): string {
  return `\\medskip\\noindent{${size}\\bfseries ${latex(text)}}\\par\\smallskip`;
}

function latexTable(
  align: string,
  headings: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `  ${cells.map(latex).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{${align}}`,
    "  \\toprule",
    ...(headings ? [line(headings), "  \\midrule"] : []),
    ...rows.map(line),
    "  \\bottomrule",
    "\\end{tabular}",
  ].join("\n");
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  // After the end of a line these two would be its arguments.
  "[": "{[}",
  "*": "{*}",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  "≈": "$\\approx$",
  "≥": "$\\geq$",
  "≤": "$\\leq$",
  "×": "$\\times$",
  "·": "$\\cdot$",
  "■": "$\\bullet$",
  "-": "$-$",
  "…": "\\dots{}",
};

/** Text as it is, whatever signs of LaTeX's own are in it; minus signs before numbers as such. */
export function latex(text: string): string {
  return text.replace(/[\\{}[*$&#%_~^<>|≈≥≤×·■…]|(?<=^|[\s(,≈])-(?=\d)/g, (sign) => LATEX[sign]);
}

/** A document in Markdown, with the tables that GitHub and most others know. */
export function markdownDocument(document: Document): string {
  const parts = document.flatMap((section) => section.map(markdownBlock)).filter((part) => part !== "");
  return `${parts.join("\n\n")}\n`;
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case "title":
      return `## ${markdown(block.text)}`;
    case "heading":
      return `### ${markdown(block.text)}`;
    case "lines":
    case "notes":
      return block.lines.map(markdown).join("\\\n");
    case "hint":
      return block.left ? `${markdown(block.left)}.` : "";
    case "drawing":
      return `\`\`\`text\n${block.lines.join("\n")}\n\`\`\``;
    case "items":
      return block.items.map((item) => `- ${markdown(item)}`).join("\n");
    case "verdict":
      return `**${markdown(block.word)}**${markdown(block.text)}`;
    case "facts":
      return block.rows.map(([name, text]) => `- ${markdown(name)}: ${markdown(text)}`).join("\n");
    case "table": {
      const columns = named(block.columns);
      const line = (cells: readonly string[]) => `| ${cells.map(markdown).join(" | ")} |`;
      const rule = `| ${columns.map(({ kind }) => (kind === "words" ? "---" : "--:")).join(" | ")} |`;
      const table = [line(columns.map(({ heading }) => heading)), rule, ...block.rows.map(line)].join("\n");
      return block.heading === undefined ? table : `### ${markdown(block.heading)}\n\n${table}`;
    }
  }
}

/** Text as it is, whatever signs of Markdown's own are in it. */
export function markdown(text: string): string {
  return text
    .replace(/[\\`*_|<>[\]~$]/g, (sign) => `\\${sign}`)
    .replace(/^(\s*)([#+-])(?=\s)|^(\s*\d+)([.)])(?=\s)/, (_, space, sign, number, end) =>
      sign === undefined ? `${number}\\${end}` : `${space}\\${sign}`,
    );
}

export function named(columns: readonly (Column | string)[]): Column[] {
  return columns.map((column, k) =>
    typeof column === "string" ? { heading: column, kind: k === 0 ? "words" : "numbers" } : column,
  );
}
