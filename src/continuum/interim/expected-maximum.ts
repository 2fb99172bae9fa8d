import { simplified } from "../../number/piecewise-composition.js";
import { mergedNodes, PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { meanOf, partialExpectation, type TypeLaw } from "./type-law.js";
import { type Affine, constantly, type PlaneForm, upperEnvelope, valueAt } from "./upper-envelope.js";

/** `x -> E over t of the largest of the forms`. */
export function expectedMaximum(
  forms: readonly PlaneForm[],
  interval: readonly [Rational, Rational],
  law: TypeLaw,
): PiecewisePolynomial {
  const { density, atoms } = law;
  const probability = partialExpectation(Polynomial.ONE, law);
  const moment = partialExpectation(Polynomial.X, law);
  const whole = [Polynomial.constant(Rational.ONE), Polynomial.constant(meanOf(law))];
  const marks = mergedNodes([density.nodes, atoms.map(({ type }) => type)]);
  const parts = [...upperEnvelope(forms, interval, [density.from, density.to], marks)];
  const pieces = parts.map(({ from, to, stretches }) => {
    const middle = from.add(to).divide(TWO);
    let below = [Polynomial.ZERO, Polynomial.ZERO];
    return stretches.reduce((sum, { form, until }, k) => {
      const here =
        k === stretches.length - 1 ? whole : [probability, moment].map((f) => upTo(f, until, middle));
      const [mass, first] = here.map((f, j) => f.minus(below[j]));
      below = here;
      const worth = Polynomial.affine(form.constant, form.along);
      return sum.plus(worth.times(mass)).plus(first.scaled(form.across));
    }, Polynomial.ZERO);
  });
  return simplified(new PiecewisePolynomial([interval[0], ...parts.map(({ to }) => to)], pieces));
}

/** A function of `t` at an end of a stretch, as a polynomial in `x`: the piece on which the end is for `x` near `middle`. */
function upTo(f: PiecewisePolynomial, end: Affine, middle: Rational): Polynomial {
  return f.pieces[f.pieceAt(end.at(middle))].ofAffine(end.constant, end.slope);
}

/** `x -> the least over t of (the largest of the forms - f(t))`, `f` affine between its nodes, which are the interval of `t`. */
export function leastMaximum(
  forms: readonly PlaneForm[],
  interval: readonly [Rational, Rational],
  f: PiecewisePolynomial,
): PiecewisePolynomial {
  const pieces: { from: Rational; to: Rational; piece: Polynomial }[] = [];
  for (const { from, to, stretches } of upperEnvelope(forms, interval, [f.from, f.to], f.nodes)) {
    const middle = from.add(to).divide(TWO);
    // The least of a function that is affine in t between the ends of stretches and the nodes of f is at one of these.
    const moving = stretches.slice(0, -1).map(({ form, until }) => {
      const piece = f.pieces[f.pieceAt(until.at(middle))];
      const slope = piece.coefficient(1);
      return valueAt(form, until).minus(until.scaled(slope).plus(constantly(piece.coefficient(0))));
    });
    const fixed = f.nodes.map((t) => {
      const { form } = stretches.find(({ until }) => until.at(middle).compare(t) >= 0) ?? stretches.at(-1)!;
      return valueAt(form, constantly(t)).minus(constantly(f.at(t)));
    });
    const values = [...fixed, ...moving];
    for (let x = from; x.compare(to) < 0; ) {
      const least = values.reduce((best, other) => (other.minus(best).signAfter(x) < 0 ? other : best));
      const next = values.flatMap((other) => {
        const above = other.minus(least);
        return above.signAfter(x) > 0 ? (above.zeroAfter(x) ?? []) : [];
      });
      const end = next.reduce(Rational.minimum, to);
      pieces.push({ from: x, to: end, piece: Polynomial.affine(least.constant, least.slope) });
      x = end;
    }
  }
  return simplified(
    new PiecewisePolynomial(
      [pieces[0].from, ...pieces.map(({ to }) => to)],
      pieces.map(({ piece }) => piece),
    ),
  );
}

const TWO = Rational.of(2);
