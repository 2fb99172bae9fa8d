import { RationalVector } from "../number/rational-vector.js";
import { dualSimplex, type Infeasibility, infeasibilityAtBasis } from "./dual-simplex.js";
import { type PrimalEnd, primalSimplex } from "./primal-simplex.js";
import type { SimplexState } from "./simplex-state.js";

export type SimplexEnd = PrimalEnd | ({ readonly status: "infeasible" } & Infeasibility);

/**
 * The exact simplex method from any basis. Where the vertex is not feasible, the dual method first makes it so: with
 * the true cost if the basis is dual feasible, else with the cost of the offending variables shifted until it
 * is, which keeps the search near a basis that was almost right. The primal method then restores the true cost.
 * With a claim that the program is infeasible, the basis is first searched for a proof.
 */
export function exactSimplex(state: SimplexState, claimedInfeasible = false): SimplexEnd {
  if (!state.isPrimalFeasible()) {
    const proof = claimedInfeasible ? infeasibilityAtBasis(state) : undefined;
    if (proof) return { status: "infeasible", ...proof };
    const cost = dualFeasibleCost(state);
    const isTrue = cost === state.trueCost;
    const infeasibility = dualSimplex(state, cost, isTrue ? (y) => state.noteLower(y) : undefined);
    if (infeasibility) return { status: "infeasible", ...infeasibility };
  }
  return primalSimplex(state);
}

/** The true cost, after flips to the other bound, if that makes the basis dual feasible; else a shifted one. */
function dualFeasibleCost(state: SimplexState): RationalVector {
  const { program, trueCost } = state;
  const { reducedCost } = state.dualPoint(trueCost);
  const factor = reducedCost.denominator / trueCost.denominator;
  let shifted: bigint[] | undefined;
  for (let v = 0; v < program.variableCount; v++) {
    const excess = reducedCost.numeratorAt(v);
    if (state.improvingMove(v, excess) === 0) continue;
    if (program.lower[v] !== undefined && program.upper[v] !== undefined) state.flip(v);
    else {
      shifted ??= trueCost.numeratorsOver(reducedCost.denominator);
      shifted[v] = trueCost.numeratorAt(v) * factor - excess;
    }
  }
  return shifted ? new RationalVector(shifted, reducedCost.denominator) : trueCost;
}
