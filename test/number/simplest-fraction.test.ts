import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rational } from "../../src/number/rational.js";
import { simplestBetween, simplestNear } from "../../src/number/simplest-fraction.js";

describe("the simplest fraction", () => {
  it("is found by trying all denominators", () => {
    const number = fc
      .tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 40 }))
      .map(([a, b]) => Rational.of(a, b));
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [from, to] = [Rational.minimum(a, b), Rational.maximum(a, b)];
        const found = simplestBetween(from, to);
        expect(found.compare(from)).toBeGreaterThanOrEqual(0);
        expect(found.compare(to)).toBeLessThanOrEqual(0);
        for (let d = 1n; d < found.denominator; d++) {
          const last = (to.numerator * d) / to.denominator - (to.numerator < 0n ? 1n : 0n);
          for (const n of [last, last + 1n]) {
            const other = Rational.of(n, d);
            expect(other.compare(from) >= 0 && other.compare(to) <= 0).toBe(false);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("near a double is what the double was meant to be", () => {
    expect(String(simplestNear(1 / 3 + 1e-12, 1e-9))).toBe("1/3");
    expect(String(simplestNear(-0.5, 1e-9))).toBe("-1/2");
    expect(String(simplestNear(1e-10, 1e-9))).toBe("0");
  });
});
