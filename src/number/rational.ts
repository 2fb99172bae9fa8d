/** Greatest common divisor of two integers, non-negative. */
export function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b !== 0n) {
    // Most denominators are small; machine integers make the common case several times faster.
    if (a <= MAX_SAFE && b <= MAX_SAFE) return BigInt(gcdOfNumbers(Number(a), Number(b)));
    [a, b] = [b, a % b];
  }
  return a;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function gcdOfNumbers(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** Least common multiple of two positive integers. */
export function lcm(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / gcd(a, b)) * b;
}

/** An exact fraction in lowest terms with a positive denominator. Immutable. */
export class Rational {
  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  /** `numerator / denominator`, reduced. Throws RangeError when the denominator is zero. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    let n = BigInt(numerator);
    let d = BigInt(denominator);
    if (d === 0n) throw new RangeError("a fraction's denominator is zero");
    if (d === 1n) return n === 0n ? Rational.ZERO : new Rational(n, 1n);
    if (d < 0n) [n, d] = [-n, -d];
    const g = gcd(n, d);
    return g === 1n ? new Rational(n, d) : new Rational(n / g, d / g);
  }

  /** Exactly the value of a finite double, whose denominator is a power of two. Throws RangeError otherwise. */
  static fromDouble(value: number): Rational {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
    let denominator = 1n;
    while (!Number.isInteger(value)) {
      value *= 2 ** 32;
      denominator <<= 32n;
    }
    return Rational.of(BigInt(value), denominator);
  }

  /** The sum. */
  add(other: Rational): Rational {
    if (this.denominator === other.denominator) {
      return Rational.of(this.numerator + other.numerator, this.denominator);
    }
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  /** The difference. */
  subtract(other: Rational): Rational {
    return this.add(other.negate());
  }

  /** The product. */
  multiply(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws RangeError when `other` is zero. */
  divide(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  /** The number with the other sign. */
  negate(): Rational {
    return this.numerator === 0n ? this : new Rational(-this.numerator, this.denominator);
  }

  /** The number without its sign. */
  absolute(): Rational {
    return this.numerator < 0n ? this.negate() : this;
  }

  /** -1, 0 or 1. */
  get sign(): -1 | 0 | 1 {
    return this.numerator > 0n ? 1 : this.numerator < 0n ? -1 : 0;
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  /** Negative, zero or positive as this is smaller than, equal to or larger than `other`. */
  compare(other: Rational): -1 | 0 | 1 {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  }

  /** Whether both are the same number. */
  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  /** The smaller of two. */
  static minimum(a: Rational, b: Rational): Rational {
    return a.compare(b) <= 0 ? a : b;
  }

  /** The larger of two. */
  static maximum(a: Rational, b: Rational): Rational {
    return a.compare(b) >= 0 ? a : b;
  }

  /** The sum of all; 0 of none. */
  static sum(terms: Iterable<Rational>): Rational {
    let total = Rational.ZERO;
    for (const term of terms) total = total.add(term);
    return total;
  }

  /** The double nearest to this fraction, up to one unit in the last place. */
  toNumber(): number {
    const n = this.numerator < 0n ? -this.numerator : this.numerator;
    const d = this.denominator;
    if (n <= MAX_SAFE && d <= MAX_SAFE) return Number(this.numerator) / Number(d);
    // Keep 64 significant bits of the quotient, then scale by a power of two.
    const shift = bitLength(d) - bitLength(n) + 64;
    const quotient = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift));
    // Two steps, so that neither power overflows or vanishes before the product does.
    const half = Math.trunc(-shift / 2);
    const magnitude = Number(quotient) * 2 ** half * 2 ** (-shift - half);
    return this.numerator < 0n ? -magnitude : magnitude;
  }

  /** `"3/40"`, or `"2"` for an integer. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }

  /** As files have it: `3/40`. */
  toJSON(): string {
    return this.toString();
  }
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}
