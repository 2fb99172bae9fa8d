import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entries, entriesNamed, findingOf } from "../../src/claim/ledger.js";
import { kindText, verdictWords } from "../../src/report/claim-sections.js";
import { markdown } from "../../src/report/markup-document.js";

const page = readFileSync("docs/ledger.md", "utf8");
const CURRENT = "`npm run ledger` writes docs/ledger.md anew";

/** The verdict that the page has of a claim. */
const verdictOnPage = (id: string) =>
  new RegExp(`^\\| ${id} \\|.*\\| \\[([^\\]]*)\\]\\(#${id.toLowerCase()}\\) \\|$`, "m").exec(page)?.[1];

test("docs/ledger.md has every claim, with what the paper says, its assumptions and the command that tests it again", () => {
  for (const { claim } of entries) {
    const { id, place, about, says, assumes, readings = [] } = claim;
    const row = `| ${id} | ${kindText({ paper: undefined as never, claim })} | ${markdown(place)} | ${markdown(about)} | [`;
    expect(page.includes(row), `${id}: ${CURRENT}`).toBe(true);
    const section = page.split(/^### /m).find((part) => part.startsWith(`${id}\n`)) ?? "";
    for (const text of [says, assumes, ...readings])
      expect(section, `${id}: ${CURRENT}`).toContain(markdown(text));
    expect(section, `${id}: ${CURRENT}`).toContain(`npx mechlp reproduce ${id}\n`);
  }
  expect(page.match(/^### /gm)).toHaveLength(entries.length);
});

test("no claim is left open by a fault of the ledger", () => {
  for (const { claim } of entries)
    expect(verdictOnPage(claim.id), claim.id).not.toMatch(/^(in error|undefined)/);
});

test.each(["BN-1", "BN-4", "LN-32", "LN-EEx", "LN-PD", "LN-53"])(
  "the page's verdict on %s is what the smallest grids and few instances find",
  async (id) => {
    const finding = await findingOf(entriesNamed([id])[0].claim, { quick: true });
    // How many instances were tried differs.
    const word = (text: string | undefined) => text?.replace(/ \(\d+\)$/, "");
    expect(word(verdictWords(finding))).toBe(word(verdictOnPage(id)));
  },
);
