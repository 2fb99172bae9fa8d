import {
  type Cell,
  dropped,
  sharpImpossibilities,
  type TableEntry,
  table,
} from "../comparison/question-table.js";
import { Rational } from "../number/rational.js";
import { type Document, documentOf } from "./document.js";
import { numberText, rounded } from "./number-text.js";
import { bracketText, shortEnd } from "./outward-text.js";
import type { Column } from "./text-table.js";

const incentives = {
  none: "no IC",
  bayesian: "Bayesian IC",
  "ex-post": "ex post IC",
  dominant: "dominant IC",
} as const;
const participation = {
  none: "no IR",
  "ex-ante": "ex ante IR",
  interim: "interim IR",
  "ex-post": "ex post IR",
} as const;

function moneyText({ budget, balance }: Pick<Cell, "budget" | "balance">): string {
  if (budget === "none") return "no budget";
  if (budget === "ex-ante") return "ex ante balance";
  return balance === "exact" ? "ex post balance" : "no deficit";
}

/** Significant digits in a table that has little room. */
const DIGITS = 4;

export function cellText(cell: Cell): string {
  return `${incentives[cell.ic]}, ${participation[cell.ir]}, ${moneyText(cell)}`;
}

/** What every combination of requirements costs, for a reader. */
export function tableDocument(entries: readonly TableEntry[], name: string, continuous: boolean): Document {
  const columns: Column[] = [
    { heading: "", kind: "words" },
    { heading: "", kind: "words" },
    ...table.ic.map((ic): Column => ({ heading: incentives[ic], kind: "words" })),
  ];
  const rows = table.money.flatMap((money) =>
    table.ir
      .map((ir) => {
        const own = entries.filter(
          ({ cell }) => cell.ir === ir && cell.budget === money.budget && cell.balance === money.balance,
        );
        // Of what drops two requirements nothing is asked.
        const texts = table.ic
          .map((ic) => own.find(({ cell }) => cell.ic === ic))
          .map((entry) => (entry ? entryText(entry) : ""));
        return { ir, texts };
      })
      .filter(({ texts }) => texts.some((text) => text !== ""))
      .map(({ ir, texts }, r) => [r === 0 ? moneyText(money) : "", participation[ir], ...texts]),
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
  const whole = entries.filter(({ cell }) => dropped(cell) === 0);
  const solved = entries.filter(({ how }) => how === "solved").length;
  return `${whole.length} combinations: ${countsText(whole)}; with one requirement dropped, ${entries.length - whole.length} more: ${countsText(
    entries.filter((entry) => !whole.includes(entry)),
  )}. ${solved} solved, the others follow.`;
}

function countsText(entries: readonly TableEntry[]): string {
  const count = (verdict: TableEntry["verdict"]) =>
    entries.filter((entry) => entry.verdict === verdict).length;
  const open = count("undecided");
  return `${count("possible")} possible, ${count("impossible")} impossible${open > 0 ? `, ${open} open` : ""}`;
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
  if (lower && upper?.equals(lower)) return rounded(lower, DIGITS);
  const ends = { lower: lower ?? Rational.ZERO, upper };
  if (upper) return `${shortEnd(ends, "lower")} to ${shortEnd(ends, "upper")}`;
  return ends.lower.isZero ? "open" : `≥${shortEnd(ends, "lower")}`;
}

function notes(entries: readonly TableEntry[]): string[] {
  const reasons = new Set(entries.flatMap(({ how }) => (typeof how === "object" ? [how.notCovered] : [])));
  return [
    "possible: without outside money; a number: the least outside money in expectation, or between which two it lies; none: no outside money serves.",
    "no deficit: at any profile; ex post balance: exactly, at every profile.",
    "* follows from others: what asks more needs at least as much, and a surplus may be given back.",
    ...[...reasons].map((reason) => `? ${reason}.`),
  ];
}

/** What one step less would make possible, and what it would otherwise cost. */
function sharp(entries: readonly TableEntry[]): Document[number] {
  const items = sharpImpossibilities(entries).flatMap(({ entry, weakened }) => {
    const price = priceText(entry);
    const steps = weakened.map(({ cell }) => stepText(entry.cell, cell));
    const any = `${steps.slice(0, -1).join(", ")} or ${steps[steps.length - 1]}`;
    return [`${cellText(entry.cell)}: ${price}; possible with ${any} instead.`];
  });
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "Impossible, and possible once any single requirement is weakened or dropped" },
    { kind: "items", items },
  ];
}

function priceText({ infeasible, lower, upper }: TableEntry): string {
  if (infeasible) return "impossible whatever is paid";
  if (lower && upper?.equals(lower)) return `needs ${numberText(lower)}`;
  return `needs ${bracketText({ lower: lower ?? Rational.ZERO, upper })}`;
}

function stepText(from: Cell, to: Cell): string {
  if (from.ic !== to.ic) return incentives[to.ic];
  if (from.ir !== to.ir) return participation[to.ir];
  return moneyText(to);
}
