import type { PiecewisePolynomial } from "./piecewise-polynomial.js";
import type { Polynomial } from "./polynomial.js";
import { halved, rootsBetween } from "./polynomial-roots.js";
import { Rational } from "./rational.js";

/** The supremum of a function lies between `lower` and `upper`. */
export interface GreatestValue {
  readonly lower: Rational;
  readonly upper: Rational;
  /** Where the value is at least `lower`. If `lower` equals `upper`: all points (of pieces that are not constant) where it is attained. */
  readonly at: readonly Rational[];
}

/**
 * The supremum, every piece taken on its closed interval: a fraction where it is attained at an end of a piece or at a
 * critical point that is a fraction, else enclosed to `width`, which is positive.
 */
export function greatestValue(f: PiecewisePolynomial, width: Rational): GreatestValue {
  const { nodes, pieces } = f;
  let best = { lower: pieces[0].at(nodes[0]), at: [] as Rational[] };
  const offer = (x: Rational, value: Rational) => {
    const order = value.compare(best.lower);
    if (order > 0) best = { lower: value, at: [x] };
    else if (order === 0 && !best.at.some((other) => other.equals(x))) best.at.push(x);
  };
  const critical = pieces.flatMap((piece, k) => {
    const [from, to] = [nodes[k], nodes[k + 1]];
    offer(from, piece.at(from));
    offer(to, piece.at(to));
    const slope = piece.derivative();
    return rootsBetween(slope, from, to).flatMap((root) => {
      if (!root.from.equals(root.to)) return [{ piece, slope, root }];
      offer(root.from, piece.at(root.from));
      return [];
    });
  });
  const uppers = critical.map(({ piece, slope, root }) => {
    let place = root;
    for (;;) {
      const upper = greatestCoefficient(piece, place.from, place.to);
      // What another place exceeds needs no further look.
      if (upper.compare(best.lower) <= 0) return upper;
      offer(place.from, piece.at(place.from));
      offer(place.to, piece.at(place.to));
      if (upper.subtract(best.lower).compare(width) <= 0) return upper;
      place = halved(slope, place);
    }
  });
  return { ...best, upper: uppers.reduce(Rational.maximum, best.lower) };
}

/** Whether the function is at most `bound`, every piece taken on its closed interval; cut at `points` where it may touch. */
export function isAtMost(f: PiecewisePolynomial, bound: Rational, points: readonly Rational[] = []): boolean {
  const cut = f.refined(points);
  return cut.pieces.every((piece, k) => staysBelow(piece, bound, cut.nodes[k], cut.nodes[k + 1], DEPTH));
}

/** A bound that is touched away from the points given is not recognised; halving ends after so many times. */
const DEPTH = 120;

function staysBelow(
  piece: Polynomial,
  bound: Rational,
  from: Rational,
  to: Rational,
  depth: number,
): boolean {
  if (greatestCoefficient(piece, from, to).compare(bound) <= 0) return true;
  const middle = from.add(to).divide(Rational.of(2));
  if (depth === 0 || [from, middle, to].some((x) => piece.at(x).compare(bound) > 0)) return false;
  return staysBelow(piece, bound, from, middle, depth - 1) && staysBelow(piece, bound, middle, to, depth - 1);
}

function greatestCoefficient(piece: Polynomial, from: Rational, to: Rational): Rational {
  return piece.bernstein(from, to).reduce(Rational.maximum);
}
