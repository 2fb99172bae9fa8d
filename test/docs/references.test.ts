import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { families } from "../../models/index.js";
import { constructions } from "../../src/construction/registry.js";
import { formulations } from "../../src/formulation/plan.js";
import { sources } from "./sources.js";

const references = readFileSync("docs/references.md", "utf8");
const bibliography = readFileSync("docs/references.bib", "utf8");
const citations = [...references.matchAll(/^- \*\*(.+ \d{4})\*\* \[(\w+)\]/gm)].map(([, cited, key]) => ({
  cited,
  key,
}));

/** What is left of a text once every citation that the references have is taken out. */
function withoutCitations(text: string): string {
  return citations.reduce((rest, { cited }) => rest.replaceAll(cited, ""), text);
}

test("the bibliography for reading and the one for BibTeX have the same entries", () => {
  const entries = [...bibliography.matchAll(/^@\w+\{(\w+),\n(.*?)^\}/gms)].map(([, key, fields]) => ({
    key,
    year: /year = \{(\d{4})\}/.exec(fields)?.[1],
  }));
  expect(citations.length).toBeGreaterThan(25);
  expect(citations.map(({ key, cited }) => ({ key, year: cited.slice(-4) })).sort(byKey)).toEqual(
    entries.sort(byKey),
  );
});

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}

test("what the output cites by author and year is in the references", () => {
  const cited = [
    ...constructions.map(({ source }) => source),
    ...families.map(({ source }) => source),
    ...formulations.map(({ theorem }) => theorem),
  ];
  for (const text of cited) {
    expect(withoutCitations(text), text).not.toMatch(/\d{4}/);
    expect(text).not.toMatch(/\b(BN|CE|LN|KE)\b|theory, section/);
  }
});

test("what the theory and the code cite by author and year is, too", () => {
  const texts = [...sources, ["docs/theory.md", readFileSync("docs/theory.md", "utf8")] as const];
  const lost = texts.flatMap(([file, text]) =>
    [...withoutCitations(text).matchAll(/\p{Lu}[\p{L}'-]+ (?:19|20)\d\d\b/gu)].map(([citation]) => [
      file,
      citation,
    ]),
  );
  expect(lost).toEqual([]);
});

test("every short key of a doc comment is defined", () => {
  const defined = new Set([...references.matchAll(/^\| ([A-Z]{2}) \|/gm)].map(([, key]) => key));
  const used = new Set(
    sources.flatMap(([, text]) =>
      [
        ...text.matchAll(
          /\b([A-Z]{2}) (?:Def|Prop|Thm|Lemma|Cor|Examples?|Table|Theorem|Proposition|\(\d|\d)/g,
        ),
      ].map(([, key]) => key),
    ),
  );
  expect(used.size).toBe(4);
  for (const key of used) expect(defined).toContain(key);
});
