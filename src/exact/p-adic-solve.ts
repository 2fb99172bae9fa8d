import { type IntegerVector, packIntegers, RationalVector } from "../number/rational-vector.js";
import { type PrimeField, TERMS_BETWEEN_REDUCTIONS } from "./modular-arithmetic.js";
import { reconstructFraction, symmetricResidue } from "./rational-reconstruction.js";
import { type SparseIntegers, sparseIntegers } from "./sparse-integers.js";

/** A nonsingular integer matrix, by its equations, and a solver for it modulo a prime. */
export interface LiftableSystem {
  readonly equations: SparseIntegers;
  readonly field: PrimeField;
  /** Writes into `x` the residues with `equations x = b`. */
  readonly solveModular: (b: Float64Array, x: Float64Array) => void;
}

/** A double that takes part in exact sums stays below this. */
const LARGEST_RESIDUAL = 2 ** 51;
const SPARE_BITS = 20;

/**
 * Dixon's p-adic lifting (1982): digit after digit of the solution of `equations x = rhs` modulo powers of the prime.
 * Matrix entries and right-hand sides too large for exact doubles are written in base p too, and their higher digits join
 * the residual when their turn comes, so every step runs in doubles whatever the size of the numbers.
 */
export class PAdicSolver {
  private readonly matrixDigits: readonly SparseIntegers[];

  constructor(private readonly system: LiftableSystem) {
    this.matrixDigits = digitsOfMatrix(system.equations, system.field);
  }

  /** The exact solution. `checkpoint` is called between steps and may throw. */
  solve(rhs: IntegerVector, checkpoint?: () => void): RationalVector {
    const size = this.system.equations.start.length - 1;
    if (rhs.length !== size) throw new RangeError(`${rhs.length} right-hand sides for ${size} equations`);
    const rhsDigits = digitsOfVector(rhs, this.system.field);
    const residual = rhsDigits.length > 0 ? rhsDigits[0].slice() : new Float64Array(size);
    const digits: Float64Array[] = [];
    const reconstruction = new Reconstruction(this.system, rhs, digits);
    for (let attemptAt = 2; ; ) {
      if (digits.length >= rhsDigits.length && this.matrixDigits.length === 1 && isZero(residual)) {
        return reconstruction.integers();
      }
      if (digits.length >= attemptAt) {
        const solution = reconstruction.attempt();
        if (solution) return solution;
        attemptAt = Math.max(attemptAt + 1, Math.floor(attemptAt * 1.4));
      }
      checkpoint?.();
      this.step(residual, digits);
      const next = rhsDigits[digits.length];
      if (next) for (let i = 0; i < size; i++) residual[i] += next[i];
    }
  }

  /** Appends the next digit of the solution and divides what is left of the right-hand side by the prime. */
  private step(residual: Float64Array, digits: Float64Array[]): void {
    const { prime, reciprocal } = this.system.field;
    const size = residual.length;
    const carry = new Float64Array(size);
    for (let s = 1; s < this.matrixDigits.length && s <= digits.length; s++) {
      this.subtractProduct(this.matrixDigits[s], digits[digits.length - s], residual, carry);
    }
    const reduced = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      reduced[i] = residual[i] - prime * Math.floor(residual[i] * reciprocal + 0.5);
    }
    const digit = new Float64Array(size);
    this.system.solveModular(reduced, digit);
    digits.push(digit);
    this.subtractProduct(this.matrixDigits[0], digit, residual, carry);
    for (let i = 0; i < size; i++) {
      const quotient = residual[i] / prime;
      if (!Number.isInteger(quotient)) throw new Error("p-adic lifting lost a digit: this is a bug");
      residual[i] = quotient + carry[i];
    }
  }

  /** Subtracts `matrix digit` from `rest + prime * carry`, keeping `rest` small. */
  private subtractProduct(
    matrix: SparseIntegers,
    digit: Float64Array,
    rest: Float64Array,
    carry: Float64Array,
  ): void {
    const { prime, reciprocal } = this.system.field;
    const { start, index } = matrix;
    const value = matrix.value as Float64Array;
    for (let i = 0; i < rest.length; i++) {
      let sum = rest[i];
      let k = start[i];
      const end = start[i + 1];
      while (k < end) {
        const stop = Math.min(end, k + TERMS_BETWEEN_REDUCTIONS);
        for (; k < stop; k++) sum -= value[k] * digit[index[k]];
        const quotient = Math.floor(sum * reciprocal + 0.5);
        carry[i] += quotient;
        sum -= prime * quotient;
      }
      rest[i] = sum;
    }
  }
}

/** Turns the digits found so far into fractions, and proves that they solve the system. */
class Reconstruction {
  private readonly prime: bigint;
  private readonly largestSum: bigint;
  private readonly largestRhs: bigint;
  /** The component that needed more digits last time is asked first. */
  private probe = 0;

