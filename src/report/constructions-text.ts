import type { Construction } from "../construction/construction.js";
import { catalogueText, itemLines, WIDTH } from "./catalogue-text.js";
import { folded } from "./folded-text.js";
import { plain, type Style } from "./style.js";

/** All constructions, a line each, for a reader. */
export function constructionsText(constructions: readonly Construction[], style: Style = plain): string {
  return catalogueText("mechlp constructions NAME explains one.", constructions, style);
}

/** What a version of a construction is. */
export const versionText = {
  exact: "its discrete counterpart, which has the paper's properties on any grid",
  formula: "the formula for continuous types at the grid's points; violations vanish with the mesh",
};

/** One construction: what it does, where it is from, its versions and options, and how to build it. */
export function constructionText(construction: Construction, style: Style = plain): string {
  const { name, about, source, versions, options = {}, example } = construction;
  return [
    style.bold(name),
    ...folded(about, WIDTH, "  "),
    ...folded(`Source: ${source}`, WIDTH, "  ").map(style.dim),
    "",
    versions.length > 1 ? "versions (--version), the first by default" : "version",
    ...itemLines(versions.map((version) => [version, versionText[version]])),
    ...(Object.keys(options).length > 0 ? ["", "options (--option KEY=VALUE)"] : []),
    ...itemLines(Object.entries(options)),
    "",
    "example",
    `  mechlp construct ${name} instances/${example}.json`,
    "",
  ].join("\n");
}

/** What a construction says of itself, for a machine. */
export function constructionJson(construction: Construction): object {
  const { name, summary, about, source, versions, options = {}, example } = construction;
  return { name, summary, about, source, versions, options, example };
}
