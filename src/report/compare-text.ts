import type { ComparedMechanism, Comparison } from "../comparison/compare.js";
import type { ConvergenceReport } from "../comparison/convergence.js";
import type { ReportedFinding, ReportedProbability, ReportedProperty } from "../measure/reported.js";
import { Rational } from "../number/rational.js";
import { type Document, documentOf, type Section, withItems } from "./document.js";
import { decimalText, percentText, rounded } from "./number-text.js";
import { questionText } from "./question-text.js";
import type { Column } from "./text-table.js";
import { verdictText } from "./verdict-text.js";

/** Columns of marks: heading, the property it stands for. */
const marked: readonly (readonly [heading: string, property: ReportedProperty])[] = [
  ["eff", "ex post efficiency"],
  ["bIC", "Bayesian IC"],
  ["xIC", "ex post IC"],
  ["dIC", "dominant-strategy IC"],
  ["aIR", "ex ante IR"],
  ["iIR", "interim IR"],
  ["xIR", "ex post IR"],
  ["aBB", "ex ante balance"],
  ["xBB", "ex post balance"],
  ["aND", "ex ante no deficit"],
  ["xND", "ex post no deficit"],
  ["mon", "ex post payoff monotonicity"],
];

const legend = [
  "eff ex post efficient; IC incentive compatible, IR individually rational, BB balanced exactly, ND without a deficit;",
  "a ex ante, b Bayesian, i interim, x ex post, d dominant-strategy; mon ex post payoffs rise with types;",
  "P(xIC), P(xIR) probability of a profile at which nobody would gain by a misreport, or regrets taking part;",
  "asked: meets what the question asks besides the money. BB and ND count the outside money that the LP's takes.",
  "+ yes, - no, ? not checked (--check-limit).",
];

const moneyLegend = [
  "surplus: E[payments - cost]; deficit: E max(0, cost - payments); largest deficit: at one profile, - where none;",
  "needed: least expected outside money with which these payments meet the question's budget, - where none serves;",
  "distance: largest difference of an interim payment from the LP's. ≈ rounded to seven digits; --json has the fractions.",
];

/** The comparison in two tables for a reader, and why other constructions are left out. */
export function compareDocument(comparison: Comparison, name: string): Document {
  const { problem, design, ties, mechanisms, notApplying } = comparison;
  const { word, sentence } = verdictText(problem.question, design);
  const tones = { possible: "good", impossible: "bad", undecided: "neutral" } as const;
  const rule = ties
    ? `Constructions that are given a rule implement the efficient one, ties ${tieText[ties]}.`
    : "Constructions that are given a rule implement the instance's own.";
  return documentOf(
    [{ kind: "title", text: `${name}: the LP's optimum and what the literature constructs` }],
    [
      ...withItems(questionText(problem.question)),
      { kind: "verdict", word, tone: tones[design.verdict], text: `: ${sentence}` },
      { kind: "notes", lines: [rule] },
    ],
    [
      {
        kind: "table",
        columns: ["mechanism", ...marked.map(([heading]) => heading), "P(xIC)", "P(xIR)", "asked"],
        rows: mechanisms.map(markRow),
      },
      { kind: "notes", lines: legend, indented: true },
    ],
    [
      {
        kind: "table",
        columns: ["mechanism", "gains", "surplus", "deficit", "largest deficit", "needed", "distance"],
        rows: mechanisms.map(moneyRow),
      },
      { kind: "notes", lines: moneyLegend, indented: true },
    ],
    sources(mechanisms),
    leftOut(notApplying),
  );
}

/** Who wrote of each construction that is compared. */
function sources(mechanisms: Comparison["mechanisms"]): Section {
  const known = new Map(
    mechanisms.flatMap(({ construction }) => construction ?? []).map((own) => [own.name, own]),
  );
  if (known.size === 0) return [];
  const columns: Column[] = [
    { heading: "construction", kind: "words" },
    { heading: "source", kind: "words" },
  ];
  return [{ kind: "table", columns, rows: Array.from(known.values(), ({ name, source }) => [name, source]) }];
}

function leftOut(notApplying: Comparison["notApplying"]): Section {
  if (notApplying.length === 0) return [];
  const columns: Column[] = [
    { heading: "not applicable", kind: "words" },
    { heading: "because", kind: "words" },
  ];
  return [{ kind: "table", columns, rows: notApplying.map(({ name, reason }) => [name, reason]) }];
}

const tieText = { first: "to the first outcome", last: "to the last outcome", uniform: "broken evenly" };

function markRow({ name, report, qualifies }: ComparedMechanism): string[] {
  return [
    name,
    ...marked.map(([, property]) => mark(report.findings[property])),
    chance(report.exPostIncentives),
    chance(report.exPostParticipation),
    qualifies === undefined ? "?" : qualifies ? "+" : "-",
  ];
}

function mark(finding: ReportedFinding): string {
  if (!finding.checked) return "?";
  return finding.holds ? "+" : "-";
}

function chance(reported: ReportedProbability): string {
  return reported.checked ? percentText(reported.probability, Rational.ONE) : "?";
}

function moneyRow({ name, report, subsidyNeeded, distance }: ComparedMechanism): string[] {
  return [
    name,
    decimalText(report.expectedGains),
    decimalText(report.expectedSurplus),
    decimalText(report.expectedDeficit),
    report.largestDeficit.deficit.sign > 0 ? decimalText(report.largestDeficit.deficit) : "-",
    subsidyNeeded ? decimalText(subsidyNeeded) : "-",
    distance ? decimalText(distance.distance) : "?",
  ];
}

/** Violations on grids of several sizes, with their orders of convergence, for a reader. */
export function convergenceSections({ points, figures }: ConvergenceReport): Section[] {
  const words = (heading: string): Column => ({ heading, kind: "words" });
  const numbers = (heading: string): Column => ({ heading, kind: "numbers" });
  return [
    [
      {
        kind: "heading",
        text: `Violations on grids of ${points.join(", ")} points; all others are exactly zero, or not checked`,
      },
    ],
    [
      {
        kind: "table",
        columns: [words("mechanism"), words("figure"), ...points.map(String).map(numbers), numbers("order")],
        rows: figures.map(({ mechanism, figure, values, orders }) => [
          mechanism,
          figure,
          // Four digits, so that several columns fit.
          ...values.map((value) => (value ? rounded(value, 4) : "?")),
          orders.findLast((order) => order !== undefined)?.toFixed(2) ?? "",
        ]),
      },
      {
        kind: "notes",
        indented: true,
        lines: [
          "order: the p with which the figure goes as points^-p, between the last two grids that tell; near 0 it does not vanish.",
          "0: exactly zero; ?: not checked, or not defined there. --json names the worst offender on each grid.",
        ],
      },
    ],
  ];
}
