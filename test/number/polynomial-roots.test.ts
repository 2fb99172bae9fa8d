import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greatestValue, isAtMost } from "../../src/number/greatest-value.js";
import { PiecewisePolynomial } from "../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../src/number/polynomial.js";
import { halved, rootsBetween, squareFree } from "../../src/number/polynomial-roots.js";
import { Rational } from "../../src/number/rational.js";

const R = (numerator: number, denominator = 1) => Rational.of(numerator, denominator);
const root = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 7 }))
  .map(([a, b]) => R(a, b));
const withRoot = (x: Rational) => Polynomial.affine(x.negate(), Rational.ONE);
const product = (factors: readonly Polynomial[]) =>
  factors.reduce((all, factor) => all.times(factor), Polynomial.ONE);

describe("roots of a polynomial", () => {
  it("that are fractions are found as such, each once, those at the ends left out", () => {
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 5 }), root, (roots, scale) => {
        const p = product(roots.map(withRoot)).scaled(scale.add(R(20)));
        const [from, to] = [roots[0], roots[0].add(R(3))];
        const inside = roots.filter((x) => x.compare(from) > 0 && x.compare(to) < 0);
        const distinct = inside.filter((x, k) => inside.findIndex((y) => y.equals(x)) === k);
        distinct.sort((a, b) => a.compare(b));
        expect(rootsBetween(p, from, to)).toEqual(distinct.map((x) => ({ from: x, to: x })));
        expect(squareFree(p).degree).toBe(new Set(roots.map(String)).size);
      }),
      { seed: 1829, numRuns: 200 },
    );
  });

  it("that are none are isolated, beside fractions", () => {
    // (x^2 - 2)(x^2 - 3)(x - 3/2)^2: between the square roots there is a fraction.
    const p = product([
      new Polynomial([R(-2), R(0), R(1)]),
      new Polynomial([R(-3), R(0), R(1)]),
      withRoot(R(3, 2)),
      withRoot(R(3, 2)),
    ]);
    const roots = rootsBetween(p, R(0), R(2));
    expect(roots.map(({ from, to }) => from.equals(to))).toEqual([false, true, false]);
    let place = roots[0];
    for (let k = 0; k < 60; k++) place = halved(squareFree(p), place);
    expect(place.from.toNumber()).toBeCloseTo(Math.SQRT2, 14);
    expect(place.to.subtract(place.from).toNumber()).toBeLessThan(1e-17);
  });

  it("of the polynomial 0 and of constants are none", () => {
    expect(rootsBetween(Polynomial.ZERO, R(0), R(1))).toEqual([]);
    expect(rootsBetween(Polynomial.ONE, R(0), R(1))).toEqual([]);
  });
});

describe("the greatest value of a piecewise polynomial", () => {
  const width = R(1, 1e12);

  it("is a fraction where it is attained at one, with all points where it is", () => {
    // (x - 1/3)^2 (x - 2/3)^2 has its least value twice.
    const twice = product([R(1, 3), R(1, 3), R(2, 3), R(2, 3)].map(withRoot)).scaled(R(-1));
    const f = PiecewisePolynomial.of(twice, R(0), R(1));
    const most = greatestValue(f, width);
    expect(most).toEqual({ lower: R(0), upper: R(0), at: [R(1, 3), R(2, 3)] });
    expect(isAtMost(f, R(0), most.at)).toBe(true);
    expect(isAtMost(f, R(-1, 1e9), most.at)).toBe(false);
  });

  it("is enclosed where it is none", () => {
    // x^3 - 6 x^2 + 3 x has its greatest value at 2 - the root of 3.
    const f = PiecewisePolynomial.of(new Polynomial([R(0), R(3), R(-6), R(1)]), R(0), R(1));
    const { lower, upper } = greatestValue(f, width);
    const x = 2 - Math.sqrt(3);
    expect(lower.toNumber()).toBeCloseTo(x ** 3 - 6 * x ** 2 + 3 * x, 12);
    expect([upper.compare(lower), upper.subtract(lower).compare(width)]).toEqual([1, -1]);
    expect(isAtMost(f, upper)).toBe(true);
    expect(isAtMost(f, lower)).toBe(false);
  });

  it("is at least every value and attained up to the width, for random functions", () => {
    const coefficients = fc.array(root, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(coefficients, coefficients, fc.integer({ min: 0, max: 40 }), (a, b, k) => {
        const f = new PiecewisePolynomial([R(0), R(1), R(2)], [new Polynomial(a), new Polynomial(b)]);
        const { lower, upper, at } = greatestValue(f, width);
        expect(f.at(R(k, 20)).compare(upper)).toBeLessThanOrEqual(0);
        const values = at.flatMap((x) => f.pieces.map((piece) => piece.at(x)));
        expect(values.some((value) => value.equals(lower))).toBe(true);
        expect(isAtMost(f, upper, at)).toBe(true);
        expect(isAtMost(f, lower.subtract(R(1, 1e6)), at)).toBe(false);
      }),
      { seed: 1637, numRuns: 200 },
    );
  });
});
