import { inertLine } from "../fault/inert-text.js";
import { countText, plural } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { type Block, type Document, documentOf, type TableBlock } from "../report/document.js";
import { decimalText, numberText, percentText } from "../report/number-text.js";
import type { Column } from "../report/text-table.js";
import type { Plan } from "./plan.js";
import type { Head, Result } from "./result.js";
import type { MechanismSummary, Spread, Summary, SummaryRow } from "./summary.js";

/** More rows than anybody reads; all points are in the tables for spreadsheets. */
const MOST_ROWS = 400;

/** For a reader: what was swept, and what was found, by what varies and by question. */
export function sweepDocument(summary: Summary, head: Head): Document {
  const { plan, tally } = summary;
  const { name = "sweep", description } = plan.specification.read;
  const missing = head.points - tally.total;
  const all = summary.rows();
  const rows = all.slice(0, MOST_ROWS);
  const left = all.length - rows.length;
  return documentOf(
    [
      { kind: "title", text: name },
      ...(description === undefined ? [] : [lines([description])]),
      lines([
        `${tally}.`,
        ...(missing > 0 ? [`Not there: ${countText(missing)} of ${plural(head.points, "point")}.`] : []),
      ]),
    ],
    rows.length > 0 ? [plan.drawnNames.length > 0 ? drawnTable(plan, rows) : singleTable(plan, rows)] : [],
    mechanismTables(plan, rows),
    left > 0
      ? [{ kind: "hint", left: `${countText(left)} rows more`, how: "all points are written by --csv" }]
      : [],
    [{ kind: "notes", lines: notes(plan, rows, head) }],
  );
}

function lines(texts: readonly string[]): Block {
  return { kind: "lines", lines: texts, indented: true };
}

/** The columns that say what a row is about, and their cells. */
function keyColumns(plan: Plan): {
  readonly columns: Column[];
  readonly cells: (row: SummaryRow) => string[];
} {
  const isNamed = plan.questions.some((name) => name !== "");
  const headings = [...plan.axes.map(({ name }) => name), ...(isNamed ? ["question"] : [])];
  return {
    columns: headings.map((heading) => ({ heading, kind: "words" })),
    cells: ({ values, question }) => [...values, ...(isNamed ? [question] : [])].map(inertLine),
  };
}

interface Figures {
  readonly heading: string;
  readonly kind?: Column["kind"];
  readonly cell: (row: SummaryRow) => string;
}

/** A table of the columns in which there is anything. */
function tableOf(plan: Plan, rows: readonly SummaryRow[], figures: readonly Figures[]): TableBlock {
  const { columns, cells } = keyColumns(plan);
  const shown = figures.filter(({ cell }) => rows.some((row) => cell(row) !== ""));
  return {
    kind: "table",
    columns: [...columns, ...shown.map(({ heading, kind = "numbers" }): Column => ({ heading, kind }))],
    rows: rows.map((row) => [...cells(row), ...shown.map(({ cell }) => cell(row))]),
    keys: Math.max(1, columns.length),
  };
}

/** A row for each point. */
function singleTable(plan: Plan, rows: readonly SummaryRow[]): TableBlock {
  const found = ({ group: { result } }: SummaryRow) => (result && "verdict" in result ? result : undefined);
  return tableOf(plan, rows, [
    { heading: "answer", kind: "words", cell: (row) => found(row)?.verdict ?? "failed" },
    {
      heading: "optimum",
      cell: (row) => {
        const exact = found(row)?.optimum?.exact;
        return exact === undefined ? "" : numberText(toRational(exact));
      },
    },
    { heading: "bounds", kind: "words", cell: (row) => boundsText(found(row)) },
    { heading: "why", kind: "words", cell: ({ group }) => whyText(group.result) },
  ]);
}

function boundsText(found: Extract<Result, { verdict: unknown }> | undefined): string {
  const { lower, upper } = found?.bounds ?? {};
  const [from, to] = [lower, upper].map((end) => (end ? decimalText(toRational(end.exact)) : ""));
  if (from !== "" && from === to) return `${from}, to all digits that are shown`;
  const parts = [
    ...(lower ? [`at least ${decimalText(toRational(lower.exact))}`] : []),
    ...(upper ? [`at most ${decimalText(toRational(upper.exact))}`] : []),
  ];
  return parts.join(", ");
}

