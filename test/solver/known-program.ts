import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { toRational } from "../../src/number/rational-text.js";
import type { Termination } from "../../src/solver/solver.js";

/** A number as text, or undefined for no bound. */
type Bound = string | undefined;
type Column = readonly [cost: string, lower: Bound, upper: Bound];
type Row = readonly [coefficients: readonly string[], lower: Bound, upper: Bound];

/** A program whose answer is known; `primal` and `dual` are given where they are unique. */
export interface KnownProgram {
  readonly title: string;
  readonly source: string;
  readonly program: LinearProgram;
  readonly termination: Termination;
  readonly objective?: string;
  readonly primal?: readonly string[];
  readonly dual?: readonly string[];
}

export function programOf(columns: readonly Column[], rows: readonly Row[], offset = "0"): LinearProgram {
  const builder = new LinearProgramBuilder("known program");
  const bound = (value: Bound) => (value === undefined ? undefined : toRational(value));
  builder.offset = toRational(offset);
  for (const [cost, lower, upper] of columns) {
    builder.addColumn(toRational(cost), { lower: bound(lower), upper: bound(upper) });
  }
  for (const [coefficients, lower, upper] of rows) {
    builder.addRow(
      coefficients.map((value, j) => [j, toRational(value)] as const),
      bound(lower),
      bound(upper),
    );
  }
  return builder.build();
}

/** Columns as "cost lower upper" and rows as "coefficients | lower upper", with "-" for no bound. */
export function written(columns: readonly string[], rows: readonly string[], offset?: string): LinearProgram {
  const bound = (text: string): Bound => (text === "-" ? undefined : text);
  return programOf(
    columns.map((column) => {
      const [cost, lower, upper] = column.split(" ");
      return [cost, bound(lower), bound(upper)];
    }),
    rows.map((row) => {
      const [coefficients, bounds] = row.split("|").map((part) => part.split(" ").filter(Boolean));
      return [coefficients, bound(bounds[0]), bound(bounds[1])];
    }),
    offset,
  );
}
