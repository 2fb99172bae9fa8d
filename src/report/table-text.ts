import { type Cell, sharpImpossibilities, type TableEntry, table } from "../comparison/question-table.js";
import { Rational } from "../number/rational.js";
import { type Document, documentOf } from "./document.js";
import { decimalText, numberText } from "./number-text.js";
import { bracketText } from "./outward-text.js";
import type { Column } from "./text-table.js";

const incentives = { bayesian: "Bayesian IC", "ex-post": "ex post IC", dominant: "dominant IC" } as const;
const participation = { "ex-ante": "ex ante IR", interim: "interim IR", "ex-post": "ex post IR" } as const;

function moneyText({ budget, balance }: Cell): string {
  if (budget === "ex-ante") return "balance in expectation";
  return balance === "exact" ? "balance at every profile" : "no deficit at any profile";
}

export function cellText(cell: Cell): string {
  const ic = incentives[cell.ic as keyof typeof incentives];
  const ir = participation[cell.ir as keyof typeof participation];
  return `${ic}, ${ir}, ${moneyText(cell)}`;
}

/** What every combination of requirements costs, for a reader. */
export function tableDocument(entries: readonly TableEntry[], name: string, continuous: boolean): Document {
  const columns: Column[] = [
    { heading: "", kind: "words" },
    { heading: "", kind: "words" },
    ...table.ic.map((ic): Column => ({ heading: incentives[ic], kind: "words" })),
  ];
  const rows = table.money.flatMap((money, m) =>
    table.ir.map((ir, r) => {
      const own = entries.filter(
        ({ cell }) => cell.ir === ir && cell.budget === money.budget && cell.balance === money.balance,
      );
      const [{ cell }] = own;
      return [r === 0 || m < 0 ? moneyText(cell) : "", participation[ir], ...own.map(entryText)];
    }),
  );
  return documentOf(
    [
      {
        kind: "title",
        text: `${name}, ${continuous ? "continuous types" : "on its grid"}: what every combination of requirements costs`,
      },
      { kind: "lines", lines: [countLine(entries)], indented: true },
    ],
    [
      { kind: "table", columns, rows, keys: 2 },
      { kind: "notes", lines: notes(entries), indented: true },
    ],
    sharp(entries),
  );
}

function countLine(entries: readonly TableEntry[]): string {
  const count = (verdict: TableEntry["verdict"]) =>
    entries.filter((entry) => entry.verdict === verdict).length;
  const solved = entries.filter(({ how }) => how === "solved").length;
  const open = count("undecided");
  return `${entries.length} combinations: ${count("possible")} possible, ${count("impossible")} impossible${open > 0 ? `, ${open} open` : ""}; ${solved} solved, the others follow.`;
}

function entryText(entry: TableEntry): string {
  const mark = entry.how === "implied" ? " *" : "";
  return `${answerText(entry)}${mark}`;
}

/** `possible`, or the least outside money. */
function answerText({ verdict, infeasible, lower, upper, how }: TableEntry): string {
  if (typeof how === "object") return "?";
  if (infeasible) return "none";
  if (verdict === "possible") return "possible";
  if (lower && upper?.equals(lower)) return decimalText(lower);
  return bracketText({ lower, upper });
}

function notes(entries: readonly TableEntry[]): string[] {
  const reasons = new Set(entries.flatMap(({ how }) => (typeof how === "object" ? [how.notCovered] : [])));
  return [
    "possible: without outside money; a number: the least outside money in expectation; none: no outside money serves.",
    "* follows from others: what asks more needs at least as much, and a surplus may be given back.",
    ...[...reasons].map((reason) => `? ${reason}.`),
  ];
}

/** What one step less would make possible, and what it would otherwise cost. */
function sharp(entries: readonly TableEntry[]): Document[number] {
  const items = sharpImpossibilities(entries).flatMap(({ entry, weakened }) => {
    const price = priceText(entry);
    if (weakened.length === 0)
      return [`${cellText(entry.cell)}: ${price}, and nothing weaker is in the table.`];
    const steps = weakened.map(({ cell }) => stepText(entry.cell, cell));
    const any =
      steps.length === 1 ? steps[0] : `${steps.slice(0, -1).join(", ")} or ${steps[steps.length - 1]}`;
    return [`${cellText(entry.cell)}: ${price}; possible with ${any} instead.`];
  });
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "Impossible, and possible once any single requirement is weakened" },
    { kind: "items", items },
  ];
}

function priceText({ infeasible, lower, upper }: TableEntry): string {
  if (infeasible) return "impossible whatever is paid";
  if (lower && upper?.equals(lower)) return `needs ${numberText(lower)}`;
  return `needs ${bracketText({ lower: lower ?? Rational.ZERO, upper })}`;
}

function stepText(from: Cell, to: Cell): string {
  if (from.ic !== to.ic) return incentives[to.ic as keyof typeof incentives];
  if (from.ir !== to.ir) return participation[to.ir as keyof typeof participation];
  return moneyText(to);
}
