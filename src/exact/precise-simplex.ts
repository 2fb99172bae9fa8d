import { BasisStatus } from "../solver/solver.js";
import { type IntegerProgram, isFixed } from "./integer-program.js";
import { PreciseTableau } from "./precise-tableau.js";

/** What a simplex method in 32 digits proposes. */
export interface PreciseProposal {
  readonly status: Uint8Array;
  readonly claimsInfeasible: boolean;
}

/** Times that bounds or costs are restored before the exact method takes over. */
const ROUNDS = 4;
/** Pivots without progress after which bounds are relaxed. */
const PIVOTS_BEFORE_RELAXING = 8;
/** Pivots for each row and column after which the path leads nowhere. */
const PIVOTS_PER_VARIABLE = 2;
/** How far costs and bounds are moved against ties. */
const NUDGE = 2 ** -20;

/**
 * A basis from the simplex method in 32 digits: for programs on which doubles fail, because numbers near one meet others near 10^9
 * and 10^-9. Costs are made dual feasible and moved apart, the dual method finds a vertex, the primal one goes on with the true cost
 * and with bounds moved apart where ties stall it. Whatever rounding does to it, exact pivots judge the basis.
 */
export function preciseBasis(program: IntegerProgram, checkpoint: () => void): PreciseProposal {
  return new PreciseSimplex(program, checkpoint).run();
}

class PreciseSimplex {
  private readonly tableau: PreciseTableau;
  private pivotsLeft: number;
  private draw = 1;

  constructor(
    program: IntegerProgram,
    private readonly checkpoint: () => void,
  ) {
    this.tableau = new PreciseTableau(program);
    this.pivotsLeft = PIVOTS_PER_VARIABLE * program.variableCount;
  }

  run(): PreciseProposal {
    const { tableau } = this;
    const { status } = tableau;
    for (let round = 0; round < ROUNDS; round++) {
      if (!this.isFeasible()) {
        this.makeDualFeasible();
        if (!this.dual()) return { status, claimsInfeasible: true };
        tableau.restoreCost();
      }
      const relaxed = this.primal();
      if (!relaxed || this.pivotsLeft <= 0) break;
      tableau.restoreBounds();
    }
    return { status, claimsInfeasible: false };
  }

  private isFeasible(): boolean {
    for (let r = 0; r < this.tableau.height; r++) if (this.tableau.violation(r) !== 0) return false;
    return true;
  }

  /** Reduced costs of the right sign, no two of them equal. */
  private makeDualFeasible(): void {
    const { tableau } = this;
    const { width, nonbasic, status, program } = tableau;
    let size = 0;
    for (let c = 0; c < width; c++) size = Math.max(size, Math.abs(tableau.reducedCost(c)));
    for (let c = 0; c < width; c++) {
      const v = nonbasic[c];
      if (isFixed(program, v)) continue;
      if (tableau.improvingMove(c) !== 0) {
        if (program.lower[v] !== undefined && program.upper[v] !== undefined) tableau.flip(c);
        else tableau.setReducedCost(c, 0);
      }
      const nudge = NUDGE * (size || 1) * this.random();
      if (status[v] === BasisStatus.AT_LOWER) tableau.setReducedCost(c, tableau.reducedCost(c) + nudge);
      else if (status[v] === BasisStatus.AT_UPPER) tableau.setReducedCost(c, tableau.reducedCost(c) - nudge);
    }
  }

  /** Until the vertex is feasible; false where no vertex is. */
  private dual(): boolean {
    const { tableau } = this;
    const { width, height, entry } = tableau;
    while (this.pivotsLeft-- > 0) {
      this.checkpoint();
      let leaving = -1;
      let most = 0;
      for (let r = 0; r < height; r++) {
        const violation = tableau.violation(r);
        if (violation === 0) continue;
        let norm = 1;
        for (let k = r * width; k < (r + 1) * width; k++) norm += entry[k] * entry[k];
        const steepness = (violation * violation) / norm;
        if (!(steepness > most)) continue;
        most = steepness;
        leaving = r;
      }
      if (leaving < 0) return true;
      const below = tableau.violation(leaving) < 0;
      const entering = this.dualEntering(leaving, below);
      if (entering < 0) return false;
      tableau.pivot(leaving, entering, !below);
    }
    return true;
  }

  private dualEntering(r: number, below: boolean): number {
    const { tableau } = this;
    const { width, entry, nonbasic, status, program } = tableau;
    let chosen = -1;
    let least = Infinity;
    let steepest = 0;
    for (let c = 0; c < width; c++) {
      const slope = entry[r * width + c];
      const v = nonbasic[c];
      if (slope === 0 || isFixed(program, v)) continue;
      const isFree = status[v] === BasisStatus.NONBASIC_FREE;
      const mustGrow = slope > 0 === below;
      if (!isFree && mustGrow !== (status[v] === BasisStatus.AT_LOWER)) continue;
      const ratio = isFree ? -1 : Math.abs(tableau.reducedCost(c) / slope);
      const isTie = Math.abs(ratio - least) <= 1e-12 * Math.abs(ratio);
      if (isTie ? Math.abs(slope) > steepest : ratio < least) {
        chosen = c;
        least = ratio;
        steepest = Math.abs(slope);
      }
    }
    return chosen;
  }

  /** Until the cost falls no more; whether bounds had to be relaxed. */
  private primal(): boolean {
    const { tableau } = this;
    const { height, width, entry } = tableau;
    let relaxed = false;
    let stalled = 0;
    while (this.pivotsLeft-- > 0) {
      this.checkpoint();
      const norms = new Float64Array(width).fill(1);
      for (let r = 0; r < height; r++) {
        for (let c = 0; c < width; c++) norms[c] += entry[r * width + c] ** 2;
      }
      let entering = -1;
      let most = 0;
      for (let c = 0; c < width; c++) {
        if (tableau.improvingMove(c) === 0) continue;
        const steepness = tableau.reducedCost(c) ** 2 / norms[c];
        if (!(steepness > most)) continue;
        most = steepness;
        entering = c;
      }
      if (entering < 0) return relaxed;
      const grows = tableau.improvingMove(entering) > 0;
      let leaving = -1;
      let least = Infinity;
      let steepest = 0;
      let leavesUp = false;
      for (let r = 0; r < height; r++) {
        const slope = entry[r * width + entering];
        if (slope === 0) continue;
        const up = slope > 0 === grows;
        const gap = tableau.gap(r, up);
        if (gap === Infinity) continue;
        const ratio = Math.max(0, gap) / Math.abs(slope);
        const isTie = Math.abs(ratio - least) <= 1e-12 * ratio;
        if (isTie ? Math.abs(slope) > steepest : ratio < least) {
          leaving = r;
          least = ratio;
          steepest = Math.abs(slope);
          leavesUp = up;
        }
      }
      const range = tableau.range(entering);
      if (range === Infinity && leaving < 0) return relaxed;
      if (range <= least) tableau.flip(entering);
      else tableau.pivot(leaving, entering, leavesUp);
      stalled = least === 0 ? stalled + 1 : 0;
      if (stalled >= PIVOTS_BEFORE_RELAXING && !relaxed) {
        tableau.relax(() => NUDGE * this.random());
        relaxed = true;
      }
    }
    return relaxed;
  }

  /** Between 1/2 and 3/2. */
  private random(): number {
    this.draw = (this.draw * 48271) % 2147483647;
    return 0.5 + this.draw / 2147483647;
  }
}
