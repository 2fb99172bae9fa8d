import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { families } from "../../models/index.js";
import { type Command, runCommand } from "../../site/pages/command.js";
import { constructionPages } from "../../site/pages/constructions.js";
import { contentsOf, type Entry } from "../../site/pages/contents.js";
import { familyPages } from "../../site/pages/families.js";
import { galleryPages, questions } from "../../site/pages/gallery.js";
import { inTurn } from "../../site/pages/in-turn.js";
import { prose } from "../../site/pages/page.js";
import { constructions } from "../../src/construction/registry.js";
import { scratch } from "../cli/command.js";

const ledger = readFileSync("docs/ledger.md", "utf8");
const pages = new Map<string, string>();
let folder: string;

beforeAll(async () => {
  const run = inTurn(2, (command: Command) => runCommand(command, inject("builtCommand")));
  const made = await Promise.all([
    familyPages(run, ledger),
    constructionPages(run, ledger),
    galleryPages(run),
  ]);
  for (const { path, text } of made.flat()) pages.set(path, text);
  folder = scratch().path("");
  cpSync("docs", folder, { recursive: true });
  cpSync("CHANGELOG.md", join(folder, "changelog.md"));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}, 600_000);

/** The block after the first that begins with that command. */
function printedAfter(page: string, command: string): string {
  const [, shown = ""] = page
    .slice(page.indexOf(command))
    .split(/^```(?:text)?$/m)
    .filter((part) => part.trim() !== "");
  return shown;
}

test("every family has a page with its source, its picture, its parameters and an answer that is proved", () => {
  expect(families.length).toBeGreaterThanOrEqual(13);
  for (const { familyName: name, source } of families) {
    const page = pages.get(`families/${name}.md`) ?? "";
    expect(page).toContain(`Source: ${prose(source)}`);
    expect(pages.get(`families/${name}.svg`)).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(page).toContain(`](./${name}.svg)`);
    expect([name, printedAfter(page, "```sh\necho")]).toEqual([
      name,
      expect.stringMatching(/^(IM)?POSSIBLE: .*^Proved: /ms),
    ]);
    expect(page).toMatch(/## Parameters\n\n```text\n {2}\w+ +\S/);
  }
});

test("every construction has a page with its source, a picture and every property of it", () => {
  expect(constructions.length).toBeGreaterThanOrEqual(22);
  for (const { name, source, options = {} } of constructions) {
    const page = pages.get(`constructions/${name}.md`) ?? "";
    expect(page).toContain(`Source: ${prose(source)}`);
    expect(page).toMatch(new RegExp(`^!\\[What .*\\]\\(\\./${name}-\\w+-1\\.svg\\)$`, "m"));
    expect(page).toContain(`npx mechlp construct ${name} instances/`);
    expect(page).toMatch(/^ {2}dominant-strategy IC +(yes|no)/m);
    for (const option of Object.keys(options)) expect(page).toContain(`- \`${option}\`: `);
  }
});

test("the ledger's claims stand with what they are about", () => {
  expect(pages.get("constructions/m2.md")).toContain("[KE-M2](../ledger.md#ke-m2)");
  expect(pages.get("constructions/vcg.md")).toContain("[LN-32](../ledger.md#ln-32)");
  expect(pages.get("constructions/threshold-contribution.md")).toMatch(/\[CE-T9\].*; \*.+\*$/m);
  expect(pages.get("families/single-good-auction.md")).toContain("No claim of [the ledger]");
  expect(pages.get("families/interdependent-trade.md")).toContain("[CE-44](../ledger.md#ce-44)");
});

test("every question of the gallery has its picture, its command and a verdict", () => {
  const page = pages.get("gallery/index.md") ?? "";
  const parts = page.split(/^## /m).slice(1);
  expect(parts.map((part) => part.slice(0, part.indexOf("\n")))).toEqual(
    questions.map(({ question }) => question),
  );
  for (const part of parts) {
    expect(part).toMatch(/^(IM)?POSSIBLE: /m);
    const [, file] = part.match(/\]\(\.\/(.*\.svg)\)/) ?? [];
    expect(pages.get(`gallery/${file}`)).toMatch(/^<svg /);
  }
});

test("the same data give the same page and the same bytes of its pictures", async () => {
  const only = questions.find(({ shown }) => shown === "outside-money")!;
  const { text, pictures } = await runCommand(only, inject("builtCommand"));
  const k = questions.indexOf(only) + 1;
  expect(pictures.get("outside-money")?.svg).toBe(pages.get(`gallery/${k}-outside-money.svg`));
  expect(pages.get("gallery/index.md")).toContain(text.trimEnd());
});

function linksOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ link, items = [] }) => [
    ...(link === undefined ? [] : [link]),
    ...linksOf(items),
  ]);
}

test("every page is in the list of pages, once", () => {
  const listed = linksOf(contentsOf(folder)).filter((link) => !/^\/(explorer|api)\//.test(link));
  const there = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `/${name.replace(/(index)?\.md$/, "")}`);
  expect([...listed].sort()).toEqual(there.sort());
});

test("every link of a page leads to a file, and to a heading of it where it names one", () => {
  let checked = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".md")) continue;
    const text = readFileSync(join(folder, name), "utf8").replace(/^```.*?^```$/gms, "");
    for (const [, link] of text.matchAll(/(?<!`)\]\(([^)\s]+)\)/g)) {
      const [path, anchor] = link.split("#");
      if (
        /^[a-z]+:/.test(link) ||
        (path.startsWith("..") && !normalize(join(dirname(name), path)).match(/^[^.]/))
      )
        continue;
      const target = path === "" ? name : normalize(join(dirname(name), path));
      const page = readFileSync(join(folder, target), "utf8");
      checked++;
      if (anchor === undefined) continue;
      const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
      expect([name, link, headings]).toEqual([name, link, expect.arrayContaining([anchor])]);
    }
  }
  expect(checked).toBeGreaterThan(150);
});

/** A heading's name in addresses, as forges and the site have it. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
}
