import { toRational } from "../number/rational-text.js";
import { type CsvTable, twoCells, twoColumns } from "../report/csv.js";
import type { Plan } from "./plan.js";
import type { Result } from "./result.js";
import { labelText } from "./summary.js";

/** All points for a spreadsheet, a row for each. */
export function pointsCsv({ axes }: Plan, results: Iterable<Result>): CsvTable {
  return {
    name: "points.csv",
    columns: [
      "point",
      ...axes.map(({ name }) => name),
      ...["draw", "drawn", "question", "verdict"],
      ...["optimum", "lower", "upper", "efficient gains"].flatMap(twoColumns),
      ...["why", "key"],
    ],
    rows: rowsOf(axes, results),
  };
}

function* rowsOf(axes: Plan["axes"], results: Iterable<Result>): Iterable<readonly string[]> {
  for (const result of results) {
    const { point, at, draw, drawn, question = "" } = result;
    const found = "failure" in result ? undefined : result;
    const numbers = [found?.optimum, found?.bounds?.lower, found?.bounds?.upper, found?.efficientGains];
    yield [
      String(point),
      ...axes.map(({ name }) => labelText(at[name])),
      draw === undefined ? "" : String(draw),
      drawn === undefined ? "" : JSON.stringify(drawn),
      question,
      found?.verdict ?? "failed",
      ...numbers.flatMap((number) => twoCells(number && toRational(number.exact))),
      "failure" in result ? result.failure : (result.shortfall ?? ""),
      found?.key ?? "",
    ];
  }
}
