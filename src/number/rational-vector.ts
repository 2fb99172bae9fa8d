import type { Integer } from "./integer.js";
import { IntegerSum } from "./integer-sum.js";
import { gcd, lcm, Rational } from "./rational.js";

/** Integers as doubles while all of them are safe (at most 2^53 - 1 in size), as BigInts beyond. */
export type IntegerVector = Float64Array | readonly bigint[];

const LARGEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Stores integers as doubles if every one is safe, else as BigInts. */
export function packIntegers(values: readonly Integer[]): IntegerVector {
  const packed = new Float64Array(values.length);
  for (let k = 0; k < packed.length; k++) {
    const value = values[k];
    if (typeof value === "bigint" && (value > LARGEST_SAFE || value < -LARGEST_SAFE))
      return values.map(BigInt);
    packed[k] = Number(value);
  }
  return packed;
}

/** `a + factor * b`, entry by entry. May be put into a list of doubles, which must not be `a`. */
export function plusMultiple(
  a: IntegerVector,
  factor: Integer,
  b: IntegerVector,
  into: Float64Array,
): IntegerVector {
  if (a instanceof Float64Array && b instanceof Float64Array && typeof factor === "number") {
    let most = 0;
    for (let k = 0; k < into.length; k++) {
      const product = factor * b[k];
      const sum = a[k] + product;
      into[k] = sum;
      most = Math.max(most, Math.abs(product), Math.abs(sum));
    }
    // A rounded product or sum is at least 2^53 in size.
    if (isSafe(most)) return into;
  }
  const times = BigInt(factor);
  return Array.from(into, (_, k) => BigInt(a[k]) + times * BigInt(b[k]));
}

function isSafe(bound: number): boolean {
  return bound <= Number.MAX_SAFE_INTEGER;
}

/** A vector of rationals over one common denominator. Immutable by convention. */
export class RationalVector {
  constructor(
    readonly numerators: IntegerVector,
    readonly denominator: bigint,
  ) {}

  /** Numbers over their least common denominator. */
  static from(values: readonly Rational[]): RationalVector {
    let denominator = 1n;
    for (const value of values) denominator = lcm(denominator, value.denominator);
    return new RationalVector(
      packIntegers(values.map((v) => v.numerator * (denominator / v.denominator))),
      denominator,
    );
  }

  /** The sum of vectors of one length, each times a factor. */
  static combined(
    ...parts: readonly (readonly [vector: RationalVector, factor: Rational])[]
  ): RationalVector {
    const denominator = parts.reduce(
      (common, [vector, factor]) => lcm(common, vector.denominator * factor.denominator),
      1n,
    );
    const sums = new Array<bigint>(parts[0][0].length).fill(0n);
    for (const [vector, factor] of parts) {
      const scale = factor.numerator * (denominator / (vector.denominator * factor.denominator));
      for (let k = 0; k < sums.length; k++) sums[k] += vector.numeratorAt(k) * scale;
    }
    return new RationalVector(packIntegers(sums), denominator);
  }

  /** The values divided by their sum, which is not zero. */
  static normalised(values: readonly Rational[]): RationalVector {
    // Over a common denominator no fraction has to be reduced but the last.
    const { numerators } = RationalVector.from(values);
    let total = 0n;
    for (const numerator of numerators) total += BigInt(numerator);
    return new RationalVector(numerators, total).reduced();
  }

  /** So many zeros. */
  static zeros(length: number): RationalVector {
    return new RationalVector(new Float64Array(length), 1n);
  }

  get length(): number {
    return this.numerators.length;
  }

  /** The numerator at `index`, over the common denominator. */
  numeratorAt(index: number): bigint {
    return BigInt(this.numerators[index]);
  }

  /** The number at a place, from 0. */
  at(index: number): Rational {
    return Rational.of(this.numerators[index], this.denominator);
  }

  /** The sum of all. */
  sum(): Rational {
    let total = 0n;
    for (let k = 0; k < this.length; k++) total += this.numeratorAt(k);
    return Rational.of(total, this.denominator);
  }

  /** The size of the largest numerator, up to rounding where it is no safe integer. */
  greatestNumerator(): number {
    let greatest = 0;
    for (let k = 0; k < this.length; k++) greatest = Math.max(greatest, Math.abs(Number(this.numerators[k])));
    return greatest;
  }

  /** `sum_k this[k] * other[k]`, in machine integers as far as that is exact. */
  dot(other: RationalVector): Rational {
    const [a, b] = [this.numerators, other.numerators];
    const sum = new IntegerSum();
    for (let k = 0; k < a.length; k++) sum.addProduct(a[k], b[k]);
    return Rational.of(sum.value, this.denominator * other.denominator);
  }

  /** Every entry plus the same amount. */
  plus(amount: Rational): RationalVector {
    if (amount.isZero) return this;
    // Over the product of both denominators every entry is an integer, without reducing each.
    const scaled = this.over(this.denominator * amount.denominator);
    const added = amount.numerator * this.denominator;
    const { numerators, denominator } = scaled;
    if (numerators instanceof Float64Array && isSafe(scaled.greatestNumerator() + Math.abs(Number(added)))) {
      const small = Number(added);
      return new RationalVector(
        numerators.map((numerator) => numerator + small),
        denominator,
      );
    }
    const sums = Array.from(numerators, (numerator: number | bigint) => BigInt(numerator) + added);
    return new RationalVector(packIntegers(sums), denominator);
  }

  /** All numbers, one by one. */
  toRationals(): Rational[] {
    return Array.from({ length: this.length }, (_, k) => this.at(k));
  }

  /** Numerators rescaled to a multiple of this vector's denominator. */
  numeratorsOver(denominator: bigint): bigint[] {
    const factor = denominator / this.denominator;
    return Array.from({ length: this.length }, (_, k) => this.numeratorAt(k) * factor);
  }

  /** The same values over a multiple of the present denominator. */
  over(denominator: bigint): RationalVector {
    if (denominator === this.denominator) return this;
    const factor = Number(denominator / this.denominator);
    const { numerators } = this;
    if (numerators instanceof Float64Array && isSafe(factor * Math.max(1, this.greatestNumerator()))) {
      return new RationalVector(
        numerators.map((numerator) => numerator * factor),
        denominator,
      );
    }
    return new RationalVector(packIntegers(this.numeratorsOver(denominator)), denominator);
  }

  /** The same values over their least common denominator. */
  reduced(): RationalVector {
    let common = this.denominator;
    for (let k = 0; k < this.length && common !== 1n; k++) common = gcd(common, this.numeratorAt(k));
    if (common === 1n) return this;
    const numerators = Array.from({ length: this.length }, (_, k) => this.numeratorAt(k) / common);
    return new RationalVector(packIntegers(numerators), this.denominator / common);
  }

  /** The numbers as doubles. */
  toFloat64(): Float64Array {
    const { numerators } = this;
    if (numerators instanceof Float64Array) {
      const denominator = Number(this.denominator);
      if (Number.isSafeInteger(denominator)) return numerators.map((n) => n / denominator);
    }
    return Float64Array.from({ length: this.length }, (_, k) => this.at(k).toNumber());
  }
}
