import { type LinearProgram, nonzeroCount } from "../lp/linear-program.js";
import type { Problem } from "../question/problem.js";

/** Size of a formulation: of its linear program, or of its graphs (rows are arcs, columns are nodes). */
export interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly nonzeros: number;
  /**
   * How what is solved compares, where it is not just so: it has no more than these, or no less; it starts from these and grows
   * by what is found to be missing; or they are an estimate.
   */
  readonly known?: "at most" | "at least" | "at first" | "about";
}

export function sizeOf(program: LinearProgram): Size {
  return { rows: program.rowCount, columns: program.columnCount, nonzeros: nonzeroCount(program) };
}

/** More profiles than this are not looked at one by one for a size. */
const MOST_PROFILES = 1e6;

/** At how many profiles the lottery is left to the design, and over how many outcomes all in all; at most so many where these are many. */
export function choiceCounts({ environment, question, allowed }: Problem): {
  readonly profiles: number;
  readonly outcomes: number;
} {
  const { count } = environment.profiles;
  const width = environment.outcomes.length;
  const isOpen =
    question.allocation === "free" || (question.allocation === "efficient" && question.ties === "optimise");
  if (!isOpen || width === 1) return { profiles: 0, outcomes: 0 };
  if (question.allocation === "free" || count > MOST_PROFILES)
    return { profiles: count, outcomes: count * width };
  let profiles = 0;
  let outcomes = 0;
  for (let s = 0; s < count; s++) {
    if (allowed.fixed(s)) continue;
    profiles++;
    outcomes += allowed.outcomes(s).length;
  }
  return { profiles, outcomes };
}
