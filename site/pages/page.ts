import { markdown } from "../../src/report/markup-document.js";

/** A file of the site, by its path there. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The library's sentences as Markdown: what stands between backquotes is code, all else is text. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, k) => (k % 2 === 1 ? part : markdown(part)))
    .join("");
}
