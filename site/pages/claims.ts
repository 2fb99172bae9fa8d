import { entries } from "../../src/claim/ledger.js";
import { prose } from "./page.js";
import { isAmong, placesIn } from "./places.js";

/** What the ledger found of a claim, as its page has it. */
interface Found {
  readonly verdict: string;
  readonly commands: string;
}

/** Reads the ledger's page: of each claim the verdict, and the commands that find it again. */
export function ledgerFindings(ledger: string): ReadonlyMap<string, Found> {
  const sections = ledger.split(/^### /m).slice(1);
  return new Map(
    sections.map((section) => {
      const id = section.slice(0, section.indexOf("\n"));
      const [, verdict = ""] = section.match(/^\*\*([A-Z].*?)\*\*/m) ?? [];
      const commands = [...section.matchAll(/^```text\n(.*?)^```$/gms)].map(([, lines]) => lines).join("");
      return [id, { verdict: verdict.toLowerCase(), commands }];
    }),
  );
}

/** The claims about a place of the same text, and those with a command that uses it, each with its verdict. */
export function claimsMarkdown(source: string, ledger: string, uses: (commands: string) => boolean): string {
  const findings = ledgerFindings(ledger);
  const parts = source.split("; ");
  const touching = entries.filter(({ paper, claim }) => {
    const own = parts.filter((part) => part.startsWith(paper.source)).join(", ");
    const places = placesIn(own);
    const isThere = [...placesIn(claim.place)].some((place) => isAmong(place, places));
    return isThere || uses(findings.get(claim.id)?.commands ?? "");
  });
  if (touching.length === 0)
    return "No claim of [the ledger](../ledger.md) is about these places, or has a command that uses it.";
  const items = touching.map(({ paper, claim }) => {
    const { verdict } = findings.get(claim.id) ?? {};
    if (!verdict) throw new Error(`docs/ledger.md has no verdict on ${claim.id}`);
    const where = prose(`${paper.source}, ${claim.place}`);
    return `- [${claim.id}](../ledger.md#${claim.id.toLowerCase()}), ${where}: ${prose(claim.about)}; *${prose(verdict)}*`;
  });
  return [
    "Claims of [the ledger](../ledger.md) about the same places, or with a command that uses it:",
    "",
    ...items,
  ].join("\n");
}
