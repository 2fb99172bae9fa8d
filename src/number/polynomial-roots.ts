import { Polynomial } from "./polynomial.js";
import { gcd, lcm, Rational } from "./rational.js";

/** Where a root is: a fraction (`from` equals `to`), or strictly between two points between which there is no other one. */
export interface Root {
  readonly from: Rational;
  readonly to: Rational;
}

/**
 * The roots of a polynomial in the open interval, increasing, each once; those that are fractions as such. None of the
 * polynomial 0.
 *
 * A root is alone where the Bernstein coefficients of the square-free part change their sign once, and there is none where
 * they do not (Descartes' rule for an interval); other intervals are halved, which ends, as all roots are simple.
 */
export function rootsBetween(polynomial: Polynomial, from: Rational, to: Rational): Root[] {
  if (polynomial.degree < 1) return [];
  const simple = primitive(squareFree(polynomial));
  return isolated(simple, from, to).map((root) => fractionIn(simple, root) ?? root);
}

/** The same root in half the interval. */
export function halved(polynomial: Polynomial, { from, to }: Root): Root {
  const middle = from.add(to).divide(TWO);
  const sign = polynomial.at(middle).sign;
  if (sign === 0) return { from: middle, to: middle };
  return sign === signAfter(polynomial, from) ? { from: middle, to } : { from, to: middle };
}

/** The sign just to the right of a point. */
export function signAfter(polynomial: Polynomial, x: Rational): -1 | 0 | 1 {
  for (let part = polynomial; !part.isZero; part = part.derivative()) {
    const { sign } = part.at(x);
    if (sign !== 0) return sign;
  }
  return 0;
}

/** The polynomial with each of its roots once: itself over what it shares with its derivative. */
export function squareFree(polynomial: Polynomial): Polynomial {
  let [a, b] = [primitive(polynomial), primitive(polynomial.derivative())];
  while (!b.isZero) [a, b] = [b, primitive(divided(a, b).remainder)];
  return divided(polynomial, a).quotient;
}

function isolated(simple: Polynomial, from: Rational, to: Rational): Root[] {
  const signs = simple.bernstein(from, to).flatMap(({ sign }) => (sign === 0 ? [] : [sign]));
  const changes = signs.filter((sign, k) => k > 0 && sign !== signs[k - 1]).length;
  if (changes === 0) return [];
  if (changes === 1) return [{ from, to }];
  const middle = from.add(to).divide(TWO);
  const at = simple.at(middle).isZero ? [{ from: middle, to: middle }] : [];
  return [...isolated(simple, from, middle), ...at, ...isolated(simple, middle, to)];
}

/**
 * The root, if it is a fraction: by Gauss's lemma the denominator of such a root divides the leading coefficient of a
 * polynomial of whole coefficients, so that in a short interval one fraction alone comes into question.
 */
function fractionIn(whole: Polynomial, root: Root): Root | undefined {
  if (root.from.equals(root.to)) return root;
  const leading = whole.coefficient(whole.degree).absolute();
  let place = root;
  while (place.to.subtract(place.from).multiply(leading).compare(Rational.ONE) >= 0) {
    place = halved(whole, place);
    if (place.from.equals(place.to)) return place;
  }
  const scaled = place.to.multiply(leading);
  const floor = scaled.numerator / scaled.denominator;
  for (const numerator of [floor - 1n, floor, floor + 1n]) {
    const x = Rational.of(numerator, leading.numerator);
    const inside = x.compare(place.from) > 0 && x.compare(place.to) < 0;
    if (inside && whole.at(x).isZero) return { from: x, to: x };
  }
  return undefined;
}

/** The multiple by a positive factor whose coefficients are whole numbers without a common divisor. */
function primitive(polynomial: Polynomial): Polynomial {
  if (polynomial.isZero) return polynomial;
  const { coefficients } = polynomial;
  const over = coefficients.reduce((product, { denominator }) => lcm(product, denominator), 1n);
  const common = coefficients.reduce((all, c) => gcd(all, c.numerator * (over / c.denominator)), 0n);
  return polynomial.scaled(Rational.of(over, common));
}

function divided(a: Polynomial, b: Polynomial): { quotient: Polynomial; remainder: Polynomial } {
  let remainder = a;
  let quotient = Polynomial.ZERO;
  while (remainder.degree >= b.degree) {
    const power = remainder.degree - b.degree;
    const factor = remainder.coefficient(remainder.degree).divide(b.coefficient(b.degree));
    const term = new Polynomial([...new Array<Rational>(power).fill(Rational.ZERO), factor]);
    quotient = quotient.plus(term);
    remainder = remainder.minus(term.times(b));
  }
  return { quotient, remainder };
}

const TWO = Rational.of(2);