  constructor(
    private readonly system: LiftableSystem,
    rhs: IntegerVector,
    private readonly digits: readonly Float64Array[],
  ) {
    this.prime = BigInt(system.field.prime);
    this.largestSum = largestLineSum(system.equations);
    this.largestRhs = largestSize(rhs);
  }

  integers(): RationalVector {
    const size = this.system.equations.start.length - 1;
    return new RationalVector(packIntegers(Array.from({ length: size }, (_, j) => this.residue(j))), 1n);
  }

  /** The solution, or undefined when more digits are needed. */
  attempt(): RationalVector | undefined {
    const size = this.system.equations.start.length - 1;
    const modulus = this.prime ** BigInt(this.digits.length);
    const spareBits = SPARE_BITS + this.largestSum.toString(2).length;
    const largestPlausible = modulus >> BigInt(spareBits);
    const numerators = new Array<bigint>(size);
    const over = new Array<bigint>(size);
    let denominator = 1n;
    for (let count = 0; count < size; count++) {
      const j = (this.probe + count) % size;
      let numerator = symmetricResidue(this.residue(j) * denominator, modulus);
      if (numerator > largestPlausible || numerator < -largestPlausible) {
        const fraction = reconstructFraction(numerator, modulus, spareBits);
        if (!fraction) {
          this.probe = j;
          return undefined;
        }
        numerator = fraction.numerator;
        denominator *= fraction.denominator;
      }
      numerators[j] = numerator;
      over[j] = denominator;
    }
    let largest = 0n;
    for (let j = 0; j < size; j++) {
      if (over[j] !== denominator) numerators[j] *= denominator / over[j];
      const magnitude = numerators[j] < 0n ? -numerators[j] : numerators[j];
      if (magnitude > largest) largest = magnitude;
    }
    // Both sides of `equations numerators = denominator rhs` agree modulo the modulus; below it in size, they are equal.
    if (this.largestSum * largest + denominator * this.largestRhs >= modulus) return undefined;
    return new RationalVector(packIntegers(numerators), denominator);
  }

  /** The solution's component modulo `prime^digits`, two digits at a time. */
  private residue(j: number): bigint {
    const { digits } = this;
    const { prime } = this.system.field;
    const square = this.prime * this.prime;
    let t = digits.length;
    if (t === 0) return 0n;
    let value = t % 2 === 1 ? BigInt(digits[--t][j]) : 0n;
    for (; t > 0; t -= 2) value = value * square + BigInt(digits[t - 1][j] * prime + digits[t - 2][j]);
    return value;
  }
}

function largestLineSum(matrix: SparseIntegers): bigint {
  if (matrix.largestSum <= Number.MAX_SAFE_INTEGER) return BigInt(matrix.largestSum);
  let largest = 0n;
  for (let i = 0; i + 1 < matrix.start.length; i++) {
    let sum = 0n;
    for (let k = matrix.start[i]; k < matrix.start[i + 1]; k++) {
      const entry = BigInt(matrix.value[k]);
      sum += entry < 0n ? -entry : entry;
    }
    if (sum > largest) largest = sum;
  }
  return largest;
}

function largestSize(vector: IntegerVector): bigint {
  let largest = 0n;
  if (vector instanceof Float64Array)
    return BigInt(vector.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
  for (const entry of vector) {
    const size = entry < 0n ? -entry : entry;
    if (size > largest) largest = size;
  }
  return largest;
}

function isZero(vector: Float64Array): boolean {
  for (let i = 0; i < vector.length; i++) if (vector[i] !== 0) return false;
  return true;
}

/** The matrix as it is if a step's sums stay exact in doubles, else one matrix for each digit in base p. */
function digitsOfMatrix(matrix: SparseIntegers, field: PrimeField): SparseIntegers[] {
  const { start, index, value } = matrix;
  if (value instanceof Float64Array && matrix.largestSum * (field.prime / 2 + 2) <= LARGEST_RESIDUAL) {
    return [matrix];
  }
  return digitsOfVector(packAsBigInts(value), field).map((digit) => sparseIntegers(start, index, digit));
}

/** A vector as a sum of `digit[t] * prime^t`, the digits symmetric; as it is if its entries are small. */
function digitsOfVector(vector: IntegerVector, field: PrimeField): Float64Array[] {
  if (vector instanceof Float64Array) {
    if (vector.every((entry) => Math.abs(entry) <= LARGEST_RESIDUAL)) return [vector];
    return digitsOfVector(packAsBigInts(vector), field);
  }
  const prime = BigInt(field.prime);
  const digits: Float64Array[] = [];
  vector.forEach((entry, i) => {
    for (let t = 0, rest = entry; rest !== 0n; t++) {
      const digit = field.reduceInteger(rest);
      digits[t] ??= new Float64Array(vector.length);
      digits[t][i] = digit;
      rest = (rest - BigInt(digit)) / prime;
    }
  });
  return digits;
}

function packAsBigInts(vector: IntegerVector): readonly bigint[] {
  return vector instanceof Float64Array ? Array.from(vector, BigInt) : vector;
}
