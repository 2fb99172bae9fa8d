import { papers } from "../claim/registry.js";
import { claimSection, kindText, type TestedEntry, verdictWords } from "./claim-sections.js";
import { countLine } from "./ledger-text.js";
import { markdown, markdownDocument } from "./markup-document.js";

/** The ledger as a page of documentation: by paper, each verdict leading to what was found and to the command that finds it again. */
export function ledgerPage(tested: readonly TestedEntry[]): string {
  const parts = papers.map((paper) => {
    const own = tested.filter((entry) => entry.paper === paper);
    const rows = own.map((entry) => {
      const { id, place, about } = entry.claim;
      const verdict = `[${verdictWords(entry.finding)}](#${id.toLowerCase()})`;
      return `| ${[id, kindText(entry), markdown(place), markdown(about), verdict].join(" | ")} |`;
    });
    const sections = own.map((entry) => claimSection(entry, entry.claim.id));
    return [
      `## ${paper.source}`,
      [
        countLine(own),
        "",
        "| claim | | place | about | verdict |",
        "| --- | --- | --- | --- | --- |",
        ...rows,
      ].join("\n"),
      markdownDocument(sections).trimEnd(),
    ].join("\n\n");
  });
  return `${[...opening, countLine(tested), ...parts].join("\n\n")}\n`;
}

const opening = [
  "# The papers' claims, computed again",
  [
    "Written by `npm run ledger`; every number beside a printed one is computed anew by the commands that stand below it. *Reproduced*: every",
    "statement and figure was found again. *Refuted*: at least one is not so under the paper's assumptions; what is true instead stands with it.",
    "*Holds on every instance tried*: a statement about all members of a class, tried on so many, small and degenerate ones among them. *Open*: a",
    "proved bracket does not decide it. C constructs, T proves, F prints a figure. Verdicts about mechanisms rest on answer files that were",
    "verified; what is computed for continuous types is proved for all of them, and limits of grids are extrapolated: exactly where one",
    "polynomial in 1/points goes through all values, else within what is said.",
  ].join("\n"),
];
