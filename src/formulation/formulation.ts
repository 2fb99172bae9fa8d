import type { LinearProgram } from "../lp/linear-program.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Multipliers } from "../proof/multipliers.js";

/** A way to pose a problem as a linear program, and the way back. It decides no verdict; the proof does. */
export interface LinearFormulation {
  readonly name: string;
  readonly program: LinearProgram;
  /** The mechanism that a solution of the program describes. */
  recoverMechanism(primal: RationalVector): Mechanism;
  /** Multipliers of the direct linear program from row duals, or from a Farkas certificate. */
  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers;
}

/** Size of a formulation: of its linear program, or of its graphs (nodes, arcs). */
export interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly nonzeros: number;
}
