import type { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import type { AffineForm } from "./affine-form.js";
import type { Simplex } from "./simplex.js";

/** Exponents are digits of a key, so that a product's key is the sum of its factors'. */
const BASE = 64;

/**
 * A polynomial on a simplex, written as `sum of coefficients * products of weights` of one degree in the weights of the
 * corners, which are not negative and sum to 1. Each coefficient, divided by the number of ways to arrange its product
 * (a multinomial), is a Bernstein coefficient: the polynomial lies between the least and the largest of these. Immutable.
 */
export class SimplexPolynomial {
  private constructor(
    readonly corners: number,
    readonly degree: number,
    /** By key; those that are 0 are left out. */
    private readonly coefficients: ReadonlyMap<number, Rational>,
  ) {}

  static constant(value: Rational, corners: number): SimplexPolynomial {
    return new SimplexPolynomial(corners, 0, value.isZero ? new Map() : new Map([[0, value]]));
  }

  static form(form: AffineForm, { corners }: Simplex): SimplexPolynomial {
    return SimplexPolynomial.ofCorners(corners.map((corner) => form.at(corner)));
  }

  /** A polynomial in the type of one agent. */
  static ofType(polynomial: Polynomial, agent: number, { corners }: Simplex): SimplexPolynomial {
    const type = SimplexPolynomial.ofCorners(corners.map((corner) => corner[agent]));
    return polynomial.coefficients.reduceRight(
      (sum, c) => sum.times(type).plus(SimplexPolynomial.constant(c, corners.length)),
      SimplexPolynomial.constant(Rational.ZERO, corners.length),
    );
  }

  /** The affine function with these values at the corners. */
  static ofCorners(values: readonly Rational[]): SimplexPolynomial {
    const entries = values.flatMap((value, k) => (value.isZero ? [] : [[BASE ** k, value] as const]));
    return new SimplexPolynomial(values.length, 1, new Map(entries));
  }

  get isZero(): boolean {
    return this.coefficients.size === 0;
  }

  plus(other: SimplexPolynomial): SimplexPolynomial {
    const degree = Math.max(this.degree, other.degree);
    const sum = new Map(this.raisedTo(degree).coefficients);
    for (const [key, value] of other.raisedTo(degree).coefficients) add(sum, key, value);
    return new SimplexPolynomial(this.corners, degree, sum);
  }

  minus(other: SimplexPolynomial): SimplexPolynomial {
    return this.plus(other.scaled(Rational.of(-1)));
  }

  scaled(factor: Rational): SimplexPolynomial {
    if (factor.isZero) return SimplexPolynomial.constant(Rational.ZERO, this.corners);
    const entries = Array.from(this.coefficients, ([key, value]) => [key, value.multiply(factor)] as const);
    return new SimplexPolynomial(this.corners, this.degree, new Map(entries));
  }

  times(other: SimplexPolynomial): SimplexPolynomial {
    const product = new Map<number, Rational>();
    for (const [a, x] of this.coefficients)
      for (const [b, y] of other.coefficients) add(product, a + b, x.multiply(y));
    return new SimplexPolynomial(this.corners, this.degree + other.degree, product);
  }

  /** The same polynomial of a higher degree in the weights. */
  raisedTo(degree: number): SimplexPolynomial {
    let raised: SimplexPolynomial = this;
    const one = SimplexPolynomial.ofCorners(new Array<Rational>(this.corners).fill(Rational.ONE));
    while (raised.degree < degree) raised = raised.times(one);
    return raised;
  }

  /** All Bernstein coefficients that are not 0, and a 0 where some are. */
  bernstein(): { readonly key: number; readonly value: Rational }[] {
    const found = Array.from(this.coefficients, ([key, value]) => ({
      key,
      value: value.divide(Rational.of(arrangements(key, this.corners))),
    }));
    const all = arrangementsOf(this.degree, this.corners);
    return found.length < all ? [...found, { key: -1, value: Rational.ZERO }] : found;
  }

  /** Whether no coefficient is negative: then the polynomial is nowhere negative on the simplex. */
  get hasNoNegative(): boolean {
    for (const value of this.coefficients.values()) if (value.sign < 0) return false;
    return true;
  }

  coefficient(key: number): Rational {
    return this.coefficients.get(key) ?? Rational.ZERO;
  }

  /** The keys of the coefficients that are not 0. */
  get keys(): IterableIterator<number> {
    return this.coefficients.keys();
  }

  /** The value at the corner's own point. */
  atCorner(corner: number): Rational {
    return this.coefficient(this.degree * BASE ** corner);
  }

  /** The mean over the simplex. */
  get mean(): Rational {
    const total = Rational.sum(this.bernstein().map(({ value }) => value));
    return total.divide(Rational.of(arrangementsOf(this.degree, this.corners)));
  }
}

function add(sum: Map<number, Rational>, key: number, value: Rational): void {
  const before = sum.get(key);
  const after = before ? before.add(value) : value;
  if (after.isZero) sum.delete(key);
  else sum.set(key, after);
}

/** In how many ways the factors of a product can be arranged. */
function arrangements(key: number, corners: number): bigint {
  let result = 1n;
  let length = 0;
  let rest = key;
  for (let k = 0; k < corners; k++) {
    const exponent = rest % BASE;
    rest = Math.floor(rest / BASE);
    for (let j = 1; j <= exponent; j++) result = (result * BigInt(++length)) / BigInt(j);
  }
  return result;
}

/** How many products of a degree there are. */
function arrangementsOf(degree: number, corners: number): number {
  let result = 1;
  for (let j = 1; j < corners; j++) result = (result * (degree + j)) / j;
  return Math.round(result);
}
