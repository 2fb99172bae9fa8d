import { Rational } from "../number/rational.js";
import { type IntegerVector, RationalVector } from "../number/rational-vector.js";
import { BasisStatus } from "../solver/solver.js";
import { BasisSystem, nonbasicStatus } from "./basis-system.js";
import type { Budget } from "./budget.js";
import { type IntegerProgram, isFixed } from "./integer-program.js";
import { multiply, scaleIntegers, toBigInts } from "./sparse-integers.js";

/** Duals and reduced costs of a basis, the latter for every variable, over one denominator. */
export interface DualPoint {
  readonly y: RationalVector;
  readonly reducedCost: RationalVector;
}

/** What has been proved on the way to the optimum. */
export interface KnownBounds {
  lower?: { readonly objective: Rational; readonly y: RationalVector };
  upper?: { readonly objective: Rational; readonly x: RationalVector };
}

/** The current basis of an exact simplex run, with its vertex. */
export class SimplexState {
  readonly trueCost: RationalVector;
  private system: BasisSystem;
  private point?: RationalVector;

  constructor(
    readonly program: IntegerProgram,
    readonly status: Uint8Array,
    readonly budget: Budget,
    readonly known: KnownBounds = {},
  ) {
    const cost = [...toBigInts(program.cost), ...new Array<bigint>(program.rowCount).fill(0n)];
    this.trueCost = new RationalVector(cost, program.costDenominator);
    this.system = new BasisSystem(program, status, budget.check);
  }

  /** Values of all variables at the basis' vertex. */
  get vertex(): RationalVector {
    this.point ??= this.system.vertex();
    return this.point;
  }

  /** How much a variable's value exceeds its upper (positive) or misses its lower bound (negative), over the vertex' denominator. */
  violation(variable: number): bigint {
    const { program, vertex } = this;
    const factor = vertex.denominator / program.boundDenominator;
    const value = vertex.numeratorAt(variable);
    const lower = program.lower[variable];
    if (lower !== undefined && value < lower * factor) return value - lower * factor;
    const upper = program.upper[variable];
    if (upper !== undefined && value > upper * factor) return value - upper * factor;
    return 0n;
  }

  isPrimalFeasible(): boolean {
    for (let v = 0; v < this.program.variableCount; v++) if (this.violation(v) !== 0n) return false;
    return true;
  }

  /** Duals and reduced costs under a cost vector over all variables. */
  dualPoint(cost: RationalVector): DualPoint {
    const { program } = this;
    const y = this.system.duals(cost);
    const factor = y.denominator / cost.denominator;
    const scaled = toBigInts(scaleIntegers(cost.numerators, factor));
    const priced = multiply(program.columns, y.numerators);
    const reduced = new Array<bigint>(program.variableCount);
    for (let j = 0; j < program.columnCount; j++) reduced[j] = scaled[j] - BigInt(priced[j]);
    for (let i = 0; i < program.rowCount; i++) {
      reduced[program.columnCount + i] = scaled[program.columnCount + i] + y.numeratorAt(i);
    }
    return { y, reducedCost: new RationalVector(reduced, y.denominator) };
  }

  /** Whether a nonbasic variable could move so that the cost falls: +1 by growing, -1 by shrinking, 0 if not. */
  improvingMove(variable: number, reducedCost: bigint): -1 | 0 | 1 {
    const status = this.status[variable];
    if (reducedCost === 0n || status === BasisStatus.BASIC || isFixed(this.program, variable)) return 0;
    if (reducedCost < 0n) return status === BasisStatus.AT_UPPER ? 0 : 1;
    return status === BasisStatus.AT_LOWER ? 0 : -1;
  }

  /** Cost of the vertex in the program's own units, without its offset. */
  objective(): Rational {
    const { program, vertex } = this;
    let total = 0n;
    for (let j = 0; j < program.columnCount; j++) {
      if (program.cost[j] !== 0 && program.cost[j] !== 0n) {
        total += BigInt(program.cost[j]) * vertex.numeratorAt(j);
      }
    }
    return Rational.of(total, program.costDenominator * vertex.denominator);
  }

  /** The vertex is primal feasible. */
  noteUpper(): void {
    this.known.upper = { objective: this.objective(), x: this.vertex };
  }

  /** `y` is dual feasible under the true cost. */
  noteLower(y: RationalVector): void {
    this.known.lower = { objective: this.objective(), y };
  }

  direction(entering: number): RationalVector {
    return this.system.direction(entering);
  }

  /** The multipliers `u` of BasisSystem.tableauRow, and what they make of every column. */
  tableauRow(basic: number): { u: RationalVector; onColumns: IntegerVector } {
    const u = this.system.tableauRow(basic);
    return { u, onColumns: multiply(this.program.columns, u.numerators) };
  }

  /** Moves a nonbasic variable to the other of its two bounds. */
  flip(variable: number): void {
    this.status[variable] =
      this.status[variable] === BasisStatus.AT_LOWER ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER;
    this.point = undefined;
  }

  /** Exchanges a basic variable, which goes to the bound named, for a nonbasic one. */
  pivot(entering: number, leaving: number, leavingStatus: number): void {
    this.budget.spendPivot();
    this.status[leaving] = nonbasicStatus(this.program, leaving, leavingStatus);
    this.status[entering] = BasisStatus.BASIC;
    // The pivot's element is not zero, so the new basis is nonsingular like the old one.
    this.system = new BasisSystem(this.program, this.status, this.budget.check, true);
    this.point = undefined;
  }
}

/**
 * Notices when a run of pivots without progress comes back to a basis. From then on Bland's rule (1977) must be used,
 * until there is progress: so the simplex method ends.
 */
export class CycleGuard {
  private readonly seen = new Set<string>();
  useBland = false;

  record(status: Uint8Array, progress: boolean): void {
    if (progress) {
      this.seen.clear();
      this.useBland = false;
    } else if (!this.useBland) {
      const key = pack(status).join();
      this.useBland = this.seen.has(key);
      this.seen.add(key);
    }
  }
}

/** Eight statuses in each 16-bit unit. */
function pack(status: Uint8Array): Uint16Array {
  const packed = new Uint16Array(Math.ceil(status.length / 8));
  for (let v = 0; v < status.length; v++) packed[v >> 3] |= status[v] << (2 * (v & 7));
  return packed;
}
