import {
  derivativeOf,
  joined,
  ofAffine,
  restrictedTo,
  simplified,
} from "../../number/piecewise-composition.js";
import { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { expectedMaximum } from "./expected-maximum.js";
import type { IndependentParts, Part } from "./independent-parts.js";
import { shiftedExpectation } from "./shifted-expectation.js";
import { meanOf, type TypeLaw } from "./type-law.js";

/** `t_i -> E[S | t_i]` for each agent, where the surplus is a maximum of independent parts: exact. */
export function expectedGivenOwn(
  { common, floor, parts }: IndependentParts,
  laws: readonly TypeLaw[],
): PiecewisePolynomial[] {
  const means = laws.map(meanOf);
  const ranges = parts.map((part) => rangeOf(part, laws));
  const ends = [...ranges.flat(), ...(floor ? [floor] : [])].sort((a, b) => a.compare(b));
  const lowest = ends[0];
  const highest = ends[ends.length - 1];
  // Room on the right, so that the interval is none even where all parts are constant.
  const range = [lowest, highest.add(Rational.ONE)] as const;
  const distributions = parts.map((part) => derivativeOf(expectedLargerOf(part, laws, range)));
  /** `y -> E max(y, floor, the other parts)`: its derivative is the probability that all of them are at most `y`. */
  const againstOthers = (left?: Part): PiecewisePolynomial => {
    const one = PiecewisePolynomial.of(Polynomial.ONE, ...range);
    const others = distributions.filter((_, k) => parts[k] !== left);
    const below = others.reduce((product, f) => product.times(f), floor ? stepAt(floor, range) : one);
    const rising = simplified(below).antiderivative();
    const shift = range[1].subtract(rising.at(range[1]));
    return rising.map((piece) => piece.plus(Polynomial.constant(shift)));
  };
  const forms = laws.map((_, i) => parts.find(({ agents }) => agents.includes(i)));
  const known = new Map<Part | undefined, PiecewisePolynomial>();
  return laws.map((law, i) => {
    const part = forms[i];
    const against = known.get(part) ?? againstOthers(part);
    known.set(part, against);
    const elsewhere = Rational.sum(
      common.map((slope, j) => (j === i ? Rational.ZERO : slope.multiply(means[j]))),
    );
    const { from, to } = law.density;
    const rest = part
      ? givenOwn(part, i, against, laws)
      : PiecewisePolynomial.of(Polynomial.constant(against.at(lowest)), from, to);
    return rest.map((piece) => piece.plus(Polynomial.affine(elsewhere, common[i])));
  });
}

/** `t_i -> E max(the part, the rest)`, where `against` is `y -> E max(y, the rest)`. */
function givenOwn(
  { agents, forms }: Part,
  i: number,
  against: PiecewisePolynomial,
  laws: readonly TypeLaw[],
): PiecewisePolynomial {
  const { from, to } = laws[i].density;
  if (forms.length > 1) return composed(against, ownMaximum(forms, laws[i]));
  const [{ constant, slopes }] = forms;
  const rest = agents.reduce((f, j, k) => (j === i ? f : shiftedExpectation(f, laws[j], slopes[k])), against);
  return restrictedOf(rest, constant, slopes[agents.indexOf(i)], from, to);
}

/** The largest of one agent's forms, as a function of its type. */
function ownMaximum(forms: Part["forms"], { density }: TypeLaw): PiecewisePolynomial {
  const planes = forms.map(({ constant, slopes: [along] }) => ({ constant, along, across: Rational.ZERO }));
  return expectedMaximum(planes, [density.from, density.to], NOBODY);
}

/** `y -> E max(y, the part)` on the range. */
function expectedLargerOf(
  { agents, forms }: Part,
  laws: readonly TypeLaw[],
  range: readonly [Rational, Rational],
): PiecewisePolynomial {
  if (forms.length > 1) {
    const own = forms.map(({ constant, slopes: [across] }) => ({ constant, along: Rational.ZERO, across }));
    const threshold = { constant: Rational.ZERO, along: Rational.ONE, across: Rational.ZERO };
    return expectedMaximum([threshold, ...own], range, laws[agents[0]]);
  }
  // max(y, Z) = Z + max(y - Z, 0)
  const [{ constant, slopes }] = forms;
  const mean = Rational.sum([constant, ...agents.map((j, k) => slopes[k].multiply(meanOf(laws[j])))]);
  const [low, high] = rangeOf({ agents, forms }, laws);
  const room = [range[0].subtract(high), range[1].subtract(low)] as const;
  const positive = positivePart(room);
  const excess = agents.reduce((f, j, k) => shiftedExpectation(f, laws[j], slopes[k].negate()), positive);
  const shifted = ofAffine(excess, constant.negate(), Rational.ONE);
  return shifted.map((piece) => piece.plus(Polynomial.constant(mean)));
}

/** `t -> f(constant + slope t)` for `t` from `from` to `to`. */
function restrictedOf(
  f: PiecewisePolynomial,
  constant: Rational,
  slope: Rational,
  from: Rational,
  to: Rational,
): PiecewisePolynomial {
  if (slope.isZero) return PiecewisePolynomial.of(Polynomial.constant(f.at(constant)), from, to);
  return restrictedTo(ofAffine(f, constant, slope), from, to);
}

/** `t -> f(inner(t))` for an `inner` that is affine between its nodes. */
function composed(f: PiecewisePolynomial, inner: PiecewisePolynomial): PiecewisePolynomial {
  return joined(
    inner.pieces.map((piece, k) =>
      restrictedOf(f, piece.coefficient(0), piece.coefficient(1), inner.nodes[k], inner.nodes[k + 1]),
    ),
  );
}

/** The least and the largest value that a part has. */
function rangeOf({ agents, forms }: Part, laws: readonly TypeLaw[]): [Rational, Rational] {
  const ends = forms.map(({ constant, slopes }) =>
    agents
      .map((j, k) => {
        const { from, to } = laws[j].density;
        return [from.multiply(slopes[k]), to.multiply(slopes[k])].sort((a, b) => a.compare(b));
      })
      .reduce(([low, high], [least, most]) => [low.add(least), high.add(most)], [constant, constant]),
  );
  const least = ends.map(([low]) => low).reduce(Rational.minimum);
  return [least, ends.map(([, high]) => high).reduce(Rational.maximum)];
}

/** 0 below `x` and 1 from there on. */
function stepAt(x: Rational, [from, to]: readonly [Rational, Rational]): PiecewisePolynomial {
  if (x.compare(from) <= 0) return PiecewisePolynomial.of(Polynomial.ONE, from, to);
  return new PiecewisePolynomial([from, x, to], [Polynomial.ZERO, Polynomial.ONE]);
}

/** `x -> max(x, 0)` */
function positivePart([from, to]: readonly [Rational, Rational]): PiecewisePolynomial {
  if (from.sign >= 0) return PiecewisePolynomial.of(Polynomial.X, from, to);
  if (to.sign <= 0) return PiecewisePolynomial.of(Polynomial.ZERO, from, to);
  return new PiecewisePolynomial([from, Rational.ZERO, to], [Polynomial.ZERO, Polynomial.X]);
}

/** For maxima that depend on no other agent. */
export const NOBODY: TypeLaw = {
  density: PiecewisePolynomial.of(Polynomial.ONE, Rational.ZERO, Rational.ONE),
  atoms: [],
};
