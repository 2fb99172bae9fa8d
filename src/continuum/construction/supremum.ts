import type { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import type { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";

/** The largest value of a function: between the two, which are the same where it is known exactly. */
export interface Supremum {
  readonly below: Rational;
  readonly above: Rational;
}

/** Halves of a piece that are taken before an enclosure is left as it is; its width goes down by four with each. */
const MOST_HALVES = 40;

/** The largest value of a continuous piecewise polynomial, exactly where it is taken at a fraction that is short enough to be met. */
export function supremum(of: PiecewisePolynomial): Supremum {
  return of.pieces
    .map((piece, k) => onPiece(piece, of.nodes[k], of.nodes[k + 1], MOST_HALVES))
    .reduce((a, b) => ({
      below: Rational.maximum(a.below, b.below),
      above: Rational.maximum(a.above, b.above),
    }));
}

function onPiece(piece: Polynomial, from: Rational, to: Rational, left: number): Supremum {
  const slope = piece.derivative();
  const ends = Rational.maximum(piece.at(from), piece.at(to));
  const exactly = (value: Rational) => ({ below: value, above: value });
  if (signOn(slope, from, to) !== undefined) return exactly(ends);
  const bend = signOn(slope.derivative(), from, to);
  if (bend !== undefined && bend >= 0) return exactly(ends);
  if (bend !== undefined && slope.at(from).sign > 0 && slope.at(to).sign < 0)
    return concave(piece, slope, from, to);
  if (left === 0) {
    return { below: ends, above: piece.bernstein(from, to).reduce(Rational.maximum) };
  }
  const middle = from.add(to).divide(Rational.of(2));
  const [a, b] = [onPiece(piece, from, middle, left - 1), onPiece(piece, middle, to, left - 1)];
  return { below: Rational.maximum(a.below, b.below), above: Rational.maximum(a.above, b.above) };
}

/** Where the slope falls from positive to negative the largest value is at its only root: bisected, and met if it is a fraction. */
function concave(piece: Polynomial, slope: Polynomial, from: Rational, to: Rational): Supremum {
  let [left, right] = [from, to];
  for (let k = 0; k < MOST_HALVES; k++) {
    const simplest = simplestBetween(left, right);
    if (slope.at(simplest).isZero) return { below: piece.at(simplest), above: piece.at(simplest) };
    const middle = left.add(right).divide(Rational.of(2));
    const sign = slope.at(middle).sign;
    if (sign === 0) return { below: piece.at(middle), above: piece.at(middle) };
    if (sign > 0) left = middle;
    else right = middle;
  }
  const below = Rational.maximum(piece.at(left), piece.at(right));
  const above = piece.at(left).add(slope.at(left).multiply(right.subtract(left)));
  return { below, above };
}

/** 1, 0 or -1 where the polynomial is nowhere negative, 0 everywhere, or nowhere positive on the interval, by its Bernstein coefficients. */
function signOn(polynomial: Polynomial, from: Rational, to: Rational): number | undefined {
  const signs = polynomial.bernstein(from, to).map(({ sign }) => sign);
  if (signs.includes(1) && signs.includes(-1)) return undefined;
  return signs.includes(1) ? 1 : signs.includes(-1) ? -1 : 0;
}

/** The fraction of the smallest denominator in the interval (Stern and Brocot, by continued fractions). */
export function simplestBetween(low: Rational, high: Rational): Rational {
  const floor =
    low.numerator / low.denominator -
    (low.numerator < 0n && low.numerator % low.denominator !== 0n ? 1n : 0n);
  const whole = Rational.of(floor);
  if (whole.equals(low)) return whole;
  if (whole.add(Rational.ONE).compare(high) <= 0) return whole.add(Rational.ONE);
  const rest = simplestBetween(
    Rational.ONE.divide(high.subtract(whole)),
    Rational.ONE.divide(low.subtract(whole)),
  );
  return whole.add(Rational.ONE.divide(rest));
}
