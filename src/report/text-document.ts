import type { Block, Document } from "./document.js";
import { folded } from "./folded-text.js";
import { anyScreen, type Screen } from "./style.js";
import { textTable } from "./text-table.js";
import { textWidth } from "./text-width.js";

/** A document on a screen. Where it is longer than that, what was found stands last as well as first. */
export function textDocument(document: Document, screen: Screen = anyScreen): string {
  const lines = document.flatMap((section, k) => [
    ...(k > 0 ? [""] : []),
    ...section.flatMap((block) => blockLines(block, screen)),
  ]);
  const verdict = document.flat().find(({ kind }) => kind === "verdict");
  // The prompt takes a line of its own.
  const again =
    verdict && screen.rows !== undefined && lines.length >= screen.rows
      ? ["", ...blockLines(verdict, screen)]
      : [];
  return [...lines, ...again, ""].join("\n");
}

function blockLines(block: Block, screen: Screen): string[] {
  const { style, width } = screen;
  switch (block.kind) {
    case "title":
    case "heading":
      return sentence(block.text, "", screen).map(style.bold);
    case "lines":
      return block.lines.flatMap((line) => sentence(line, block.indented ? "  " : "", screen));
    case "notes":
      return block.lines.flatMap((line) => sentence(line, block.indented ? "  " : "", screen)).map(style.dim);
    case "hint":
      return sentence(`${block.left ? `${block.left}: ` : ""}${block.how}.`, "  ", screen).map(style.dim);
    case "drawing":
      return block.lines.map((line) => `  ${line}`);
    case "items":
      return block.items.flatMap((item) => hanging("  - ", item, screen));
    case "verdict": {
      const { word, tone, text } = block;
      const tint = { good: style.good, bad: style.bad, neutral: style.bold }[tone];
      const [first, ...rest] = sentence(`${word}${text}`, "", screen);
      return [style.bold(tint(word)) + first.slice(word.length), ...rest];
    }
    case "facts": {
      const names = Math.max(...block.rows.map(([name]) => textWidth(name)));
      return block.rows.flatMap(([name, text]) =>
        hanging(`  ${name}${" ".repeat(names - textWidth(name))}  `, text, screen),
      );
    }
    case "table":
      return [
        ...(block.heading === undefined ? [] : sentence(block.heading, "", screen).map(style.bold)),
        ...textTable(block.columns, block.rows, { width, keys: block.keys }),
      ];
  }
}

function sentence(text: string, indent: string, screen: Screen): string[] {
  return hanging(indent, text, screen);
}

/** Text after a lead, below which further lines of it begin. */
function hanging(lead: string, text: string, { width, breaksSentences }: Screen): string[] {
  if (!breaksSentences) return [lead + text];
  return folded(text, Math.max(20 + textWidth(lead), width), lead);
}
