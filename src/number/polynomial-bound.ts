import type { Polynomial } from "./polynomial.js";
import { Rational } from "./rational.js";

/** Halvings of an interval before Bernstein coefficients are taken: their excess falls by four with each. */
const HALVINGS = 3;

/** At least the polynomial's largest value on `[from, to]`; exactly that up to degree 2. */
export function upperBoundOn(polynomial: Polynomial, from: Rational, to: Rational): Rational {
  if (polynomial.degree <= 2) {
    const ends = Rational.maximum(polynomial.at(from), polynomial.at(to));
    const square = polynomial.coefficient(2);
    if (square.sign >= 0) return ends;
    const top = polynomial.coefficient(1).divide(square.multiply(Rational.of(-2)));
    return top.compare(from) > 0 && top.compare(to) < 0 ? polynomial.at(top) : ends;
  }
  let control = [polynomial.bernstein(from, to)];
  for (let pass = 0; pass < HALVINGS; pass++) control = control.flatMap(halves);
  return control.flat().reduce(Rational.maximum);
}

/** At most the polynomial's least value on `[from, to]`; exactly that up to degree 2. */
export function lowerBoundOn(polynomial: Polynomial, from: Rational, to: Rational): Rational {
  return upperBoundOn(polynomial.scaled(Rational.of(-1)), from, to).negate();
}

/** The Bernstein coefficients on the two halves of an interval (de Casteljau). */
function halves(control: readonly Rational[]): [Rational[], Rational[]] {
  const left: Rational[] = [];
  const right: Rational[] = [];
  let row = [...control];
  while (row.length > 0) {
    left.push(row[0]);
    right.unshift(row[row.length - 1]);
    row = row.slice(1).map((value, k) => value.add(row[k]).multiply(HALF));
  }
  return [left, right];
}

const HALF = Rational.of(1, 2);
