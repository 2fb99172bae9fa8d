import type { Column } from "./text-table.js";

/** A table with a heading above it. */
export interface TableBlock {
  readonly kind: "table";
  readonly heading?: string;
  readonly columns: readonly (Column | string)[];
  readonly rows: readonly (readonly string[])[];
  /** How many of the first columns say what a row is about; one where absent. */
  readonly keys?: number;
}

/** What a report is made of, whatever it is printed on. */
export type Block =
  | { readonly kind: "title" | "heading"; readonly text: string }
  /** Sentences below a title or table, each in a line of its own. */
  | { readonly kind: "lines"; readonly lines: readonly string[]; readonly indented?: boolean }
  /** The same, of less weight. */
  | { readonly kind: "notes"; readonly lines: readonly string[]; readonly indented?: boolean }
  /** What is left out, if anything, and which flag shows it: a word on the command line, which documents that are pasted go without. */
  | { readonly kind: "hint"; readonly left?: string; readonly how: string }
  /** Lines whose signs stand where they stand: drawings at most 80 columns wide, and what is copied into a shell. */
  | { readonly kind: "drawing"; readonly lines: readonly string[] }
  | { readonly kind: "items"; readonly items: readonly string[] }
  | {
      readonly kind: "verdict";
      readonly word: string;
      readonly tone: "good" | "bad" | "neutral";
      readonly text: string;
    }
  /** What something is called, and what it is. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, text: string])[] }
  | TableBlock;

/** Blocks that belong together: nothing separates them on a screen. */
export type Section = readonly Block[];

export type Document = readonly Section[];

/** A section for each that is not empty. */
export function documentOf(...sections: readonly Section[]): Document {
  return sections.filter((section) => section.length > 0);
}

/** Lines of which those that begin with a dash are items: `  - payments cover the cost`. */
export function withItems(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let items: string[] | undefined;
  for (const line of lines) {
    const item = /^\s*- (.*)$/.exec(line)?.[1];
    if (item === undefined) {
      items = undefined;
      blocks.push({ kind: "lines", lines: [line] });
    } else if (items) items.push(item);
    else {
      items = [item];
      blocks.push({ kind: "items", items });
    }
  }
  return blocks;
}
