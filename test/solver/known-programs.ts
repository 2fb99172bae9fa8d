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
function written(columns: readonly string[], rows: readonly string[], offset?: string): LinearProgram {
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

const byHand = "by hand: the dual values certify the optimum";

export const knownPrograms: readonly KnownProgram[] = [
  {
    title: "a minimum of costs over two requirements",
    source: byHand,
    program: written(["2 0 -", "3 0 -"], ["1 1 | 4 -", "1 3 | 6 -"]),
    termination: "optimal",
    objective: "9",
    primal: ["3", "1"],
    dual: ["3/2", "1/2"],
  },
  {
    title: "a maximum written as a minimum",
    source:
      "Hillier and Lieberman, Introduction to Operations Research, section 3.1 (Wyndor Glass): 36 at (2, 6)",
    program: written(["-3 0 -", "-5 0 -"], ["1 0 | - 4", "0 2 | - 12", "3 2 | - 18"]),
    termination: "optimal",
    objective: "-36",
    primal: ["2", "6"],
    dual: ["0", "-3/2", "-1"],
  },
  {
    title: "an objective with a constant",
    source: byHand,
    program: written(["1 0 -"], ["1/3 | 1 -"], "-7/2"),
    termination: "optimal",
    objective: "-1/2",
    primal: ["3"],
    dual: ["3"],
  },
  {
    title: "free variables, one of which turns negative",
    source: byHand,
    program: written(["1 - -", "2 - -"], ["1 1 | -3 -", "1 -1 | - 5"]),
    termination: "optimal",
    objective: "-7",
    primal: ["1", "-4"],
    dual: ["3/2", "-1/2"],
  },
  {
    title: "a fixed variable that has a cost",
    source: byHand,
    program: written(["1 3/2 3/2", "1 0 -"], ["1 1 | 4 -"]),
    termination: "optimal",
    objective: "4",
    primal: ["3/2", "5/2"],
    dual: ["1"],
  },
  {
    title: "nothing but fixed variables",
    source: byHand,
    program: written(["2 -5 -5"], ["3 | -20 -10"]),
    termination: "optimal",
    objective: "-10",
    primal: ["-5"],
    dual: ["0"],
  },
  {
    title: "fixed variables that break a row",
    source: "3 * (-5) is not at least -10",
    program: written(["2 -5 -5"], ["3 | -10 -"]),
    termination: "infeasible",
  },
  {
    title: "variables between two bounds",
    source: byHand,
    program: written(["-1 0 2", "-2 0 3/2"], ["1 1 | - 3"]),
    termination: "optimal",
    objective: "-9/2",
    primal: ["3/2", "3/2"],
    dual: ["-1"],
  },
  {
    title: "a variable with an upper bound only, below zero",
    source: byHand,
    program: written(["-1 - -2"], ["1 | -10 -"]),
    termination: "optimal",
    objective: "2",
    primal: ["-2"],
    dual: ["0"],
  },
  {
    title: "a range row at its lower end",
    source: byHand,
    program: written(["1 - -", "0 1 4"], ["1 -1 | -2 5"]),
    termination: "optimal",
    objective: "-1",
    primal: ["-1", "1"],
    dual: ["1"],
  },
  {
    title: "a range row at its upper end",
    source: byHand,
    program: written(["-1 - -", "0 1 4"], ["1 -1 | -2 5"]),
    termination: "optimal",
    objective: "-9",
    primal: ["9", "4"],
    dual: ["-1"],
  },
  {
    title: "equality rows",
    source: byHand,
    program: written(["1 0 -", "2 0 -", "3 0 -"], ["1 1 1 | 6 6", "1 -1 0 | 1 1"]),
    termination: "optimal",
    objective: "17/2",
    primal: ["7/2", "5/2", "0"],
    dual: ["3/2", "-1/2"],
  },
  {
    title: "rows of very different scale",
    source: byHand,
    program: written(["1 0 -", "1 0 -"], ["1/1000000 0 | 1/1000000 -", "0 3000 | 1000 -"]),
    termination: "optimal",
    objective: "4/3",
    primal: ["1", "1/3"],
    dual: ["1000000", "1/3000"],
  },
  {
    title: "an empty row whose bounds admit zero, and a row without bounds",
    source: byHand,
    program: written(["1 2 -"], ["0 | -1 1", "1 | - -"]),
    termination: "optimal",
    objective: "2",
    primal: ["2"],
    dual: ["0", "0"],
  },
  {
    title: "an empty row whose bounds exclude zero",
    source: "0 is not at least 1",
    program: written(["1 2 -"], ["0 | 1 2"]),
    termination: "infeasible",
  },
  {
    title: "no rows",
    source: byHand,
    program: written(["2 1 3", "-1 0 5"], []),
    termination: "optimal",
    objective: "-3",
    primal: ["1", "5"],
    dual: [],
  },
  {
    title: "no columns",
    source: byHand,
    program: written([], ["| -1 1"], "1/4"),
    termination: "optimal",
    objective: "1/4",
    primal: [],
    dual: ["0"],
  },
  {
    title: "no columns, and a row that needs some",
    source: "0 is not at least 1",
    program: written([], ["| 1 -"]),
    termination: "infeasible",
  },
  {
    title: "nothing at all",
    source: "the empty sum",
    program: written([], []),
    termination: "optimal",
    objective: "0",
    primal: [],
    dual: [],
  },
  {
    title: "bounds that a row cannot reach",
    source: "1 + 1 < 3",
    program: written(["1 0 1", "1 0 1"], ["1 1 | 3 -"]),
    termination: "infeasible",
  },
  {
    title: "contradicting equalities in free variables",
    source: "twice the first row contradicts the second",
    program: written(["0 - -", "0 - -"], ["1 1 | 1 1", "2 2 | 3 3"]),
    termination: "infeasible",
  },
  {
    title: "clashing bounds of a column",
    source: "3 > 2",
    program: written(["1 3 2"], []),
    termination: "infeasible",
  },
  {
    title: "clashing bounds of a row",
    source: "5 > 1",
    program: written(["1 0 -"], ["1 | 5 1"]),
    termination: "infeasible",
  },
  {
    title: "a program infeasible together with its dual",
    source: "the rows add up to 0 <= -1, and (1, 1) improves the cost",
    program: written(["-2 0 -", "1 0 -"], ["1 -1 | - 1", "-1 1 | - -2"]),
    termination: "infeasible",
  },
  {
    title: "a ray of ever smaller cost",
    source: "(1, 1) stays feasible and costs -2",
    program: written(["-1 0 -", "-1 0 -"], ["1 -1 | - 1"]),
    termination: "unbounded",
  },
  {
    title: "a free variable with a cost and no rows",
    source: "its cost has no end",
    program: written(["1 - -"], []),
    termination: "unbounded",
  },
  {
    title: "a degenerate vertex that Dantzig's rule cycles at",
    source: "Beale, Naval Research Logistics Quarterly 2 (1955) 269-275: -5/4 at (1, 0, 1, 0)",
    program: written(
      ["-3/4 0 -", "20 0 -", "-1/2 0 -", "6 0 -"],
      ["1/4 -8 -1 9 | - 0", "1/2 -12 -1/2 3 | - 0", "0 0 1 0 | - 1"],
    ),
    termination: "optimal",
    objective: "-5/4",
    primal: ["1", "0", "1", "0"],
    dual: ["0", "-3/2", "-5/4"],
  },
  {
    title: "another cycle",
    source: "Chvatal, Linear Programming (1983), chapter 3: 1 at (1, 0, 1, 0)",
    program: written(
      ["-10 0 -", "57 0 -", "9 0 -", "24 0 -"],
      ["1/2 -11/2 -5/2 9 | - 0", "1/2 -3/2 -1/2 1 | - 0", "1 0 0 0 | - 1"],
    ),
    termination: "optimal",
    objective: "-1",
    primal: ["1", "0", "1", "0"],
    dual: ["0", "-18", "-1"],
  },
  {
    title: "a cube that the simplex method walks around",
    source:
      "Klee and Minty (1972), as in Chvatal, Linear Programming (1983), chapter 4: 10000 at (0, 0, 10000)",
    program: written(
      ["-100 0 -", "-10 0 -", "-1 0 -"],
      ["1 0 0 | - 1", "20 1 0 | - 100", "200 20 1 | - 10000"],
    ),
    termination: "optimal",
    objective: "-10000",
    primal: ["0", "0", "10000"],
    dual: ["0", "0", "-1"],
  },
  {
    title: "the same equality three times",
    source: "all of the two units go to the cheaper column",
    program: written(["1 0 -", "3 0 -"], ["1 1 | 2 2", "2 2 | 4 4", "1 1 | 2 2"]),
    termination: "optimal",
    objective: "2",
    primal: ["2", "0"],
  },
];
