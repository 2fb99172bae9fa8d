import type { IntegerVector } from "../number/rational-vector.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import { BasisStatus } from "../solver/solver.js";
import type { IntegerProgram } from "./integer-program.js";
import { PrimeField } from "./modular-arithmetic.js";
import type { ModularFactors } from "./modular-factors.js";
import { PAdicSolver } from "./p-adic-solve.js";
import { multiply, type SparseIntegers, sparseIntegers, toBigInts, transpose } from "./sparse-integers.js";
import { factorise } from "./sparse-lu-modular.js";

/** How many primes must agree that a proposed basis is singular. Being wrong about it only costs pivots. */
const PRIMES_TRIED = 3;

/**
 * The linear algebra of one simplex basis, exactly. With basic columns K and rows R whose logical is nonbasic, all that
 * has to be solved is the square kernel `A[R, K]`; the basic logicals follow by multiplication.
 *
 * All vectors over rows or columns that come out are full-length.
 */
export class BasisSystem {
  private readonly kernelColumns: Int32Array;
  private readonly kernelRows: Int32Array;
  private readonly kernel: SparseIntegers;
  private readonly factors: ModularFactors;
  private readonly field: PrimeField;
  private forward?: PAdicSolver;
  private backward?: PAdicSolver;

  /**
   * Factorises the basis in `status` (a BasisStatus for each variable). A singular basis, or one of the wrong size, is
   * repaired: columns that depend on others become nonbasic, and logicals replace them; `status` is changed.
   * A basis that is known to be nonsingular is never changed; primes are tried until one shows it.
   */
  constructor(
    private readonly program: IntegerProgram,
    readonly status: Uint8Array,
    private readonly checkpoint: () => void,
    knownNonsingular = false,
  ) {
    let best: { field: PrimeField; factors: ModularFactors; kernel: SparseIntegers } | undefined;
    let [columns, rows] = kernelOf(program, status);
    let field = PrimeField.below();
    for (let tried = 0; knownNonsingular || tried < PRIMES_TRIED; tried++) {
      const kernel = best?.kernel ?? submatrix(program.rows, rows, columns, program.columnCount);
      const factors = factoriseKernel(kernel, columns.length, field, checkpoint);
      if (!best || factors.rank > best.factors.rank) best = { field, factors, kernel };
      if (factors.rank === columns.length && factors.rank === rows.length) break;
      field = PrimeField.below(field.prime);
    }
    if (!best) throw new Error("no prime was tried: this is a bug");
    let { factors, kernel } = best;
    if (factors.rank < columns.length || factors.rank < rows.length) {
      repair(program, status, columns, rows, factors);
      [columns, rows] = kernelOf(program, status);
      kernel = submatrix(program.rows, rows, columns, program.columnCount);
      factors = factoriseKernel(kernel, columns.length, best.field, checkpoint);
    }
    this.kernelColumns = columns;
    this.kernelRows = rows;
    this.kernel = kernel;
    this.factors = factors;
    this.field = best.field;
  }

  /** Values of the columns, then of the logicals, at the basis' vertex. */
  vertex(): RationalVector {
    const { program, status } = this;
    const { columnCount, rowCount } = program;
    const nonbasic = packIntegers(
      Array.from({ length: program.variableCount }, (_, v) => nonbasicValue(program, status, v)),
    );
    const fromColumns = multiply(program.rows, nonbasic);
    const rhs = Array.from(
      this.kernelRows,
      (i) => BigInt(nonbasic[columnCount + i]) - BigInt(fromColumns[i]),
    );
    const solution = this.solveForward(packIntegers(rhs));
    const values: bigint[] = new Array(columnCount);
    const { denominator } = solution;
    for (let j = 0; j < columnCount; j++)
      values[j] = nonbasic[j] === 0 ? 0n : BigInt(nonbasic[j]) * denominator;
    this.kernelColumns.forEach((j, k) => {
      values[j] = BigInt(solution.numerators[k]);
    });
    const columns = packIntegers(values);
    const activities = multiply(program.rows, columns);
    const all = concatenate(columns, activities, columnCount, rowCount);
    return new RationalVector(all, denominator * program.boundDenominator);
  }

