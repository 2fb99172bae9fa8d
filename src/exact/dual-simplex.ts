import type { RationalVector } from "../number/rational-vector.js";
import { BasisStatus } from "../solver/solver.js";
import { isFixed } from "./integer-program.js";
import { CycleGuard, type SimplexState } from "./simplex-state.js";

/** Row multipliers, in the units of the IntegerProgram, that prove it infeasible. */
export interface Infeasibility {
  readonly u: RationalVector;
  readonly sign: 1 | -1;
}

/**
 * Pivots from a dual feasible basis (under `cost`) until its vertex is primal feasible. Returns the proof when
 * no vertex is: a basic variable that all nonbasic ones together cannot bring to its bound.
 */
export function dualSimplex(
  state: SimplexState,
  cost: RationalVector,
  onDualFeasible?: (y: RationalVector) => void,
): Infeasibility | undefined {
  const guard = new CycleGuard();
  for (;;) {
    const leaving = chooseLeaving(state, guard.useBland);
    if (leaving < 0) return undefined;
    const { y, reducedCost } = state.dualPoint(cost);
    onDualFeasible?.(y);
    const below = state.violation(leaving) < 0n;
    const { u, onColumns } = state.tableauRow(leaving);
    const slope = (variable: number): bigint =>
      variable < state.program.columnCount
        ? BigInt(onColumns[variable])
        : -u.numeratorAt(variable - state.program.columnCount);
    const entering = chooseEntering(state, reducedCost, slope, below, guard.useBland);
    if (entering < 0) return { u, sign: below ? 1 : -1 };
    state.pivot(entering, leaving, below ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER);
    guard.record(state.status, reducedCost.numeratorAt(entering) !== 0n);
  }
}

/** A basic variable outside its bounds: the first, or the one farthest out. -1 if there is none. */
function chooseLeaving(state: SimplexState, first: boolean): number {
  let chosen = -1;
  let farthest = 0n;
  for (let v = 0; v < state.program.variableCount; v++) {
    if (state.status[v] !== BasisStatus.BASIC) continue;
    const violation = state.violation(v);
    const distance = violation < 0n ? -violation : violation;
    if (distance > farthest) {
      chosen = v;
      farthest = distance;
      if (first) return chosen;
    }
  }
  return chosen;
}

/**
 * The nonbasic variable whose reduced cost vanishes first as the leaving one's grows, among those that can
 * move it towards its bound. Ties: the first under Bland's rule, else the steepest. -1 if there is none.
 */
function chooseEntering(
  state: SimplexState,
  reducedCost: RationalVector,
  slope: (variable: number) => bigint,
  raise: boolean,
  first: boolean,
): number {
  let chosen = -1;
  let chosenCost = 0n;
  let chosenSlope = 1n;
  for (let v = 0; v < state.program.variableCount; v++) {
    const status = state.status[v];
    if (status === BasisStatus.BASIC || isFixed(state.program, v)) continue;
    let steepness = slope(v);
    if (steepness === 0n) continue;
    const growing = steepness > 0n === raise;
    // A free variable enters at once and, having no bound to violate, never leaves again.
    if (status === BasisStatus.NONBASIC_FREE) return v;
    if (growing !== (status === BasisStatus.AT_LOWER)) continue;
    if (steepness < 0n) steepness = -steepness;
    const signed = reducedCost.numeratorAt(v);
    const size = signed < 0n ? -signed : signed;
    const difference = chosen < 0 ? -1n : size * chosenSlope - chosenCost * steepness;
    if (difference < 0n || (difference === 0n && !first && steepness > chosenSlope)) {
      chosen = v;
      chosenCost = size;
      chosenSlope = steepness;
    }
  }
  return chosen;
}
