import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gcd, lcm, Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";

const SEED = 20_250_101;
const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 24n }))
  .map(([numerator, denominator]) => Rational.of(numerator, denominator));

function always(property: fc.IProperty<[Rational, Rational, Rational]>): void {
  const report = fc.check(property, { seed: SEED, numRuns: 300 });
  expect(report.failed, `seed ${SEED}: ${report.errorInstance}\n${report.counterexample}`).toBe(false);
  expect(report.numRuns, `seed ${SEED}`).toBe(300);
}

describe("a fraction", () => {
  test("stands in lowest terms over a positive denominator", () => {
    expect(String(Rational.of(6, -8))).toBe("-3/4");
    expect(String(Rational.of(-6, -3))).toBe("2");
    expect(String(Rational.of(0, -7))).toBe("0");
  });

  test("has no zero denominator, and nothing is divided by zero", () => {
    expect(() => Rational.of(1, 0)).toThrow(RangeError);
    expect(() => Rational.ONE.divide(Rational.ZERO)).toThrow(RangeError);
  });

  test("adds, multiplies, divides and compares as school teaches", () => {
    const [half, third] = [toRational("1/2"), toRational("1/3")];
    expect(String(half.add(third))).toBe("5/6");
    expect(String(half.subtract(third))).toBe("1/6");
    expect(String(half.multiply(third))).toBe("1/6");
    expect(String(half.divide(third))).toBe("3/2");
    expect([half.compare(third), third.compare(half), half.compare(half)]).toEqual([1, -1, 0]);
    expect(String(Rational.sum([half, third, toRational("1/6")]))).toBe("1");
    expect(Rational.maximum(half, third)).toBe(half);
    expect(Rational.minimum(half, third)).toBe(third);
  });

  test("obeys the laws of a field", () => {
    always(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(
          a
            .add(b)
            .add(c)
            .equals(a.add(b.add(c))),
        ).toBe(true);
        expect(a.multiply(b.add(c)).equals(a.multiply(b).add(a.multiply(c)))).toBe(true);
        expect(a.subtract(a).isZero).toBe(true);
        if (!b.isZero) expect(a.divide(b).multiply(b).equals(a)).toBe(true);
        expect(gcd(a.numerator, a.denominator)).toBe(1n);
        expect(a.compare(b) + b.compare(a)).toBe(0);
      }),
    );
  });

  test("comes within a unit in the last place of its double, whatever its size", () => {
    always(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        for (const value of b.isZero ? [a, c] : [a, c, a.divide(b)]) {
          const error = Rational.fromDouble(value.toNumber()).subtract(value).absolute();
          const unit = value.absolute().multiply(Rational.of(1, 2n ** 52n));
          expect(error.compare(unit)).toBeLessThanOrEqual(0);
        }
      }),
    );
    expect(Rational.of(1, 10n ** 400n).toNumber()).toBe(0);
    expect(Rational.of(10n ** 300n, 10n ** 299n).toNumber()).toBe(10);
    expect(Rational.of(-1, 3).toNumber()).toBe(-1 / 3);
  });

  test("takes a double by its bits when asked: 0.1 is then not a tenth", () => {
    expect(String(Rational.fromDouble(0.1))).toBe("3602879701896397/36028797018963968");
    expect(String(Rational.fromDouble(-2.5))).toBe("-5/2");
    expect(() => Rational.fromDouble(Number.NaN)).toThrow(RangeError);
    expect(() => Rational.fromDouble(Number.NEGATIVE_INFINITY)).toThrow(RangeError);
  });

  test("is its text in JSON", () => {
    expect(JSON.stringify({ subsidy: Rational.of(3, 40) })).toBe('{"subsidy":"3/40"}');
  });
});

test("greatest common divisors and least common multiples hold beyond 2^53", () => {
  expect(gcd(-12n, 18n)).toBe(6n);
  expect(gcd(0n, 5n)).toBe(5n);
  expect(gcd(6n * 10n ** 30n, 4n * 10n ** 30n)).toBe(2n * 10n ** 30n);
  expect(lcm(6n, 4n)).toBe(12n);
  expect(lcm(10n ** 20n, 10n ** 20n)).toBe(10n ** 20n);
});
