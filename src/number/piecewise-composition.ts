import { PiecewisePolynomial } from "./piecewise-polynomial.js";
import { Polynomial } from "./polynomial.js";
import type { Rational } from "./rational.js";

/** The function on a part of its interval that is not a point. */
export function restrictedTo(f: PiecewisePolynomial, from: Rational, to: Rational): PiecewisePolynomial {
  const inner = f.nodes.filter((x) => x.compare(from) > 0 && x.compare(to) < 0);
  const nodes = [from, ...inner, to];
  return new PiecewisePolynomial(
    nodes,
    nodes.slice(1).map((_, k) => f.pieces[f.pieceAt(nodes[k])]),
  );
}

/** `x -> f(constant + slope x)`, the slope not 0. */
export function ofAffine(f: PiecewisePolynomial, constant: Rational, slope: Rational): PiecewisePolynomial {
  const nodes = f.nodes.map((x) => x.subtract(constant).divide(slope));
  const pieces = f.pieces.map((piece) => piece.ofAffine(constant, slope));
  return slope.sign > 0
    ? new PiecewisePolynomial(nodes, pieces)
    : new PiecewisePolynomial(nodes.reverse(), pieces.reverse());
}

/** The functions side by side; each begins where the one before ends. */
export function joined(parts: readonly PiecewisePolynomial[]): PiecewisePolynomial {
  return new PiecewisePolynomial(
    [parts[0].from, ...parts.flatMap(({ nodes }) => nodes.slice(1))],
    parts.flatMap(({ pieces }) => pieces),
  );
}

/** The same function without nodes between pieces that are the same polynomial. */
export function simplified(f: PiecewisePolynomial): PiecewisePolynomial {
  const kept = f.pieces.flatMap((piece, k) => (k > 0 && piece.equals(f.pieces[k - 1]) ? [] : [k]));
  return new PiecewisePolynomial(
    [...kept.map((k) => f.nodes[k]), f.to],
    kept.map((k) => f.pieces[k]),
  );
}

/** The derivative, piece by piece; jumps are not seen. */
export function derivativeOf(f: PiecewisePolynomial): PiecewisePolynomial {
  return f.map((piece) => piece.derivative());
}

/** `factor f + constant` */
export function scaledAndShifted(
  f: PiecewisePolynomial,
  factor: Rational,
  constant: Rational,
): PiecewisePolynomial {
  return f.map((piece) => piece.scaled(factor).plus(Polynomial.constant(constant)));
}
