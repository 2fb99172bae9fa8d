import type { ContinuousComparison, ContinuumComparison } from "../comparison/compare-continuum.js";
import type { ContinuumClaim } from "../continuum/claim.js";
import {
  type ContinuousFinding,
  type ContinuousProperty,
  continuousProperties,
  type Witness,
} from "../continuum/construction/finding.js";
import type { Question } from "../question/question.js";
import { environmentLines } from "./continuous-types-text.js";
import { continuumVerdict } from "./continuum-verdict.js";
import { type Block, type Document, documentOf, type Section, withItems } from "./document.js";
import { numberText } from "./number-text.js";
import { type BracketEnds, bracketText } from "./outward-text.js";
import { questionText } from "./question-text.js";
import type { Column } from "./text-table.js";

/** Columns of marks: heading, the property it stands for. */
const headings: Readonly<Record<ContinuousProperty, string>> = {
  "ex post efficiency": "eff",
  "Bayesian IC": "bIC",
  "ex post IC": "xIC",
  "ex ante IR": "aIR",
  "interim IR": "iIR",
  "ex post IR": "xIR",
  "ex ante balance": "aBB",
  "ex post balance": "xBB",
  "ex ante no deficit": "aND",
  "ex post no deficit": "xND",
};

/** Those that the expected deficit does not tell. */
const marked = continuousProperties.filter(
  (property) => property !== "ex ante balance" && property !== "ex ante no deficit",
);

const legend = [
  "eff ex post efficient; IC incentive compatible, IR individually rational, BB balanced exactly, ND without a deficit;",
  "a ex ante, b Bayesian, i interim, x ex post. Values are private, so ex post IC is dominant-strategy IC.",
  "asked: meets what the question asks besides the money.",
  "+ proved for every type, - refuted, ? neither.",
];

const words = (heading: string): Column => ({ heading, kind: "words" });
const numbers = (heading: string): Column => ({ heading, kind: "numbers" });

/** The comparison, and beside it what is proved of the optimum, or why nothing is. */
export interface ShownContinuumComparison {
  readonly name: string;
  readonly comparison: ContinuumComparison;
  readonly best: ContinuumClaim | { readonly reason: string };
}

/** For a reader: the optimum, marks, money, what fails and where, what holds and why. */
export function compareContinuumDocument({ name, comparison, best }: ShownContinuumComparison): Document {
  const { environment, question, mechanisms, notApplying } = comparison;
  const agents = environment.agents.length;
  return documentOf(
    [
      { kind: "title", text: `${name}, continuous types: the optimum and what the literature constructs` },
      { kind: "lines", lines: environmentLines(environment), indented: true },
    ],
    [...withItems(questionText(question, "any")), optimumBlock(question, best), ...settledBlocks(mechanisms)],
    marks(mechanisms),
    money(mechanisms),
    failures(mechanisms, agents),
    proofs(mechanisms),
    leftOut(notApplying),
  );
}

function optimumBlock(question: Question, best: ShownContinuumComparison["best"]): Block {
  if ("reason" in best) return { kind: "lines", lines: [`The optimum is not known: ${best.reason}.`] };
  const { word, sentence } = continuumVerdict(question, best);
  const tones = { possible: "good", impossible: "bad", undecided: "neutral" } as const;
  return { kind: "verdict", word, tone: tones[best.verdict], text: `: ${sentence}` };
}

/** Which constructions are a proof that the answer is *possible*. */
function settledBlocks(mechanisms: readonly ContinuousComparison[]): Block[] {
  const names = mechanisms.flatMap(({ name, settles }) => (settles ? [name] : []));
  if (names.length === 0) return [];
  const who = names.length === 1 ? `${names[0]} meets` : `${names.join(", ")} meet`;
  return [
    {
      kind: "lines",
      lines: [`${who} all requirements without outside money, which proves that it is possible.`],
    },
  ];
}

function marks(mechanisms: readonly ContinuousComparison[]): Section {
  if (mechanisms.length === 0) return [];
  return [
    {
      kind: "table",
      columns: ["mechanism", ...marked.map((property) => headings[property]), "asked"],
      rows: mechanisms.map(({ name, report, qualifies }) => [
        name,
        ...marked.map((property) => mark(report.findings[property].holds)),
        mark(qualifies),
      ]),
    },
    { kind: "notes", lines: legend, indented: true },
  ];
}

function mark(holds: boolean | undefined): string {
  return holds === undefined ? "?" : holds ? "+" : "-";
}

