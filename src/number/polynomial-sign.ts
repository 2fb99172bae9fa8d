import type { PiecewisePolynomial } from "./piecewise-polynomial.js";
import { Polynomial } from "./polynomial.js";
import { Rational } from "./rational.js";

/** A point of `[from, to]` at which a polynomial is negative; undefined where it is negative nowhere there. Exact. */
export function whereNegative(polynomial: Polynomial, from: Rational, to: Rational): Rational | undefined {
  if (polynomial.at(from).sign < 0) return from;
  if (polynomial.at(to).sign < 0) return to;
  return within(polynomial, squareFree(polynomial), from, to);
}

/** The same of a function that is a polynomial by pieces, from the left and from the right at the nodes. */
export function wherePiecesNegative({ pieces, nodes }: PiecewisePolynomial): Rational | undefined {
  for (let k = 0; k < pieces.length; k++) {
    const found = whereNegative(pieces[k], nodes[k], nodes[k + 1]);
    if (found) return found;
  }
  return undefined;
}

/**
 * `p` is not negative at the ends. By Descartes, `simple`, which has the roots of `p` once each, has no root inside
 * where its Bernstein coefficients do not change sign, and one where they change it once: halving comes to an end.
 */
function within(p: Polynomial, simple: Polynomial, from: Rational, to: Rational): Rational | undefined {
  if (p.bernstein(from, to).every(({ sign }) => sign >= 0)) return undefined;
  const changes = signChanges(simple.bernstein(from, to));
  // A root that both sides of are positive is touched and not crossed.
  if (changes === 1 && p.at(from).sign > 0 && p.at(to).sign > 0) return undefined;
  const middle = from.add(to).divide(TWO);
  if (p.at(middle).sign < 0) return middle;
  if (changes === 0) return undefined;
  return within(p, simple, from, middle) ?? within(p, simple, middle, to);
}

function signChanges(values: readonly Rational[]): number {
  const signs = values.map(({ sign }) => sign).filter((sign) => sign !== 0);
  return signs.filter((sign, k) => k > 0 && sign !== signs[k - 1]).length;
}

/** The polynomial with the same roots, each once. */
function squareFree(polynomial: Polynomial): Polynomial {
  if (polynomial.degree < 2) return polynomial;
  return divided(polynomial, greatestCommonDivisor(polynomial, polynomial.derivative())).quotient;
}

/** With leading coefficient 1. */
function greatestCommonDivisor(a: Polynomial, b: Polynomial): Polynomial {
  const monic = a.scaled(Rational.ONE.divide(a.coefficient(a.degree)));
  return b.isZero ? monic : greatestCommonDivisor(b, divided(monic, b).remainder);
}

function divided(a: Polynomial, b: Polynomial): { quotient: Polynomial; remainder: Polynomial } {
  let remainder = a;
  let quotient = Polynomial.ZERO;
  while (remainder.degree >= b.degree) {
    const shift = remainder.degree - b.degree;
    const factor = remainder.coefficient(remainder.degree).divide(b.coefficient(b.degree));
    const term = new Polynomial([...Array.from({ length: shift }, () => Rational.ZERO), factor]);
    quotient = quotient.plus(term);
    remainder = remainder.minus(b.times(term));
  }
  return { quotient, remainder };
}

const TWO = Rational.of(2);
