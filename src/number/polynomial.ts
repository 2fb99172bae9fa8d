import { Rational } from "./rational.js";

/** A polynomial in one variable with rational coefficients. Immutable. */
export class Polynomial {
  static readonly ZERO = new Polynomial([]);
  static readonly ONE = new Polynomial([Rational.ONE]);
  /** The variable itself. */
  static readonly X = new Polynomial([Rational.ZERO, Rational.ONE]);

  /** Lowest degree first; the last one is not 0. */
  readonly coefficients: readonly Rational[];

  /** Coefficients, lowest degree first; zeros at the end are dropped. */
  constructor(coefficients: readonly Rational[]) {
    let length = coefficients.length;
    while (length > 0 && coefficients[length - 1].isZero) length--;
    this.coefficients = length === coefficients.length ? coefficients : coefficients.slice(0, length);
  }

  static constant(value: Rational): Polynomial {
    return new Polynomial([value]);
  }

  /** `constant + slope x` */
  static affine(constant: Rational, slope: Rational): Polynomial {
    return new Polynomial([constant, slope]);
  }

  /** -1 for the polynomial 0. */
  get degree(): number {
    return this.coefficients.length - 1;
  }

  get isZero(): boolean {
    return this.coefficients.length === 0;
  }

  coefficient(power: number): Rational {
    return this.coefficients[power] ?? Rational.ZERO;
  }

  at(x: Rational): Rational {
    return this.coefficients.reduceRight((sum, c) => sum.multiply(x).add(c), Rational.ZERO);
  }

  plus(other: Polynomial): Polynomial {
    const length = Math.max(this.coefficients.length, other.coefficients.length);
    return new Polynomial(Array.from({ length }, (_, k) => this.coefficient(k).add(other.coefficient(k))));
  }

  minus(other: Polynomial): Polynomial {
    return this.plus(other.scaled(MINUS_ONE));
  }

  scaled(factor: Rational): Polynomial {
    return new Polynomial(this.coefficients.map((c) => c.multiply(factor)));
  }

  times(other: Polynomial): Polynomial {
    if (this.isZero || other.isZero) return Polynomial.ZERO;
    const product = new Array<Rational>(this.degree + other.degree + 1).fill(Rational.ZERO);
    this.coefficients.forEach((a, i) => {
      if (a.isZero) return;
      other.coefficients.forEach((b, j) => {
        product[i + j] = product[i + j].add(a.multiply(b));
      });
    });
    return new Polynomial(product);
  }

  /** `p(constant + slope x)` as a polynomial in `x`. */
  ofAffine(constant: Rational, slope: Rational): Polynomial {
    const inner = Polynomial.affine(constant, slope);
    return this.coefficients.reduceRight(
      (sum, c) => sum.times(inner).plus(Polynomial.constant(c)),
      Polynomial.ZERO,
    );
  }

  derivative(): Polynomial {
    return new Polynomial(this.coefficients.slice(1).map((c, k) => c.multiply(Rational.of(k + 1))));
  }

  /** The integral that is 0 at 0. */
  antiderivative(): Polynomial {
    return new Polynomial([Rational.ZERO, ...this.coefficients.map((c, k) => c.divide(Rational.of(k + 1)))]);
  }

  integral(from: Rational, to: Rational): Rational {
    const whole = this.antiderivative();
    return whole.at(to).subtract(whole.at(from));
  }

  /**
   * The Bernstein coefficients on `[from, to]`, `degree + 1` of them: the polynomial lies between the least and the
   * largest of them there, and the first and the last are its values at the ends. `degree` is at least the
   * polynomial's own.
   */
  bernstein(from: Rational, to: Rational, degree = Math.max(0, this.degree)): Rational[] {
    const local = this.ofAffine(from, to.subtract(from));
    // The coefficient of x^k, over binomial(degree, k); then running sums, degree times (Pascal's rule).
    const row = Array.from({ length: degree + 1 }, (_, k) =>
      local.coefficient(k).divide(Rational.of(binomial(degree, k))),
    );
    for (let pass = 1; pass <= degree; pass++) {
      for (let k = degree; k >= pass; k--) row[k] = row[k].add(row[k - 1]);
    }
    return row;
  }

  equals(other: Polynomial): boolean {
    return this.degree === other.degree && this.coefficients.every((c, k) => c.equals(other.coefficients[k]));
  }

  /** Coefficients as texts, lowest degree first. */
  toJSON(): readonly Rational[] {
    return this.coefficients;
  }
}

function binomial(n: number, k: number): bigint {
  let result = 1n;
  for (let j = 1; j <= k; j++) result = (result * BigInt(n - k + j)) / BigInt(j);
  return result;
}

const MINUS_ONE = Rational.of(-1);