  /** Row multipliers `y` that make the reduced cost of every basic variable zero. `cost`: one for each variable. */
  duals(cost: RationalVector): RationalVector {
    const { program, status } = this;
    const { columnCount, rowCount } = program;
    const y = new Array<bigint>(rowCount).fill(0n);
    let anyLogicalCost = false;
    for (let i = 0; i < rowCount; i++) {
      if (status[columnCount + i] !== BasisStatus.BASIC) continue;
      y[i] = -cost.numeratorAt(columnCount + i);
      if (y[i] !== 0n) anyLogicalCost = true;
    }
    const fromLogicals = anyLogicalCost ? multiply(program.columns, packIntegers(y)) : undefined;
    const rhs = Array.from(
      this.kernelColumns,
      (j) => cost.numeratorAt(j) - (fromLogicals ? BigInt(fromLogicals[j]) : 0n),
    );
    const solution = this.solveBackward(packIntegers(rhs));
    const { denominator } = solution;
    if (anyLogicalCost && denominator !== 1n) for (let i = 0; i < rowCount; i++) y[i] *= denominator;
    this.kernelRows.forEach((i, k) => {
      y[i] = BigInt(solution.numerators[k]);
    });
    return new RationalVector(packIntegers(y), denominator * cost.denominator);
  }

  /** How all variables change when a nonbasic one grows by one and the other nonbasic ones stay. */
  direction(entering: number): RationalVector {
    const { program } = this;
    const { columnCount, rowCount } = program;
    const rhs = new Array<bigint>(this.kernelRows.length).fill(0n);
    if (entering >= columnCount) rhs[this.kernelRows.indexOf(entering - columnCount)] = 1n;
    else {
      const place = new Map(Array.from(this.kernelRows, (i, k) => [i, k]));
      const { start, index, value } = program.columns;
      for (let k = start[entering]; k < start[entering + 1]; k++) {
        const at = place.get(index[k]);
        if (at !== undefined) rhs[at] = -BigInt(value[k]);
      }
    }
    const solution = this.solveForward(packIntegers(rhs));
    const change = new Array<bigint>(columnCount).fill(0n);
    this.kernelColumns.forEach((j, k) => {
      change[j] = BigInt(solution.numerators[k]);
    });
    if (entering < columnCount) change[entering] = solution.denominator;
    const columns = packIntegers(change);
    const all = concatenate(columns, multiply(program.rows, columns), columnCount, rowCount);
    return new RationalVector(all, solution.denominator);
  }

  /**
   * Row multipliers `u` that write a basic variable in terms of the nonbasic ones:
   * `variable = sum of (A'u)_j * x_j over nonbasic columns j  -  sum of u_i * logical_i over nonbasic logicals i`.
   */
  tableauRow(basic: number): RationalVector {
    const { program } = this;
    const { columnCount, rowCount } = program;
    const rhs = new Array<bigint>(this.kernelColumns.length).fill(0n);
    if (basic < columnCount) rhs[this.kernelColumns.indexOf(basic)] = 1n;
    else {
      const place = new Map(Array.from(this.kernelColumns, (j, k) => [j, k]));
      const { start, index, value } = program.rows;
      const row = basic - columnCount;
      for (let k = start[row]; k < start[row + 1]; k++) {
        const at = place.get(index[k]);
        if (at !== undefined) rhs[at] = BigInt(value[k]);
      }
    }
    const solution = this.solveBackward(packIntegers(rhs));
    const { numerators, denominator } = solution;
    const row = basic - columnCount;
    if (numerators instanceof Float64Array && denominator <= BigInt(Number.MAX_SAFE_INTEGER)) {
      const u = new Float64Array(rowCount);
      this.kernelRows.forEach((i, k) => {
        u[i] = 0 - numerators[k];
      });
      if (row >= 0) u[row] = Number(denominator);
      return new RationalVector(u, denominator);
    }
    const u = new Array<bigint>(rowCount).fill(0n);
    this.kernelRows.forEach((i, k) => {
      u[i] = -BigInt(numerators[k]);
    });
    if (row >= 0) u[row] = denominator;
    return new RationalVector(packIntegers(u), denominator);
  }

  private solveForward(rhs: IntegerVector): RationalVector {
    this.forward ??= new PAdicSolver({
      equations: this.kernel,
      field: this.field,
      solveModular: (b, x) => this.factors.solve(b, x),
    });
    return this.forward.solve(rhs, this.checkpoint);
  }

