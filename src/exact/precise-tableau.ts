import { BasisStatus } from "../solver/solver.js";
import { nonbasicStatus } from "./basis-system.js";
import { type IntegerProgram, isFixed } from "./integer-program.js";
import { variableUnits } from "./variable-units.js";

/** Bits behind the point: 115 digits. */
const BITS = 384n;
const ONE = 1n << BITS;
const UNIT = 2 ** -Number(BITS);
/** Smaller sizes are rounding. */
const ZERO = 2 ** (-Number(BITS) / 2);

/**
 * A simplex tableau in fixed-point numbers of 115 digits, from the basis of all logicals: the basic variables in terms of the
 * nonbasic ones, `x_B = T x_N`, in units in which entries are near one. It guides pivots and proves nothing.
 */
export class PreciseTableau {
  readonly width: number;
  readonly height: number;
  /** Of `T`, row by row, and behind it the reduced costs; as doubles, which are 0 where there is nothing but rounding. */
  readonly entry: Float64Array;
  private readonly exact: bigint[];
  /** The variable of each row and of each column. */
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  readonly status: Uint8Array;
  /** The values of basic variables. */
  private readonly value: bigint[];
  private lower: (bigint | undefined)[] = [];
  private upper: (bigint | undefined)[] = [];
  private readonly cost: bigint[];
  private readonly units: Int32Array;

  constructor(readonly program: IntegerProgram) {
    const { rowCount, columnCount, rows, cost, costDenominator } = program;
    this.height = rowCount;
    this.width = columnCount;
    this.units = variableUnits(program);
    const { units } = this;
    this.entry = new Float64Array((rowCount + 1) * columnCount);
    this.exact = new Array<bigint>(this.entry.length).fill(0n);
    for (let i = 0; i < rowCount; i++) {
      for (let k = rows.start[i]; k < rows.start[i + 1]; k++) {
        const shift = units[rows.index[k]] - units[columnCount + i];
        this.put(i * columnCount + rows.index[k], fixed(rows.value[k], 1n, shift));
      }
    }
    this.basic = Int32Array.from({ length: rowCount }, (_, i) => columnCount + i);
    this.nonbasic = Int32Array.from({ length: columnCount }, (_, j) => j);
    this.cost = new Array<bigint>(program.variableCount).fill(0n);
    for (let j = 0; j < columnCount; j++) this.cost[j] = fixed(cost[j], costDenominator, units[j]);
    this.status = new Uint8Array(program.variableCount).fill(BasisStatus.BASIC);
    for (let j = 0; j < columnCount; j++) {
      this.status[j] = nonbasicStatus(
        program,
        j,
        this.cost[j] < 0n ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER,
      );
    }
    this.value = new Array<bigint>(rowCount);
    this.restoreBounds();
    this.restoreCost();
  }

  /** Bounds as they were given, and the values that follow from them. */
  restoreBounds(): void {
    const { height, width, exact, value, program, units } = this;
    const inUnits = (bound: bigint | undefined, v: number) =>
      bound === undefined ? undefined : fixed(bound, program.boundDenominator, -units[v]);
    this.lower = program.lower.map(inUnits);
    this.upper = program.upper.map(inUnits);
    for (let r = 0; r < height; r++) {
      let sum = 0n;
      for (let c = 0; c < width; c++) {
        const at = r * width + c;
        if (exact[at] !== 0n) sum += exact[at] * this.held(c);
      }
      value[r] = sum >> BITS;
    }
  }

  /** Reduced costs of the cost as it was given. */
  restoreCost(): void {
    const { height, width, exact, cost, basic, nonbasic } = this;
    const priced = Array.from(basic, (_, r) => r).filter((r) => cost[basic[r]] !== 0n);
    for (let c = 0; c < width; c++) {
      let sum = cost[nonbasic[c]] << BITS;
      for (const r of priced) sum += cost[basic[r]] * exact[r * width + c];
      this.put(height * width + c, sum >> BITS);
    }
  }

  /** Zero where it is no more than rounding. */
  reducedCost(c: number): number {
    return this.entry[this.height * this.width + c];
  }

  setReducedCost(c: number, value: number): void {
    this.put(this.height * this.width + c, fromDouble(value));
  }

  /** Whether a nonbasic variable could move so that the cost falls: +1 by growing, -1 by shrinking, 0 if not. */
  improvingMove(c: number): -1 | 0 | 1 {
    const v = this.nonbasic[c];
    const reduced = this.reducedCost(c);
    if (reduced === 0 || isFixed(this.program, v)) return 0;
    if (reduced < 0) return this.status[v] === BasisStatus.AT_UPPER ? 0 : 1;
    return this.status[v] === BasisStatus.AT_LOWER ? 0 : -1;
  }