function whyText(result: Result | undefined): string {
  if (!result) return "";
  return inertLine("failure" in result ? result.failure : (result.shortfall ?? ""));
}

/** A row for all draws of a question at the same values. */
function drawnTable(plan: Plan, rows: readonly SummaryRow[]): TableBlock {
  const counted = (kind: "possible" | "impossible" | "undecided" | "failed"): Figures => ({
    heading: kind,
    cell: ({ group: { tally } }) => (tally.counts[kind] > 0 ? countText(tally.counts[kind]) : ""),
  });
  return tableOf(plan, rows, [
    { heading: "points", cell: ({ group: { tally } }) => countText(tally.total) },
    ...(["possible", "impossible", "undecided", "failed"] as const).map(counted),
    {
      heading: "possible of those answered",
      cell: ({ group: { tally } }) =>
        tally.answered > 0
          ? percentText(Rational.of(tally.counts.possible), Rational.of(tally.answered))
          : "",
    },
    { heading: "least optimum", cell: ({ group }) => exactText(group.optimum.least) },
    { heading: "mean optimum", cell: ({ group }) => meanText(group.optimum) },
    { heading: "greatest optimum", cell: ({ group }) => exactText(group.optimum.greatest) },
  ]);
}

function exactText(value: Rational | undefined): string {
  return value ? decimalText(value) : "";
}

/** Means are of doubles. */
function meanText({ mean, least, greatest }: Spread): string {
  if (least && greatest && least.equals(greatest)) return decimalText(least);
  return mean === undefined ? "" : `≈${Number(mean.toPrecision(4))}`;
}

/** A table for each mechanism that was measured. */
function mechanismTables(plan: Plan, rows: readonly SummaryRow[]): TableBlock[] {
  const names = new Set(rows.flatMap(({ group }) => [...group.mechanisms.keys()]));
  return [...names].map((name) => {
    const own = rows.filter(({ group }) => group.mechanisms.has(name));
    const counted = (heading: string, of: (mechanism: MechanismSummary) => number): Figures => ({
      heading,
      cell: ({ group }) => countText(of(group.mechanisms.get(name)!)),
    });
    const spread = (heading: string, of: (spread: Spread) => string): Figures => ({
      heading,
      cell: ({ group }) => of(group.mechanisms.get(name)!.subsidyNeeded),
    });
    return {
      ...tableOf(plan, own, [
        counted("points at which it applies", ({ applies }) => applies),
        counted("and meets the question but for money", ({ qualifies }) => qualifies),
        ...(own.some(({ group }) => group.mechanisms.get(name)!.settles > 0)
          ? [counted("and needs none", ({ settles }) => settles)]
          : []),
        spread("least money needed", ({ least }) => exactText(least)),
        spread("mean", meanText),
        spread("most", ({ greatest }) => exactText(greatest)),
      ]),
      heading: name,
    };
  });
}

function notes(plan: Plan, rows: readonly SummaryRow[], { version }: Head): string[] {
  const isDrawn = plan.drawnNames.length > 0;
  const fewest = Math.min(...rows.map(({ group }) => group.tally.answered));
  const isOpen = rows.some(({ group }) => group.tally.counts.undecided > 0);
  return [
    ...(isDrawn
      ? [
          `Drawn at random from the seed ${plan.seed}, ${plural(plan.draws, "time")} at the same values: ${plan.drawnNames.join(", ")}.`,
          ...(fewest > 1
            ? [
                `A share among ${countText(fewest)} draws or more estimates a probability, with a standard error of at most ${Number((50 / Math.sqrt(fewest)).toPrecision(2))} points of a hundred.`,
              ]
            : []),
          ...(isOpen
            ? ["Points that are undecided count among those that are answered, not among the possible ones."]
            : []),
          "Means are rounded; the least and the greatest are exact, as far as decimals show them. Points without an optimum have no part in them.",
        ]
      : []),
    `Each answer is proved at its own point, by mechlp ${version}; between points nothing is.`,
  ];
}