  private solveBackward(rhs: IntegerVector): RationalVector {
    this.backward ??= new PAdicSolver({
      equations: transpose(this.kernel, this.kernelColumns.length),
      field: this.field,
      solveModular: (c, y) => this.factors.solveTransposed(c, y),
    });
    return this.backward.solve(rhs, this.checkpoint);
  }
}

/** The value, over `boundDenominator`, at which a status holds a nonbasic variable; 0 for a basic one. */
export function nonbasicValue(program: IntegerProgram, status: Uint8Array, variable: number): bigint {
  const held = status[variable];
  if (held === BasisStatus.AT_LOWER) return program.lower[variable] ?? 0n;
  if (held === BasisStatus.AT_UPPER) return program.upper[variable] ?? 0n;
  return 0n;
}

/** The status of a nonbasic variable that stands at `wanted` if it has that bound, else where it can stand. */
export function nonbasicStatus(program: IntegerProgram, variable: number, wanted: number): number {
  const hasLower = program.lower[variable] !== undefined;
  const hasUpper = program.upper[variable] !== undefined;
  if (wanted === BasisStatus.AT_UPPER && hasUpper) return BasisStatus.AT_UPPER;
  if (hasLower) return BasisStatus.AT_LOWER;
  return hasUpper ? BasisStatus.AT_UPPER : BasisStatus.NONBASIC_FREE;
}

function kernelOf(program: IntegerProgram, status: Uint8Array): [columns: Int32Array, rows: Int32Array] {
  const columns: number[] = [];
  const rows: number[] = [];
  const { columnCount, rowCount } = program;
  for (let j = 0; j < columnCount; j++) if (status[j] === BasisStatus.BASIC) columns.push(j);
  for (let i = 0; i < rowCount; i++) if (status[columnCount + i] !== BasisStatus.BASIC) rows.push(i);
  return [Int32Array.from(columns), Int32Array.from(rows)];
}

function repair(
  program: IntegerProgram,
  status: Uint8Array,
  columns: Int32Array,
  rows: Int32Array,
  factors: ModularFactors,
): void {
  const columnStays = new Set(factors.pivotColumn);
  const rowStays = new Set(factors.pivotRow);
  columns.forEach((j, k) => {
    if (!columnStays.has(k)) status[j] = nonbasicStatus(program, j, BasisStatus.AT_LOWER);
  });
  rows.forEach((i, k) => {
    if (!rowStays.has(k)) status[program.columnCount + i] = BasisStatus.BASIC;
  });
}

function factoriseKernel(
  kernel: SparseIntegers,
  columnCount: number,
  field: PrimeField,
  checkpoint: () => void,
): ModularFactors {
  const { start, index } = kernel;
  const value = Float64Array.from(kernel.value, (entry: number | bigint) => field.reduceInteger(entry));
  return factorise(
    { rowCount: start.length - 1, columnCount, start, index, value },
    field,
    undefined,
    checkpoint,
  );
}

/** The entries in some rows and columns, renumbered in the order given. */
export function submatrix(
  matrix: SparseIntegers,
  rows: Int32Array,
  columns: Int32Array,
  columnCount: number,
): SparseIntegers {
  const place = new Int32Array(columnCount).fill(-1);
  columns.forEach((j, k) => {
    place[j] = k;
  });
  const start = new Int32Array(rows.length + 1);
  const index: number[] = [];
  const from: number[] = [];
  rows.forEach((i, r) => {
    for (let k = matrix.start[i]; k < matrix.start[i + 1]; k++) {
      const at = place[matrix.index[k]];
      if (at < 0) continue;
      index.push(at);
      from.push(k);
    }
    start[r + 1] = index.length;
  });
  const { value } = matrix;
  const entries =
    value instanceof Float64Array
      ? Float64Array.from(from, (k) => value[k])
      : packIntegers(from.map((k) => value[k]));
  return sparseIntegers(start, Int32Array.from(index), entries);
}

function concatenate(a: IntegerVector, b: IntegerVector, aLength: number, bLength: number): IntegerVector {
  if (a instanceof Float64Array && b instanceof Float64Array) {
    const all = new Float64Array(aLength + bLength);
    all.set(a);
    all.set(b, aLength);
    return all;
  }
  return [...toBigInts(a), ...toBigInts(b)];
}
