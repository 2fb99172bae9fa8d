import type { Window } from "../comparison/window.js";
import { type CsvTable, twoCells, twoColumns } from "./csv.js";

/** Every value of q that was asked, with what is proved there; both bounds are the optimum where it is known. */
export function windowCsv({ runs }: Window): Omit<CsvTable, "name"> {
  return {
    columns: [...twoColumns("q"), "answer", ...twoColumns("lower bound"), ...twoColumns("upper bound")],
    rows: runs
      .flatMap(({ points }) => points)
      .map(({ q, verdict, infeasible, optimum, lower, upper }) => [
        ...twoCells(q),
        verdict,
        ...twoCells(infeasible ? undefined : (optimum ?? lower)),
        ...twoCells(infeasible ? undefined : (optimum ?? upper)),
      ]),
  };
}
