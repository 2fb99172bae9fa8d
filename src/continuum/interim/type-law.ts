import type { ContinuousAgent } from "../../environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";

/** How an agent's types are distributed: a density and atoms. */
export interface TypeLaw {
  readonly density: PiecewisePolynomial;
  readonly atoms: ContinuousAgent["atoms"];
}

/** `E[f(t)]`; `f` is continuous at atoms. */
export function expectationOf(f: PiecewisePolynomial, { density, atoms }: TypeLaw): Rational {
  const masses = atoms.map(({ type, probability }) => probability.multiply(f.at(type)));
  return f.times(density).integral().add(Rational.sum(masses));
}

export function meanOf(law: TypeLaw): Rational {
  const { from, to } = law.density;
  return expectationOf(PiecewisePolynomial.of(Polynomial.X, from, to), law);
}

/** `x -> E[f(t); t <= x]` inside the interval; an atom at its right end is not in it. */
export function partialExpectation(f: Polynomial, { density, atoms }: TypeLaw): PiecewisePolynomial {
  const below = density.map((piece) => piece.times(f)).antiderivative();
  const upTo = (x: Rational) => atoms.filter(({ type }) => type.compare(x) <= 0);
  const massUpTo = (x: Rational) =>
    Rational.sum(upTo(x).map(({ type, probability }) => probability.multiply(f.at(type))));
  return below
    .refined(atoms.map(({ type }) => type))
    .map((piece, start) => piece.plus(Polynomial.constant(massUpTo(start))));
}
