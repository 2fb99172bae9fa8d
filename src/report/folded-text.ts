import { textWidth } from "./text-width.js";

/**
 * Text in lines of at most `width` columns of a terminal, the first after `head`, all others indented. It is broken at spaces; a
 * word that is longer than a line is broken where it has to be.
 */
export function folded(text: string, width: number, head = "", indent = textWidth(head)): string[] {
  const lines: string[] = [];
  const margin = " ".repeat(indent);
  let line = head;
  let isEmpty = true;
  const next = () => {
    lines.push(line);
    line = margin;
    isEmpty = true;
  };
  for (const word of text.split(" ")) {
    if (!isEmpty && textWidth(line) + 1 + textWidth(word) > width) next();
    line += isEmpty ? "" : " ";
    isEmpty = false;
    let rest = word;
    while (textWidth(line) + textWidth(rest) > width) {
      const start = longestStart(rest, width - textWidth(line));
      if (start === rest) break;
      line += start;
      rest = rest.slice(start.length);
      next();
      isEmpty = false;
    }
    line += rest;
  }
  return [...lines, line];
}

let graphemes: Intl.Segmenter | undefined;

/** As much of a word as there is room for, one character at least. */
function longestStart(text: string, width: number): string {
  let start = "";
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const { segment } of graphemes.segment(text)) {
    if (start !== "" && textWidth(start + segment) > width) break;
    start += segment;
  }
  return start;
}
