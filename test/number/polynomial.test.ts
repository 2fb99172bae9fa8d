import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergedNodes, PiecewisePolynomial } from "../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../src/number/polynomial.js";
import { Rational } from "../../src/number/rational.js";

const number = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 9 }))
  .map(([a, b]) => Rational.of(a, b));
const polynomial = fc.array(number, { maxLength: 5 }).map((list) => new Polynomial(list));

describe("a polynomial", () => {
  it("is a ring homomorphism at every point", () => {
    fc.assert(
      fc.property(polynomial, polynomial, number, number, number, (p, q, x, a, b) => {
        expect(p.plus(q).at(x)).toEqual(p.at(x).add(q.at(x)));
        expect(p.minus(q).at(x)).toEqual(p.at(x).subtract(q.at(x)));
        expect(p.times(q).at(x)).toEqual(p.at(x).multiply(q.at(x)));
        expect(p.ofAffine(a, b).at(x)).toEqual(p.at(a.add(b.multiply(x))));
        expect(p.antiderivative().derivative().equals(p)).toBe(true);
      }),
    );
  });

  it("lies between its Bernstein coefficients, which begin and end with its values at the ends", () => {
    fc.assert(
      fc.property(polynomial, number, number, fc.integer({ min: 0, max: 8 }), (p, from, length, k) => {
        const to = from.add(length.absolute());
        const c = p.bernstein(from, to, Math.max(0, p.degree) + (k % 3));
        const x = from.add(length.absolute().multiply(Rational.of(k, 8)));
        const sorted = [...c].sort((a, b) => a.compare(b));
        expect(p.at(x).compare(sorted[0])).toBeGreaterThanOrEqual(0);
        expect(p.at(x).compare(sorted[sorted.length - 1])).toBeLessThanOrEqual(0);
        expect(c[0]).toEqual(p.at(from));
        expect(c[c.length - 1]).toEqual(p.at(to));
      }),
    );
  });
});

describe("a piecewise polynomial", () => {
  const R = (text: number, over = 1) => Rational.of(text, over);
  const tent = new PiecewisePolynomial(
    [R(0), R(1, 2), R(1)],
    [Polynomial.affine(R(0), R(4)), Polynomial.affine(R(4), R(-4))],
  );

  it("integrates piece by piece, and its antiderivative is continuous", () => {
    expect(tent.integral()).toEqual(R(1));
    expect(tent.integral(R(1, 4), R(3, 4))).toEqual(R(3, 4));
    const whole = tent.antiderivative();
    expect(whole.at(R(1, 2))).toEqual(R(1, 2));
    expect(whole.at(R(1))).toEqual(R(1));
  });

  it("combines with a function that has other nodes", () => {
    const step = new PiecewisePolynomial([R(0), R(1, 3), R(1)], [Polynomial.ZERO, Polynomial.ONE]);
    const product = tent.times(step);
    expect(product.nodes).toEqual(mergedNodes([tent.nodes, step.nodes]));
    expect(product.integral()).toEqual(R(1).subtract(tent.integral(R(0), R(1, 3))));
  });
});