function money(mechanisms: readonly ContinuousComparison[]): Section {
  if (mechanisms.length === 0) return [];
  return [
    {
      kind: "table",
      columns: [words("mechanism"), numbers("expected deficit"), numbers("largest deficit"), words("notes")],
      rows: mechanisms.map(({ name, report, ...own }) => {
        const { expectedDeficit, largestDeficit: largest } = report;
        const notes = [own.chosen, own.rounded].filter((text) => text !== undefined);
        return [
          name,
          expectedDeficit ? numberText(expectedDeficit) : "?",
          largest ? betweenText({ lower: largest.atLeast, upper: largest.atMost }) : "?",
          notes.join("; "),
        ];
      }),
    },
    {
      kind: "notes",
      indented: true,
      lines: [
        "expected deficit: E[cost - payments], negative for a surplus; largest deficit: at one profile, an enclosure where two numbers stand.",
      ],
    },
  ];
}

function betweenText(ends: BracketEnds): string {
  const { lower, upper } = ends;
  return lower && upper?.equals(lower) ? numberText(lower) : bracketText(ends);
}

/** Where each property fails. */
function failures(mechanisms: readonly ContinuousComparison[], agents: number): Section {
  const rows = mechanisms.flatMap(({ name, report }) =>
    marked.flatMap((property) => {
      const finding = report.findings[property];
      if (finding.holds === true) return [];
      return [[name, property, violationText(finding), placeText(finding, agents)]];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      columns: [words("mechanism"), words("fails, or open"), words("by"), words("where")],
      keys: 2,
      rows,
    },
    {
      kind: "notes",
      indented: true,
      lines: [
        "by: the violation there; where a second number follows, no violation is larger than that one.",
        "ex post IC is refuted where a misreport was found to gain, on a lattice of profiles: others may gain more.",
      ],
    },
  ];
}

function violationText(finding: ContinuousFinding): string {
  if (finding.holds === true) return "";
  const atMost = finding.atMost && finding.atMost.sign > 0 ? finding.atMost : undefined;
  if (finding.holds === undefined) return atMost ? bracketText({ upper: atMost }) : "?";
  const violation = finding.witness?.violation;
  if (!violation) return "";
  const here = numberText(violation);
  return atMost && atMost.compare(violation) > 0 ? `${here}; ${bracketText({ upper: atMost })}` : here;
}

function placeText(finding: ContinuousFinding, agents: number): string {
  if (finding.holds === true) return "";
  if (finding.holds === undefined) return finding.reason;
  return finding.witness ? witnessText(finding.witness, agents) : (finding.by ?? "");
}

function witnessText({ types, agent, report }: Witness, agents: number): string {
  const profile = types.map(({ agent: whose, type }) => `${whose} ${type}`).join(", ");
  if (report) return `${agent} reports ${report} at ${profile}`;
  if (types.length < agents) return profile === "" ? (agent ?? "") : profile;
  return agent === undefined ? profile : `${agent} loses at ${profile}`;
}

/** By what each property is proved that holds. */
function proofs(mechanisms: readonly ContinuousComparison[]): Section {
  const rows = mechanisms.flatMap(({ name, report }) => {
    const by = new Map<string, string[]>();
    for (const property of marked) {
      const finding = report.findings[property];
      if (finding.holds) by.set(finding.by, [...(by.get(finding.by) ?? []), headings[property]]);
    }
    return Array.from(by, ([proof, marks], k) => [k === 0 ? name : "", proof, marks.join(" ")]);
  });
  if (rows.length === 0) return [];
  return [
    { kind: "table", columns: [words("mechanism"), words("proved by"), words("what")], rows },
    {
      kind: "notes",
      indented: true,
      lines: [
        "payoff equivalence: payments are Bayesian IC with an efficient rule if and only if E[payoff | own type] is E[S | own type] and a constant,",
        "which is checked as an identity; enclosure: Bernstein coefficients on simplices that fill the types. docs/theory.md has the proofs.",
      ],
    },
  ];
}

/** Reasons, each with the constructions that share it. */
function leftOut(notApplying: ContinuumComparison["notApplying"]): Section {
  if (notApplying.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { name, reason } of notApplying) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  return [
    {
      kind: "table",
      columns: [words("not covered"), words("because")],
      rows: Array.from(byReason, ([reason, names]) => [names.join(", "), reason]),
    },
  ];
}
