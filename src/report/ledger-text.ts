import type { ClaimVerdict } from "../claim/finding.js";
import { claimSection, kindText, type TestedEntry, verdictWords } from "./claim-sections.js";
import { type Document, documentOf } from "./document.js";
import type { Column } from "./text-table.js";

const order: readonly ClaimVerdict[] = [
  "reproduced",
  "holds on every instance tried",
  "refuted",
  "open",
  "in error",
];

/** The claims with their verdicts, and then what was found of those that are refuted, open or in error; of all where `everything`. */
export function ledgerDocument(
  tested: readonly TestedEntry[],
  everything: boolean,
  quick: boolean,
): Document {
  const columns: Column[] = ["claim", "", "about", "verdict"].map((heading) => ({ heading, kind: "words" }));
  const rows = tested.map((entry) => [
    entry.claim.id,
    kindText(entry),
    entry.claim.about,
    verdictWords(entry.finding),
  ]);
  const told = everything ? tested : tested.filter(({ finding }) => needsTelling(finding.verdict));
  return documentOf(
    [
      { kind: "title", text: "What the papers say, computed again" },
      { kind: "lines", lines: [countLine(tested)] },
    ],
    [
      { kind: "table", columns, rows },
      { kind: "notes", lines: notes(quick), indented: true },
    ],
    ...told.map((entry) => claimSection(entry, headingOf(entry))),
  );
}

export function headingOf({ claim }: TestedEntry): string {
  return `${claim.id}: ${claim.about}`;
}

function needsTelling(verdict: ClaimVerdict): boolean {
  return verdict === "refuted" || verdict === "open" || verdict === "in error";
}

/** `46 claims: 20 reproduced, …` */
export function countLine(tested: readonly TestedEntry[]): string {
  const counts = order.flatMap((verdict) => {
    const count = tested.filter(({ finding }) => finding.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  return `${tested.length} ${tested.length === 1 ? "claim" : "claims"}: ${counts.join(", ")}.`;
}

function notes(quick: boolean): string[] {
  return [
    "C constructs, T proves, F prints a figure. In brackets: on how many instances statements about all of a class were tried.",
    "Refuted: at least one statement or figure is not so, under its assumptions; what is computed instead follows.",
    ...(quick ? ["--quick: on the smallest grids, and on few instances."] : []),
  ];
}
