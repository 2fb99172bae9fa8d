import { type Expression, ofType, sum } from "../../../src/continuum/construction/expression.js";
import type { ConstructionGround } from "../../../src/continuum/construction/ground.js";
import { settledSimplices } from "../../../src/continuum/construction/least-value.js";
import type { Box, Simplex } from "../../../src/continuum/construction/simplex.js";
import { SimplexPolynomial } from "../../../src/continuum/construction/simplex-polynomial.js";
import { PiecewiseQuotient } from "../../../src/number/piecewise-quotient.js";
import { Rational } from "../../../src/number/rational.js";

/** The integral of an expression times all densities over a box, from its values at profiles; undefined where it is no polynomial. */
export function integralOver(
  expression: Expression,
  { densities, size }: ConstructionGround,
  box: Box,
): Rational | undefined {
  const weights = densities.map((density, i) => ofType(i, PiecewiseQuotient.of(density), size));
  let total = Rational.ZERO;
  for (const simplex of settledSimplices(sum(expression, ...weights), box)!) {
    const { numerator, denominator } = expression.on(simplex);
    if (!denominator.minus(SimplexPolynomial.constant(Rational.ONE, size + 1)).isZero) return undefined;
    const weighted = weights.reduce(
      (product, weight) => product.times(weight.on(simplex).numerator),
      numerator,
    );
    total = total.add(weighted.mean.multiply(volume(simplex)));
  }
  return total;
}

export function volume({ corners: [origin, ...others] }: Simplex): Rational {
  const edges = others.map((corner) => corner.map((x, axis) => x.subtract(origin[axis])));
  const factorial = Rational.of(edges.reduce((product, _, k) => product * (k + 1), 1));
  return determinant(edges).absolute().divide(factorial);
}

function determinant(rows: readonly (readonly Rational[])[]): Rational {
  if (rows.length === 0) return Rational.ONE;
  return Rational.sum(
    rows[0].map((entry, column) => {
      const minor = rows.slice(1).map((row) => row.filter((_, k) => k !== column));
      const product = entry.multiply(determinant(minor));
      return column % 2 === 0 ? product : product.negate();
    }),
  );
}
