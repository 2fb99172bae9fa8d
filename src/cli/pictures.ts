import { join } from "node:path";
import type { Figure } from "../figure/figure.js";
import { plural } from "../number/count-text.js";
import type { Document as Report } from "../report/document.js";
import { type Drawing, drawings, htmlDocument } from "../report/html-document.js";
import { makeFolder } from "./csv-folder.js";
import { writeText } from "./writing.js";

/** Writes the page and the pictures that are asked for. What draws is loaded only here. */
export async function writePictures(
  { html, svg }: { html?: string; svg?: string },
  report: () => Report,
  figures: readonly Figure[],
): Promise<string[]> {
  if (html === undefined && svg === undefined) return [];
  const drawn = await draw(figures);
  const words: string[] = [];
  if (html !== undefined) {
    await writeText(html, htmlDocument(report(), drawn));
    words.push(`report written to ${html}`);
  }
  if (svg !== undefined) {
    makeFolder(svg);
    for (const { figure, svg: text } of drawn) await writeText(join(svg, `${figure.name}.svg`), `${text}\n`);
    words.push(`${plural(drawn.length, "picture")} written to ${svg}`);
  }
  return words;
}

async function draw(figures: readonly Figure[]): Promise<Drawing[]> {
  const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return drawings(figures, plot, document);
}
