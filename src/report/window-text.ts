import type { Window } from "../comparison/window.js";
import { type Document, documentOf, withItems } from "./document.js";
import { decimalText } from "./number-text.js";
import { questionText } from "./question-text.js";

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
    [{ kind: "notes", lines: proofLines(window) }],
  );
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
          "Between values nothing is proved: an answer may change there and change back.",
        ];
  return shortfall === undefined ? proved : [...proved, `Not all values were asked: ${shortfall}.`];
}
