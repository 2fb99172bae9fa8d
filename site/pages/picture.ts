import { prose } from "./page.js";

/** A picture as the command line writes it: it says itself what is seen. */
export interface Picture {
  readonly svg: string;
  readonly title: string;
  readonly caption: string;
}

/** Reads title and caption of a picture. Throws where it has none. */
export function pictureOf(svg: string): Picture {
  return { svg, title: attribute(svg, "aria-label"), caption: attribute(svg, "aria-description") };
}

function attribute(svg: string, name: string): string {
  const found = svg.slice(0, svg.indexOf(">")).match(new RegExp(` ${name}="([^"]*)"`));
  if (!found) throw new Error(`a picture without ${name}`);
  return found[1]
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** The picture that lies in that file, with its caption below. */
export function pictureMarkdown({ title, caption }: Picture, file: string): string {
  return `![${prose(title)}](./${file})\n\n**${prose(title)}.** ${prose(caption)}`;
}