  /** How far a basic variable is above its upper bound (positive) or below its lower one (negative). */
  violation(r: number): number {
    const below = this.gap(r, false);
    if (below < 0) return below;
    const above = this.gap(r, true);
    return above < 0 ? -above : 0;
  }

  /** How far a basic variable may move to a bound: negative where it is beyond it, infinite where there is none. */
  gap(r: number, up: boolean): number {
    const bound = (up ? this.upper : this.lower)[this.basic[r]];
    if (bound === undefined) return Infinity;
    return toDouble(up ? bound - this.value[r] : this.value[r] - bound);
  }

  /** From one bound of a nonbasic variable to the other. */
  range(c: number): number {
    const lower = this.lower[this.nonbasic[c]];
    const upper = this.upper[this.nonbasic[c]];
    return lower === undefined || upper === undefined ? Infinity : toDouble(upper - lower);
  }

  /** Moves the bounds of all basic variables outwards, each by its own small part of its size. */
  relax(part: () => number): void {
    for (const v of this.basic) {
      const [lower, upper] = [this.lower[v], this.upper[v]];
      if (lower !== undefined) this.lower[v] = lower - fromDouble(part() * (Math.abs(toDouble(lower)) || 1));
      if (upper !== undefined) this.upper[v] = upper + fromDouble(part() * (Math.abs(toDouble(upper)) || 1));
    }
  }

  /** Moves a nonbasic variable to the other of its two bounds. */
  flip(c: number): void {
    const v = this.nonbasic[c];
    const from = this.held(c);
    this.status[v] = this.status[v] === BasisStatus.AT_LOWER ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER;
    this.move(c, this.held(c) - from);
  }

  /** Exchanges the basic variable of row `p`, which goes to a bound, for the nonbasic one of column `q`. */
  pivot(p: number, q: number, toUpper: boolean): void {
    const { width, height, exact, value, basic, nonbasic, program, status } = this;
    const leaving = basic[p];
    const entering = nonbasic[q];
    const start = p * width;
    const element = exact[start + q];
    const bound = (toUpper ? this.upper : this.lower)[leaving] ?? 0n;
    const step = ((bound - value[p]) << BITS) / element;
    const reached = this.held(q) + step;
    this.move(q, step);
    // The leaving variable's row, solved for the entering one.
    const line: number[] = [];
    for (let c = 0; c < width; c++) {
      if (c === q || exact[start + c] === 0n) continue;
      this.put(start + c, -(exact[start + c] << BITS) / element);
      if (exact[start + c] !== 0n) line.push(c);
    }
    const inverse = (ONE << BITS) / element;
    this.put(start + q, inverse);
    for (let r = 0; r <= height; r++) {
      const first = r * width;
      const factor = exact[first + q];
      if (r === p || factor === 0n) continue;
      for (const c of line) this.put(first + c, exact[first + c] + ((factor * exact[start + c]) >> BITS));
      this.put(first + q, (factor * inverse) >> BITS);
    }
    status[leaving] = nonbasicStatus(program, leaving, toUpper ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER);
    status[entering] = BasisStatus.BASIC;
    basic[p] = entering;
    nonbasic[q] = leaving;
    value[p] = reached;
  }

  private put(at: number, value: bigint): void {
    const double = toDouble(value);
    this.exact[at] = double === 0 ? 0n : value;
    this.entry[at] = double;
  }

  /** The bound at which a nonbasic variable is held. */
  private held(c: number): bigint {
    const v = this.nonbasic[c];
    if (this.status[v] === BasisStatus.AT_LOWER) return this.lower[v] ?? 0n;
    if (this.status[v] === BasisStatus.AT_UPPER) return this.upper[v] ?? 0n;
    return 0n;
  }

  private move(c: number, step: bigint): void {
    const { height, width, exact, value } = this;
    for (let r = 0; r < height; r++) {
      const factor = exact[r * width + c];
      if (factor !== 0n) value[r] += (factor * step) >> BITS;
    }
  }
}

/** `numerator / denominator * 2^exponent` as a fixed-point number. */
function fixed(numerator: number | bigint, denominator: bigint, exponent: number): bigint {
  const shift = BITS + BigInt(exponent);
  const whole = BigInt(numerator);
  return shift >= 0n ? (whole << shift) / denominator : whole / (denominator << -shift);
}

function toDouble(value: bigint): number {
  const double = Number(value) * UNIT;
  return Math.abs(double) < ZERO ? 0 : double;
}

function fromDouble(value: number): bigint {
  return BigInt(Math.round(value * 2 ** 40)) << (BITS - 40n);
}
