import { folded } from "./folded-text.js";
import { plain, type Style } from "./style.js";

/** The width that fits every terminal. */
export const WIDTH = 80;

/** Something that is known by its name, in a line of a list. */
export interface Listed {
  readonly name: string;
  readonly summary: string;
}

/** A list of names, each with a line on it, so that it fits a screen; `title` says how to learn more of one. */
export function catalogueText(title: string, entries: readonly Listed[], style: Style = plain): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  const lines = entries.map(
    ({ name, summary }) => `  ${style.bold(name)}${" ".repeat(width - name.length)}  ${summary}`,
  );
  return [title, ...lines, ""].join("\n");
}

/** Names with their meanings, in two columns. */
export function itemLines(
  items: readonly (readonly [name: string, meaning: string])[],
  indent = "  ",
): string[] {
  const width = Math.max(0, ...items.map(([name]) => name.length));
  return items.flatMap(([name, meaning]) => folded(meaning, WIDTH, `${indent}${name.padEnd(width)}  `));
}
