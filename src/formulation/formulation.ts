import type { Multipliers } from "../certificate/multipliers.js";
import type { LinearProgram } from "../lp/linear-program.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import type { Limits, Resolution } from "./resolution.js";
import type { Size } from "./size.js";

/** A way to pose a problem as a linear program, and the way back. It decides no verdict; the proof does. */
export interface LinearFormulation {
  readonly name: string;
  readonly program: LinearProgram;
  /** The mechanism that a solution of the program describes. */
  recoverMechanism(primal: RationalVector): StructuredMechanism;
  /** Multipliers of the direct linear program from row duals, or from a Farkas certificate. */
  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers;
}

/** The formulations by name; docs/theory.md has the theorem of each. */
export type FormulationName =
  | "paths"
  | "states"
  | "flow"
  | "exchangeable"
  | "virtual"
  | "interim"
  | "lazy"
  | "direct";

/** One way to pose and solve problems, with the theorem that allows it. */
export interface Formulation {
  /** As `--formulation` names it. */
  readonly name: FormulationName;
  /** What makes it equivalent to the direct linear program: author and year as in docs/references.md, or words. */
  readonly theorem: string;
  /** It solves a linear program, which may take long: bounds at hand are worth having before. */
  readonly programs?: true;
  /** The parameters of a question that it knows how to meet; none where absent. */
  readonly meets?: readonly string[];
  /** Why it does not apply to a problem without parameters, in words for the user; undefined when it does. */
  obstacle(problem: Problem): string | undefined;
  /** How large it would be, without building it. */
  size(problem: Problem): Size;
  /** The linear program that is solved, or from which it starts, where it is known beforehand. */
  program?(problem: Problem): LinearProgram | undefined;
  /**
   * Solves the problem and carries answers back, one after the other until whoever asked is content: where ties are left to the
   * design, each way of breaking them that is tried is one. Throws SolverUnavailable when the solver cannot be used.
   */
  resolve(problem: Problem, solver: Solver, limits: Limits): AsyncIterable<Resolution>;
}

/** Why a formulation does not apply to a problem, in words for the user; undefined when it does. */
export function obstacleTo({ meets = [], obstacle }: Formulation, problem: Problem): string | undefined {
  const unmet = Object.keys(problem.question.parameters ?? {}).filter((name) => !meets.includes(name));
  return unmet.length > 0
    ? `its theorem does not cover ${unmet.join(" and ")} in a question`
    : obstacle(problem);
}
