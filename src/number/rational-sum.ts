import { gcd, Rational } from "./rational.js";

/** Adds up many fractions without reducing at every step: long sums mostly share their denominators. */
export class RationalSum {
  private numerator = 0n;
  private denominator = 1n;

  add(term: Rational): this {
    return this.addFraction(term.numerator, term.denominator);
  }

  addProduct(a: Rational, b: Rational): this {
    return this.addFraction(a.numerator * b.numerator, a.denominator * b.denominator);
  }

  /** Adds `numerator / denominator`; the denominator must be positive. */
  addFraction(numerator: bigint, denominator: bigint): this {
    if (numerator === 0n) return this;
    if (this.denominator % denominator !== 0n) {
      const factor = denominator / gcd(this.denominator, denominator);
      this.numerator *= factor;
      this.denominator *= factor;
    }
    this.numerator += numerator * (this.denominator / denominator);
    return this;
  }

  /** Numerator and positive denominator as they are, not in lowest terms. */
  get fraction(): readonly [numerator: bigint, denominator: bigint] {
    return [this.numerator, this.denominator];
  }

  get value(): Rational {
    return Rational.of(this.numerator, this.denominator);
  }
}
