import { type Cell, sharpImpossibilities, type TableEntry } from "../comparison/question-table.js";
import type { CsvTable } from "./csv.js";
import { twoCells, twoColumns } from "./csv.js";
import { boundsJson, numberJson, present } from "./number-json.js";

/** The table for a machine: every cell with what is proved of it, and from which others it follows. */
export function tableJson(entries: readonly TableEntry[], name: string, continuous: boolean): object {
  return {
    instance: name,
    types: continuous ? "continuous" : "grid",
    cells: entries.map(entryJson),
    sharp: sharpImpossibilities(entries).map(({ entry, weakened }) => ({
      cell: entry.cell,
      possible: weakened.map(({ cell }) => cell),
    })),
  };
}

function entryJson(entry: TableEntry): object {
  const { cell, verdict, infeasible, how, weaker, stronger } = entry;
  const optimum = optimumOf(entry);
  return {
    ...cell,
    verdict,
    ...(infeasible && { infeasible }),
    ...present({
      optimum: optimum && numberJson(optimum),
      bounds: infeasible || optimum || typeof how === "object" ? undefined : boundsJson(entry),
      notCovered: typeof how === "object" ? how.notCovered : undefined,
      followsFrom: how === "implied" ? present({ weaker, stronger }) : undefined,
    }),
  };
}

function optimumOf({ infeasible, lower, upper }: TableEntry) {
  return !infeasible && lower && upper?.equals(lower) ? lower : undefined;
}

/** The same for a spreadsheet. */
export function tableCsv(entries: readonly TableEntry[]): CsvTable {
  const asked = ["ic", "ir", "budget", "balance"] as const satisfies readonly (keyof Cell)[];
  return {
    name: "table.csv",
    columns: [...asked, "verdict", "how", ...twoColumns("at least"), ...twoColumns("at most")],
    rows: entries.map((entry) => [
      ...asked.map((part) => entry.cell[part]),
      entry.infeasible ? "infeasible" : entry.verdict,
      typeof entry.how === "object" ? "not covered" : entry.how,
      ...twoCells(entry.lower),
      ...twoCells(entry.upper),
    ]),
  };
}
