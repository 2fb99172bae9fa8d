import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Polynomial } from "../../src/number/polynomial.js";
import { lowerBoundOn, upperBoundOn } from "../../src/number/polynomial-bound.js";
import { Rational } from "../../src/number/rational.js";

const q = (n: number, d = 1) => Rational.of(n, d);

describe("the bounds of a polynomial on an interval", () => {
  it("enclose its values", () => {
    const coefficients = fc.array(
      fc.integer({ min: -9, max: 9 }).map((n) => q(n)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        coefficients,
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 0, max: 12 }),
        (list, from, k) => {
          const polynomial = new Polynomial(list);
          const value = polynomial.at(q(from).add(q(k, 6)));
          expect(upperBoundOn(polynomial, q(from), q(from + 2)).compare(value)).toBeGreaterThanOrEqual(0);
          expect(lowerBoundOn(polynomial, q(from), q(from + 2)).compare(value)).toBeLessThanOrEqual(0);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it("are attained up to degree 2, and nearly beyond", () => {
    const hill = new Polynomial([q(0), q(1), q(-1)]);
    expect(String(upperBoundOn(hill, q(0), q(1)))).toBe("1/4");
    expect(String(upperBoundOn(hill, q(3, 4), q(1)))).toBe("3/16");
    expect(String(lowerBoundOn(hill, q(0), q(2)))).toBe("-2");
    // x - x^3 has its largest value 2 / (3 sqrt 3) = 0.3849 at 0.577.
    const cubic = new Polynomial([q(0), q(1), q(0), q(-1)]);
    expect(upperBoundOn(cubic, q(0), q(1)).toNumber()).toBeLessThan(0.39);
  });
});
