import { describe, expect, test } from "vitest";
import { PiecewisePolynomial } from "../../src/number/piecewise-polynomial.js";
import { PiecewiseQuotient } from "../../src/number/piecewise-quotient.js";
import { Polynomial } from "../../src/number/polynomial.js";
import { divided, greatestCommonDivisor } from "../../src/number/polynomial-division.js";
import { Rational } from "../../src/number/rational.js";

const q = (n: number, d = 1) => Rational.of(n, d);
const p = (...coefficients: number[]) => new Polynomial(coefficients.map((c) => q(c)));
const of = (nodes: number[], ...pieces: Polynomial[]) =>
  PiecewiseQuotient.of(
    new PiecewisePolynomial(
      nodes.map((x) => q(x)),
      pieces,
    ),
  );

describe("polynomials divided", () => {
  test("x^3 - 2 by 2 x + 4 leaves -10", () => {
    const { quotient, remainder } = divided(p(-2, 0, 0, 1), p(4, 2));
    expect([quotient.coefficients.map(String), remainder.coefficients.map(String)]).toEqual([
      ["2", "-1", "1/2"],
      ["-10"],
    ]);
  });

  test("a lower degree is all remainder, and nothing is divided by 0", () => {
    expect(divided(p(1, 1), p(0, 0, 1)).remainder.equals(p(1, 1))).toBe(true);
    expect(() => divided(p(1), Polynomial.ZERO)).toThrow(RangeError);
  });

  test("(x - 1)^2 (x + 2) and (x - 1)(x + 3) share x - 1", () => {
    const [a, b] = [p(1, -2, 1).times(p(2, 1)), p(-1, 1).times(p(3, 1))];
    expect(greatestCommonDivisor(a, b).equals(p(-1, 1))).toBe(true);
    expect(greatestCommonDivisor(p(2, 4), Polynomial.ZERO).equals(new Polynomial([q(1, 2), q(1)]))).toBe(
      true,
    );
  });
});

describe("quotients by pieces", () => {
  test("are in lowest terms, so that a removable pole is none", () => {
    const halved = of([0, 1], p(0, 0, 3)).dividedBy(of([0, 1], p(0, 6)));
    expect(halved.pieces[0].denominator.degree).toBe(0);
    expect(String(halved.at(q(0)))).toBe("0");
    expect(halved.polynomials?.[0].equals(new Polynomial([q(0), q(1, 2)]))).toBe(true);
  });

  test("add, subtract and multiply with the other's nodes", () => {
    const [a, b] = [of([0, 1, 2], p(1), p(0, 1)), of([0, 2], p(0, 1))];
    const value = (x: Rational) => a.plus(b).minus(a.times(b)).at(x);
    expect([q(1, 2), q(3, 2)].map(value).map(String)).toEqual(["1", "3/4"]);
    expect(a.minus(a).isZero).toBe(true);
    expect(() => a.plus(of([0, 1], p(1)))).toThrow(RangeError);
  });

  test("have the derivative of a quotient", () => {
    const inverse = of([1, 2], p(1)).dividedBy(of([1, 2], p(0, 1)));
    expect(String(inverse.derivative().at(q(3, 2)))).toBe("-4/9");
    expect(inverse.polynomials).toBeUndefined();
  });

  test("meet at nodes or not, and do not where they have a pole", () => {
    expect(of([0, 1, 2], p(1), p(0, 1)).meetsAtNodes).toBe(true);
    expect(of([0, 1, 2], p(1), p(1, 1)).meetsAtNodes).toBe(false);
    expect(of([0, 1], p(1)).dividedBy(of([0, 1], p(0, 1))).meetsAtNodes).toBe(false);
  });
});
