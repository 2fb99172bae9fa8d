import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A line of the site's list of pages, or a part of it. */
export interface Entry {
  readonly text: string;
  readonly link?: string;
  readonly target?: string;
  readonly collapsed?: boolean;
  readonly items?: Entry[];
}

const THEORY = [
  "theory",
  "continuum-facts",
  "continuum-interim",
  "continuum-ex-post",
  "continuum-free",
  "continuum-constructions",
];
const FILES = ["answer-format", "continuum-answer-format", "mechanism-format"];
const EVIDENCE = ["ledger", "studies", "sweeps"];

/** The interface is written from doc comments after all else: its pages follow from the entries of the package. */
const INTERFACE: Entry[] = ["", "worker", "sweep", "glpk", "jslp"].map((entry) => ({
  text: entry === "" ? "mechlp" : `mechlp/${entry}`,
  link: `/api/mechlp/${entry}${entry === "sweep" ? "/" : ""}`,
}));

/** The list of the pages that lie in a folder: whatever stands nowhere else is about the project. */
export function contentsOf(folder: string): Entry[] {
  const page = (path: string): Entry => ({ text: titleOf(join(folder, `${path}.md`)), link: `/${path}` });
  const inFolder = (name: string, first: readonly string[] = []): Entry[] => {
    const names = pagesIn(join(folder, name)).filter((own) => own !== "index" && !first.includes(own));
    return [...first, ...names].map((own) => page(`${name}/${own}`));
  };
  const list = (text: string, name: string): Entry => ({
    text,
    link: `/${name}/`,
    collapsed: true,
    items: inFolder(name),
  });
  const part = (text: string, items: Entry[]): Entry => ({ text, items });
  const named = ["index", "tutorial", ...THEORY, ...FILES, ...EVIDENCE, "browser", "references"];
  const others = pagesIn(folder).filter((name) => !named.includes(name));
  const folders = ["guides", "families", "constructions", "gallery", "api", "studies", "public"];
  const otherFolders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !folders.includes(entry.name))
    .map(({ name }) => name);
  return [
    part("Start", [
      page("tutorial"),
      { text: "Gallery", link: "/gallery/" },
      { text: "Explorer", link: "/explorer/index.html", target: "_self" },
    ]),
    part("Guides", inFolder("guides")),
    list("Families", "families"),
    list("Constructions", "constructions"),
    part("Theory", THEORY.map(page)),
    part("What was computed", EVIDENCE.map(page)),
    part("Files", FILES.map(page)),
    part("Library", [page("browser"), ...INTERFACE]),
    part("The project", [
      ...others.map(page),
      ...otherFolders.flatMap((name) => inFolder(name)),
      page("references"),
    ]),
  ];
}

function pagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** The first heading of a page. */
function titleOf(file: string): string {
  const [, title] = readFileSync(file, "utf8").match(/^# (.+)$/m) ?? [];
  if (title === undefined) throw new Error(`${file} has no heading`);
  return title.replaceAll("`", "").replaceAll("\\", "");
}
