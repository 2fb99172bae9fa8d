import { Polynomial } from "./polynomial.js";
import { Rational } from "./rational.js";

/** `dividend = quotient * divisor + remainder`, the remainder of lower degree than the divisor. Throws RangeError for the divisor 0. */
export function divided(
  dividend: Polynomial,
  divisor: Polynomial,
): { readonly quotient: Polynomial; readonly remainder: Polynomial } {
  if (divisor.isZero) throw new RangeError("division by the polynomial 0");
  const rest = [...dividend.coefficients];
  const leading = divisor.coefficient(divisor.degree);
  const quotient = new Array<Rational>(Math.max(0, rest.length - divisor.degree)).fill(Rational.ZERO);
  for (let power = quotient.length - 1; power >= 0; power--) {
    const factor = rest[power + divisor.degree].divide(leading);
    quotient[power] = factor;
    if (factor.isZero) continue;
    divisor.coefficients.forEach((c, k) => {
      rest[power + k] = rest[power + k].subtract(factor.multiply(c));
    });
  }
  return { quotient: new Polynomial(quotient), remainder: new Polynomial(rest) };
}

/** The common divisor of the highest degree, with leading coefficient 1; 0 where both are 0. */
export function greatestCommonDivisor(a: Polynomial, b: Polynomial): Polynomial {
  let [larger, smaller] = [a, b];
  while (!smaller.isZero) {
    const { remainder } = divided(larger, smaller);
    // Without its leading coefficient, which would grow from step to step.
    [larger, smaller] = [smaller, monic(remainder)];
  }
  return monic(larger);
}

function monic(polynomial: Polynomial): Polynomial {
  if (polynomial.isZero) return polynomial;
  return polynomial.scaled(Rational.ONE.divide(polynomial.coefficient(polynomial.degree)));
}
