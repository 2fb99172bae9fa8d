import type * as Plot from "@observablehq/plot";

/** The plotting grammar; it is handed in, so that only those who draw load it. */
export type Grammar = typeof Plot;

/** A picture: data that has become a specification of the plotting grammar. */
export interface Figure {
  /** For a file: letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What is seen, for those who see it and for those who do not. */
  readonly caption: string;
  /** What the plotting grammar is to draw. */
  readonly specify: (plot: Grammar) => Plot.PlotOptions;
}

/** A picture as SVG. The same figure gives the same text, whatever was drawn before. */
export function figureSvg(figure: Figure, plot: Grammar, document: Document): string {
  const drawn = plot.plot({
    document,
    ariaLabel: figure.title,
    ariaDescription: figure.caption,
    ...figure.specify(plot),
  });
  drawn.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("font-size", "12");
  // Pages that are strict about styles have none in their text.
  for (const style of drawn.querySelectorAll("style")) style.remove();
  drawn.removeAttribute("style");
  return xml(drawn);
}

/** An element as XML: documents that stand for a browser's write attributes that are none. */
function xml(element: Element): string {
  // Groups of marks may not have labels of their own inside of a picture that has one.
  const attributes = [...element.attributes]
    .map(({ name, value }) => ({
      name: element.localName === "g" && name === "aria-label" ? "data-mark" : name,
      value,
    }))
    .map(({ name, value }) => ` ${name}="${inert(value)}"`)
    .join("");
  const children = [...element.childNodes].map((node) =>
    node.nodeType === 1 ? xml(node as Element) : inert(node.textContent ?? ""),
  );
  const { localName } = element;
  return children.length === 0
    ? `<${localName}${attributes}/>`
    : `<${localName}${attributes}>${children.join("")}</${localName}>`;
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that ends nothing and begins nothing; signs that XML has no place for, and those that turn the direction of writing, are left out. */
function inert(text: string): string {
  return text
    .replace(
      /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      "",
    )
    .replace(/[&<>"]/g, (sign) => SIGNS[sign]);
}
