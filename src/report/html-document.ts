import { type Figure, figureSvg, type Grammar } from "../figure/figure.js";
import type { Block, Document as Report, Section } from "./document.js";
import { named } from "./markup-document.js";

/** A picture and what it is drawn with. */
export interface Drawing {
  readonly figure: Figure;
  readonly svg: string;
}

/** Draws every figure. `document` is a browser's, or one that stands for it. */
export function drawings(figures: readonly Figure[], plot: Grammar, document: Document): Drawing[] {
  return figures.map((figure) => ({ figure, svg: figureSvg(figure, plot, document) }));
}

/**
 * A report as one page that needs nothing else: no script, no other file, no network. It reads on paper, on a phone, and on dark and
 * light ground.
 */
export function htmlDocument(report: Report, pictures: readonly Drawing[]): string {
  const title = report.flat().find(({ kind }) => kind === "title");
  const name = title?.kind === "title" ? title.text : "mechlp";
  const sections = report.map(htmlSection);
  // Question and verdict stand before the pictures.
  const verdict = report.findIndex((section) => section.some(({ kind }) => kind === "verdict"));
  const before = verdict < 0 ? 1 : verdict + 1;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${html(name)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...sections.slice(0, before),
    ...(pictures.length > 0
      ? [
          `<section class="figures" aria-label="Pictures">\n${pictures.map(htmlFigure).join("\n")}\n</section>`,
        ]
      : []),
    ...sections.slice(before),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** Blocks that belong together, as a part of any page. */
export function htmlSection(section: Section): string {
  return `<section>\n${section.map(htmlBlock).join("\n")}\n</section>`;
}

function htmlFigure({ figure, svg }: Drawing): string {
  const { title, caption } = figure;
  return `<figure>\n<h2>${html(title)}</h2>\n${svg}\n<figcaption>${html(caption)}</figcaption>\n</figure>`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case "title":
      return `<h1>${html(block.text)}</h1>`;
    case "heading":
      return `<h2>${html(block.text)}</h2>`;
    case "lines":
      return `<p>${block.lines.map(html).join("<br>\n")}</p>`;
    case "notes":
      return `<p class="notes">${block.lines.map(html).join("<br>\n")}</p>`;
    case "hint":
      return block.left ? `<p class="notes">${html(block.left)}.</p>` : "";
    case "drawing":
      return `<pre class="wide" tabindex="0">${block.lines.map(html).join("\n")}</pre>`;
    case "items":
      return `<ul>\n${block.items.map((item) => `<li>${html(item)}</li>`).join("\n")}\n</ul>`;
    case "verdict":
      return `<p class="verdict ${block.tone}"><strong>${html(block.word)}</strong>${html(block.text)}</p>`;
    case "facts":
      return `<dl>\n${block.rows.map(([name, text]) => `<dt>${html(name)}</dt><dd>${html(text)}</dd>`).join("\n")}\n</dl>`;
    case "table": {
      const { heading, keys = 1, rows } = block;
      const columns = named(block.columns);
      const look = columns.map(({ kind }) => (kind === "words" ? "" : ' class="number"'));
      const caption = heading === undefined ? "" : `<caption>${html(heading)}</caption>\n`;
      const head = columns
        .map(({ heading: own }, k) =>
          own === "" ? "<td></td>" : `<th scope="col"${look[k]}>${html(own)}</th>`,
        )
        .join("");
      const cell = (text: string, k: number) =>
        k < keys ? `<th scope="row"${look[k]}>${html(text)}</th>` : `<td${look[k]}>${html(text)}</td>`;
      const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
      const label = html(heading ?? "table");
      return `<div class="wide" role="group" tabindex="0" aria-label="${label}"><table>\n${caption}<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
    }
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it is, whatever signs of HTML's own are in it. What turns the direction of writing is kept to the text. */
export function html(text: string): string {
  const inert = text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);
  return /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) ? `<bdi>${inert}</bdi>` : inert;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --good: #00734f; --bad: #b04400; }
@media (prefers-color-scheme: dark) { :root { --good: #3fc79a; --bad: #ff9d57; } }
html { background: Canvas; color: CanvasText; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2, caption { font-size: 1.05rem; font-weight: 600; text-align: left; margin: 1.5rem 0 .25rem; }
caption { position: sticky; left: 0; max-width: calc(100vw - 2rem); }
figure h2 { font-size: 1rem; margin: 0 0 .25rem; }
p, ul, dl { margin: .5rem 0; max-width: 46rem; }
.notes, figcaption { opacity: .75; font-size: .875rem; }
.verdict { border-left: .3rem solid currentColor; padding: .5rem .75rem; background: var(--soft); font-size: 1.1rem; }
.verdict.good strong { color: var(--good); }
.verdict.bad strong { color: var(--bad); }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; overflow-wrap: normal; }
thead th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; margin: 1.5rem 0; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
@media print { main { max-width: none; padding: 0; } .wide { overflow: visible; } section { break-inside: auto; } }
`;
