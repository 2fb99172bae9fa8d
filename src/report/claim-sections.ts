import type { Check, ClaimFinding, ClaimVerdict, Computed, Tried } from "../claim/finding.js";
import type { Entry } from "../claim/ledger.js";
import { toRational } from "../number/rational-text.js";
import type { Block, Section } from "./document.js";
import { decimalText, numberText, rounded } from "./number-text.js";
import { bracketText, widthText } from "./outward-text.js";
import type { Column } from "./text-table.js";

export interface TestedEntry extends Entry {
  readonly finding: ClaimFinding;
}

const kindLetters = { construction: "C", theorem: "T", figure: "F" } as const;

/** `C, T` */
export function kindText({ claim }: Entry): string {
  return claim.kinds.map((kind) => kindLetters[kind]).join(", ");
}

/** `holds on all 200 instances tried` where that is so, else the verdict's own word. */
export function verdictWords({ verdict, checks }: ClaimFinding): string {
  if (verdict !== "holds on every instance tried") return verdict;
  const members = checks.flatMap(({ by, tried }) => (by === "paper" && tried ? [tried.members] : []));
  return `${verdict} (${members.reduce((sum, own) => sum + own)})`;
}

export function toneOf(verdict: ClaimVerdict): "good" | "bad" | "neutral" {
  if (verdict === "refuted" || verdict === "in error") return "bad";
  return verdict === "open" ? "neutral" : "good";
}

/** What a paper says and what was found, for a reader. */
export function claimSection({ paper, claim, finding }: TestedEntry, heading: string): Section {
  const { checks, letter, fault } = finding;
  return [
    { kind: "heading", text: heading },
    {
      kind: "facts",
      rows: [
        ["paper", `${paper.source}, ${claim.place}`],
        ["says", claim.says],
        ["assumes", claim.assumes],
        ...(claim.readings ?? []).map((reading) => ["read", reading] as const),
      ],
    },
    {
      kind: "verdict",
      word: verdictWords(finding).toUpperCase(),
      tone: toneOf(finding.verdict),
      text: fault === undefined ? "" : `: ${fault}`,
    },
    ...figures(checks),
    ...statements(checks),
    ...(finding.verdict === "refuted" && letter.length > 0
      ? [{ kind: "lines", lines: ["To the author:", ...letter] } as const]
      : []),
    ...commands(finding),
  ];
}

const words = (heading: string): Column => ({ heading, kind: "words" });

/** Numbers and verdicts beside what is printed. */
function figures(checks: readonly Check[]): Block[] {
  const rows = checks
    .filter(({ computed }) => computed)
    .map(({ what, printed = "", computed, result, by }) => [
      what,
      printed,
      computedText(computed!),
      by === "ledger" && printed === "" ? "" : resultText(result, by),
    ]);
  if (rows.length === 0) return [];
  const columns = [words("what"), words("printed"), words("computed"), words("")];
  return [{ kind: "table", columns, rows }];
}

function resultText(result: Check["result"], by: Check["by"]): string {
  if (by === "ledger") return result === "differs" ? "ours, and wrong" : "ours";
  return result;
}

export function computedText(computed: Computed): string {
  switch (computed.kind) {
    case "exact":
      return numberText(toRational(computed.value));
    case "words":
      return computed.text;
    case "bracket":
      return bracketText({ lower: toRational(computed.lower), upper: toRational(computed.upper) });
    case "limit": {
      const [limit, uncertainty] = [computed.limit, computed.uncertainty].map(toRational);
      const { grids, order } = computed;
      const [first, last] = [grids[0], grids[grids.length - 1]];
      const on = `grids of ${first.points} to ${last.points} points`;
      if (order === undefined) return `${numberText(limit)} on ${on}`;
      const [from, to] = [first, last].map(({ value }) => rounded(toRational(value), 4));
      const far = uncertainty.isZero
        ? numberText(limit)
        : `${decimalText(limit)}, within ${widthText(limit, limit.add(uncertainty))},`;
      return `${far} in the limit of ${on} (${from} to ${to}, order ${order})`;
    }
  }
}

/** Statements that are so or not, with the members that they were tried on, and what can be checked by hand. */
function statements(checks: readonly Check[]): Block[] {
  return checks.flatMap((check): Block[] => {
    const { what, tried, evidence = [], computed } = check;
    if (computed && evidence.length === 0) return [];
    const said = computed ? `${what}:` : statement(check);
    const lines = [said, ...(tried ? [triedText(tried)] : []), ...evidence];
    return [
      { kind: "items", items: [lines.filter((line) => !isCopied(line)).join(" ")] },
      ...lines.filter(isCopied).map((line) => ({ kind: "drawing", lines: [line] }) as const),
    ];
  });
}

/** Instances and the like, which are copied and not read. */
function isCopied(line: string): boolean {
  return line.startsWith("{") || line.startsWith("  ");
}

function statement({ what, by, result }: Check): string {
  const text = `${by === "ledger" ? "besides, " : ""}${what}`;
  return `${text}: ${{ agrees: "so it is", differs: "it is not so", open: "open" }[result]}.`;
}

function triedText({ family, members, seeds, counts }: Tried): string {
  const kinds = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  const among = kinds.length > 0 ? `; among them ${kinds.join(", ")}` : "";
  return `Tried on ${members} ${family} (seeds ${seeds[0]} to ${seeds[1]})${among}.`;
}

/** What computes everything again; of grids the last one. */
function commands({ id, checks }: ClaimFinding): Block[] {
  const runs = new Set(checks.flatMap(({ runs }) => runs.slice(-1)));
  return [{ kind: "drawing", lines: [`npx mechlp reproduce ${id}`, ...runs] }];
}
