import type { Window, WindowPoint } from "../comparison/window.js";
import { type Document, documentOf, type Section, withItems } from "./document.js";
import { decimalText, numberText } from "./number-text.js";
import { bracketText } from "./outward-text.js";
import { questionText } from "./question-text.js";
import { optimumLabel } from "./verdict-text.js";

/** For a reader: what was varied, the question, where the answer changes, and what is proved of that. */
export function windowDocument(window: Window, name: string): Document {
  const { question, runs, continuous } = window;
  const asked = runs.reduce((sum, { points }) => sum + points.length, 0);
  const rows = runs.map(({ verdict, points }) => [
    verdict,
    decimalText(points[0].q),
    decimalText(points[points.length - 1].q),
    `${points.length}`,
  ]);
  const columns = [
    { heading: "answer", kind: "words" },
    { heading: "from q", kind: "numbers" },
    { heading: "to q", kind: "numbers" },
    { heading: "values asked", kind: "numbers" },
  ] as const;
  return documentOf(
    [
      { kind: "title", text: `${name}, ${continuous ? "continuous types" : "on its grid"}` },
      { kind: "lines", lines: [`${variedText(window)}.`], indented: true },
    ],
    withItems(questionText(question, continuous ? "any" : "as asked")),
    asked > 0 ? [{ kind: "lines", lines: changeLines(window) }] : [],
    asked > 0 ? [{ kind: "table", columns, rows }] : [],
    scanTable(window),
    [{ kind: "notes", lines: proofLines(window) }],
  );
}

/** The values that were asked first, one by one. */
function scanTable({ question, runs, continuous }: Window): Section {
  const points = runs.flatMap(({ points }) => points.filter(({ scanned }) => scanned));
  if (points.length === 0) return [];
  const label = optimumLabel(question);
  const columns = [
    { heading: "q", kind: "numbers" },
    { heading: "answer", kind: "words" },
    ...(label ? [{ heading: label, kind: "words" } as const] : []),
  ] as const;
  const rows = points.map((point) => [
    decimalText(point.q),
    point.verdict,
    ...(label ? [provedText(point)] : []),
  ]);
  const heading = `the values asked first${continuous ? "" : ", on their grids"}`;
  return [{ kind: "table", heading, columns, rows }];
}

/** The optimum, or what is known of it. */
function provedText({ infeasible, optimum, lower, upper }: WindowPoint): string {
  if (infeasible) return "none";
  if (optimum) return numberText(optimum);
  return lower || upper ? bracketText({ lower, upper }) : "not known";
}

/** `shares = ["q","1-q"]` */
export function variedText({ parameter, along }: Pick<Window, "parameter" | "along">): string {
  return `${parameter} = ${typeof along === "string" ? along : JSON.stringify(along)}`;
}

function changeLines({ runs }: Window): string[] {
  if (runs.length === 1) return [`The answer is the same at all values that were asked: ${runs[0].verdict}.`];
  return runs.slice(1).map(({ verdict, points }, k) => {
    const before = runs[k];
    const [from, to] = [before.points[before.points.length - 1].q, points[0].q].map(decimalText);
    return `The answer changes from ${before.verdict} to ${verdict} between ${from} and ${to}.`;
  });
}

function proofLines({ runs, shortfall }: Window): string[] {
  const asked = runs.flatMap(({ points }) => points);
  const open = asked.filter(({ verdict }) => verdict === "undecided").length;
  const values = asked.length === 1 ? "the one value" : `the ${asked.length} values`;
  const left =
    open > 0 ? `; at ${open} of them the answer is left open, within bounds that --json shows` : "";
  const proved =
    asked.length === 0
      ? ["No value of q was asked."]
      : [
          `Proved at ${values} of q that ${asked.length === 1 ? "was" : "were"} asked, one by one${left}.`,
          ...(runs.length > 1
            ? ["On both sides of each change the answer was verified anew from its file."]
            : []),
          "Between values nothing is proved: an answer may change there and change back.",
        ];
  return shortfall === undefined ? proved : [...proved, `Not all values were asked: ${shortfall}.`];
}
