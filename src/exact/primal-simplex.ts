import type { RationalVector } from "../number/rational-vector.js";
import { BasisStatus } from "../solver/solver.js";
import { CycleGuard, type SimplexState } from "./simplex-state.js";

export type PrimalEnd =
  | { readonly status: "optimal"; readonly y: RationalVector }
  /** All variables may move along `direction` times `sign` for ever, and the cost falls. */
  | { readonly status: "unbounded"; readonly direction: RationalVector; readonly sign: 1 | -1 };

/** Pivots from a primal feasible vertex to an optimal one, or to a ray along which the cost falls for ever. */
export function primalSimplex(state: SimplexState): PrimalEnd {
  const guard = new CycleGuard();
  for (;;) {
    state.noteUpper();
    const { y, reducedCost } = state.dualPoint(state.trueCost);
    const entering = chooseEntering(state, reducedCost, guard.useBland);
    if (entering < 0) return { status: "optimal", y };
    const sign = state.improvingMove(entering, reducedCost.numeratorAt(entering)) > 0 ? 1 : -1;
    const direction = state.direction(entering);
    const limit = chooseLeaving(state, entering, direction, sign, guard.useBland);
    if (!limit) return { status: "unbounded", direction, sign };
    if (limit.variable === entering) state.flip(entering);
    else state.pivot(entering, limit.variable, limit.status);
    guard.record(state.status, limit.distance !== 0n);
  }
}

/** A nonbasic variable whose move lowers the cost: the first, or the one with the largest reduced cost. -1 if none. */
function chooseEntering(state: SimplexState, reducedCost: RationalVector, first: boolean): number {
  let chosen = -1;
  let largest = 0n;
  for (let v = 0; v < state.program.variableCount; v++) {
    const signed = reducedCost.numeratorAt(v);
    if (state.improvingMove(v, signed) === 0) continue;
    const size = signed < 0n ? -signed : signed;
    if (size > largest) {
      chosen = v;
      largest = size;
      if (first) return chosen;
    }
  }
  return chosen;
}

interface Limit {
  readonly variable: number;
  /** The bound that it reaches. */
  readonly status: number;
  /** How far it can go, in units of the vertex, and how fast it goes: the step is their quotient. */
  readonly distance: bigint;
  readonly speed: bigint;
}

/** The variable that first reaches a bound. Ties: the first under Bland's rule, else the fastest. */
function chooseLeaving(
  state: SimplexState,
  entering: number,
  direction: RationalVector,
  sign: 1 | -1,
  first: boolean,
): Limit | undefined {
  const { program, vertex, status } = state;
  const factor = vertex.denominator / program.boundDenominator;
  let limit: Limit | undefined;
  for (let v = 0; v < program.variableCount; v++) {
    if (status[v] !== BasisStatus.BASIC && v !== entering) continue;
    const change = direction.numeratorAt(v);
    if (change === 0n) continue;
    const grows = change > 0n === sign > 0;
    const bound = grows ? program.upper[v] : program.lower[v];
    if (bound === undefined) continue;
    const gap = bound * factor - vertex.numeratorAt(v);
    const distance = gap < 0n ? -gap : gap;
    const speed = change < 0n ? -change : change;
    const difference = limit ? distance * limit.speed - limit.distance * speed : -1n;
    if (difference < 0n || (difference === 0n && limit && !first && speed > limit.speed)) {
      limit = { variable: v, status: grows ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER, distance, speed };
    }
  }
  return limit;
}
