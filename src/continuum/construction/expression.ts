import type { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Rational } from "../../number/rational.js";
import { AffineForm, largestForm } from "./affine-form.js";
import { centre, type Simplex } from "./simplex.js";
import { SimplexPolynomial } from "./simplex-polynomial.js";

/** A quotient of polynomials on a simplex. */
export interface SimplexFraction {
  readonly numerator: SimplexPolynomial;
  readonly denominator: SimplexPolynomial;
}

/** A function of profiles of types that is a quotient of polynomials on each of finitely many simplices. */
export interface Expression {
  /** A form with both signs on the simplex along which it has to be cut; undefined where the expression is one quotient on it. */
  crossing(simplex: Simplex): AffineForm | undefined;
  /** The quotient on a simplex that nothing crosses, boundary included: there it is the limit from inside. */
  on(simplex: Simplex): SimplexFraction;
  /** The value at a profile; undefined on a boundary where values from its sides differ, and at a pole. */
  at(types: readonly Rational[]): Rational | undefined;
}

/** An affine form everywhere. */
export function affine(form: AffineForm): Expression {
  return {
    crossing: () => undefined,
    on: (simplex) => polynomial(SimplexPolynomial.form(form, simplex)),
    at: (types) => form.at(types),
  };
}

/** A function of one agent's type. */
export function ofType(agent: number, quotient: PiecewiseQuotient, size: number): Expression {
  return {
    crossing: ({ corners }) => {
      const types = corners.map((corner) => corner[agent]);
      const low = types.reduce(Rational.minimum);
      const high = types.reduce(Rational.maximum);
      const inside = quotient.nodes.find((x) => x.compare(low) > 0 && x.compare(high) < 0);
      return inside && AffineForm.type(agent, size).minus(AffineForm.constant(inside, size));
    },
    on: (simplex) => {
      const { numerator, denominator } = quotient.pieces[quotient.pieceAt(centre(simplex)[agent])];
      const positive = denominator.at(centre(simplex)[agent]).sign < 0 ? Rational.of(-1) : Rational.ONE;
      return {
        numerator: SimplexPolynomial.ofType(numerator.scaled(positive), agent, simplex),
        denominator: SimplexPolynomial.ofType(denominator.scaled(positive), agent, simplex),
      };
    },
    at: (types) => {
      const { denominator } = quotient.pieces[quotient.pieceAt(types[agent])];
      return denominator.at(types[agent]).isZero ? undefined : quotient.at(types[agent]);
    },
  };
}

/** The case of whichever form is largest: `cases[k]` where `forms[k]` is. */
export function byLargest(forms: readonly AffineForm[], cases: readonly Expression[]): Expression {
  const best = (simplex: Simplex) => largestForm(forms, centre(simplex));
  return {
    crossing: (simplex) => {
      const here = best(simplex);
      for (const corner of simplex.corners) {
        const there = largestForm(forms, corner);
        // At the centre the one form is not smaller, at this corner it is: so it is larger at another corner.
        if (forms[there].at(corner).compare(forms[here].at(corner)) > 0)
          return forms[here].minus(forms[there]);
      }
      return cases[here].crossing(simplex);
    },
    on: (simplex) => cases[best(simplex)].on(simplex),
    at: (types) => {
      const largest = forms[largestForm(forms, types)].at(types);
      const tied = forms.flatMap((form, k) => (form.at(types).equals(largest) ? [cases[k].at(types)] : []));
      return tied.every((value) => value && tied[0] && value.equals(tied[0])) ? tied[0] : undefined;
    },
  };
}

/** The largest of the forms. */
export function largest(forms: readonly AffineForm[]): Expression {
  return byLargest(forms, forms.map(affine));
}

/** A case for every pattern of signs that the forms have; nothing is said where one of them is 0. */
export function bySigns(
  forms: readonly AffineForm[],
  choose: (positive: readonly boolean[]) => Expression,
): Expression {
  const known = new Map<string, Expression>();
  const chosen = (types: readonly Rational[]) => {
    const signs = forms.map((form) => form.at(types).sign > 0);
    const key = signs.map(Number).join("");
    const found = known.get(key) ?? choose(signs);
    known.set(key, found);
    return found;
  };
  return {
    crossing: (simplex) => {
      const crosses = (form: AffineForm) => {
        const signs = simplex.corners.map((corner) => form.at(corner).sign);
        return signs.includes(1) && signs.includes(-1);
      };
      return forms.find(crosses) ?? chosen(centre(simplex)).crossing(simplex);
    },
    on: (simplex) => chosen(centre(simplex)).on(simplex),
    at: (types) => (forms.some((form) => form.at(types).isZero) ? undefined : chosen(types).at(types)),
  };
}

/** A sum, each part with its factor. */
export function sum(
  ...parts: readonly (Expression | readonly [factor: Rational, of: Expression])[]
): Expression {
  const terms = parts.map((part) => (Array.isArray(part) ? part : [Rational.ONE, part])) as [
    Rational,
    Expression,
  ][];
  return {
    crossing: (simplex) => {
      for (const [, term] of terms) {
        const form = term.crossing(simplex);
        if (form) return form;
      }
      return undefined;
    },
    on: (simplex) =>
      terms.map(([factor, term]) => scaledFraction(term.on(simplex), factor)).reduce(addedFractions),
    at: (types) => {
      let total = Rational.ZERO;
      for (const [factor, term] of terms) {
        const value = term.at(types);
        if (!value) return undefined;
        total = total.add(factor.multiply(value));
      }
      return total;
    },
  };
}

function polynomial(numerator: SimplexPolynomial): SimplexFraction {
  return { numerator, denominator: SimplexPolynomial.constant(Rational.ONE, numerator.corners) };
}

function scaledFraction({ numerator, denominator }: SimplexFraction, factor: Rational): SimplexFraction {
  return { numerator: numerator.scaled(factor), denominator };
}

function addedFractions(a: SimplexFraction, b: SimplexFraction): SimplexFraction {
  if (a.denominator.minus(b.denominator).isZero)
    return { numerator: a.numerator.plus(b.numerator), denominator: a.denominator };
  return {
    numerator: a.numerator.times(b.denominator).plus(b.numerator.times(a.denominator)),
    denominator: a.denominator.times(b.denominator),
  };
}
