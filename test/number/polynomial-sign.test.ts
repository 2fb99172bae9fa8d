import fc from "fast-check";
import { expect, it } from "vitest";
import { Polynomial } from "../../src/number/polynomial.js";
import { whereNegative } from "../../src/number/polynomial-sign.js";
import { Rational } from "../../src/number/rational.js";

const number = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 1, max: 7 }))
  .map(([a, b]) => Rational.of(a, b));
const polynomial = fc.array(number, { maxLength: 5 }).map((list) => new Polynomial(list));
const [ZERO, ONE] = [Rational.ZERO, Rational.ONE];

it("is negative at the point that is told, and at no sampled point where none is told", () => {
  let [found, none] = [0, 0];
  fc.assert(
    fc.property(polynomial, (p) => {
      const point = whereNegative(p, ZERO, ONE);
      if (point) {
        found++;
        expect(p.at(point).sign).toBe(-1);
        expect(point.compare(ZERO) >= 0 && point.compare(ONE) <= 0).toBe(true);
      } else {
        none++;
        for (let k = 0; k <= 60; k++) expect(p.at(Rational.of(k, 60)).sign).not.toBe(-1);
      }
    }),
    { numRuns: 500, seed: 12 },
  );
  expect(Math.min(found, none)).toBeGreaterThan(50);
});

it("finds the negative strip between two near roots, and none where they are one, rational or not", () => {
  for (const middle of [Rational.of(1, 3), Rational.of(1, 2), Rational.of(7, 10)]) {
    const factor = Polynomial.affine(middle.negate(), ONE);
    const touching = factor.times(factor);
    expect(whereNegative(touching, ZERO, ONE)).toBeUndefined();
    const dipping = touching.minus(Polynomial.constant(Rational.of(1, 10n ** 12n)));
    expect(whereNegative(dipping, ZERO, ONE)).toBeDefined();
  }
  const irrational = new Polynomial([Rational.of(-1, 2), ZERO, ONE]);
  expect(whereNegative(irrational.times(irrational), ZERO, ONE)).toBeUndefined();
  expect(whereNegative(irrational.times(irrational).times(irrational), ZERO, ONE)).toEqual(ZERO);
  expect(whereNegative(irrational.times(irrational).times(Polynomial.X), ZERO, ONE)).toBeUndefined();
});

it("knows a root at an end", () => {
  const bump = Polynomial.X.times(Polynomial.affine(ONE, ONE.negate()));
  expect(whereNegative(bump, ZERO, ONE)).toBeUndefined();
  expect(whereNegative(bump.scaled(ONE.negate()), ZERO, ONE)).toBeDefined();
});
