import { type IntegerVector, packIntegers, RationalVector } from "../number/rational-vector.js";
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
  let stalled = 0;
  for (;;) {
    const leaving = chooseLeaving(state, guard.useBland);
    if (leaving < 0) return undefined;
    if (stalled >= PIVOTS_BEFORE_PERTURBATION) {
      cost = perturbed(state, cost);
      onDualFeasible = undefined;
      stalled = 0;
    }
    const { y, reducedCost } = state.dualPoint(cost);
    onDualFeasible?.(y);
    const row = new LeavingRow(state, leaving);
    const entering = row.chooseEntering(reducedCost, guard.useBland);
    if (entering < 0) return row.infeasibility;
    state.pivot(entering, leaving, row.below ? BasisStatus.AT_LOWER : BasisStatus.AT_UPPER);
    const progress = reducedCost.numeratorAt(entering) !== 0n;
    guard.record(state.status, progress);
    stalled = progress ? 0 : stalled + 1;
  }
}

/** Pivots without progress after which costs are perturbed: by then ties, not distance, decide the path. */
const PIVOTS_BEFORE_PERTURBATION = 12;

/**
 * The cost with the reduced cost of every nonbasic variable moved away from zero by its own small amount, on the side
 * that keeps the basis dual feasible. Ties vanish, and with them the stalling; the primal method restores the true cost.
 */
function perturbed(state: SimplexState, cost: RationalVector): RationalVector {
  const { program, status } = state;
  const amounts = cost.numeratorsOver(cost.denominator);
  let draw = 1;
  for (let v = 0; v < program.variableCount; v++) {
    draw = (draw * 48271) % 2147483647;
    const amount = BigInt(1 + (draw % 997));
    if (status[v] === BasisStatus.AT_LOWER) amounts[v] += amount;
    else if (status[v] === BasisStatus.AT_UPPER) amounts[v] -= amount;
  }
  return new RationalVector(packIntegers(amounts), cost.denominator);
}

/**
 * A proof of infeasibility that the basis already contains, in any of its rows. The last basis of a float solver that claims
 * infeasibility has one, mostly in a row that is far out, but it need not be in the one that the dual method would look at.
 */
export function infeasibilityAtBasis(state: SimplexState): Infeasibility | undefined {
  const { program, status } = state;
  const outside: { readonly variable: number; readonly distance: number }[] = [];
  for (let variable = 0; variable < program.variableCount; variable++) {
    if (status[variable] !== BasisStatus.BASIC) continue;
    const violation = state.violation(variable);
    if (violation === 0n) continue;
    // Rows are compared as they were given, not as whole numbers; being wrong about the order only costs time.
    const row = variable - program.columnCount;
    const scale = row < 0 ? 1 : Number(program.rowScale[row]);
    outside.push({ variable, distance: Math.abs(Number(violation)) / scale });
  }
  outside.sort((a, b) => b.distance - a.distance);
  for (const { variable } of outside) {
    state.budget.check();
    const row = new LeavingRow(state, variable);
    if (row.chooseEntering(undefined, true) < 0) return row.infeasibility;
  }
  return undefined;
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

/** A basic variable outside its bounds, and how it depends on the nonbasic ones. */
class LeavingRow {
  readonly below: boolean;
  private readonly u: RationalVector;
  private readonly onColumns: IntegerVector;

  constructor(
    private readonly state: SimplexState,
    variable: number,
  ) {
    this.below = state.violation(variable) < 0n;
    const { u, onColumns } = state.tableauRow(variable);
    this.u = u;
    this.onColumns = onColumns;
  }

  /** The proof, once no variable can enter. */
  get infeasibility(): Infeasibility {
    return { u: this.u, sign: this.below ? 1 : -1 };
  }

  /**
   * The nonbasic variable whose reduced cost vanishes first as the leaving one's grows, among those that can
   * move the leaving one towards its bound. Ties: the first under Bland's rule, else the steepest. -1 if there is none.
   * Without reduced costs, all ratios count as equal.
   */
  chooseEntering(reducedCost: RationalVector | undefined, first: boolean): number {
    const { program, status } = this.state;
    let chosen = -1;
    let chosenCost = 0n;
    let chosenSlope = 1n;
    for (let v = 0; v < program.variableCount; v++) {
      if (status[v] === BasisStatus.BASIC || isFixed(program, v)) continue;
      let slope = this.slope(v);
      if (slope === 0n) continue;
      // A free variable enters at once and, having no bound to violate, never leaves again.
      if (status[v] === BasisStatus.NONBASIC_FREE) return v;
      const mustGrow = slope > 0n === this.below;
      if (mustGrow !== (status[v] === BasisStatus.AT_LOWER)) continue;
      if (slope < 0n) slope = -slope;
      const signed = reducedCost?.numeratorAt(v) ?? 0n;
      const size = signed < 0n ? -signed : signed;
      const difference = chosen < 0 ? -1n : size * chosenSlope - chosenCost * slope;
      if (difference < 0n || (difference === 0n && !first && slope > chosenSlope)) {
        chosen = v;
        chosenCost = size;
        chosenSlope = slope;
      }
    }
    return chosen;
  }

  /** How the leaving variable changes with a nonbasic one. */
  private slope(variable: number): bigint {
    const { columnCount } = this.state.program;
    return variable < columnCount
      ? BigInt(this.onColumns[variable])
      : -this.u.numeratorAt(variable - columnCount);
  }
}
