import { describe, expect, test } from "vitest";
import { Rational } from "../../src/number/rational.js";
import { RationalSum } from "../../src/number/rational-sum.js";
import { toRational } from "../../src/number/rational-text.js";
import { packIntegers, plusMultiple, RationalVector } from "../../src/number/rational-vector.js";

const vector = (...entries: string[]) => RationalVector.from(entries.map(toRational));

test("a vector keeps its fractions over their least common denominator", () => {
  const prior = vector("1/2", "1/3", "1/6");
  expect(prior.denominator).toBe(6n);
  expect([...prior.numerators]).toEqual([3, 2, 1]);
  expect(prior.toRationals().map(String)).toEqual(["1/2", "1/3", "1/6"]);
  expect(String(prior.sum())).toBe("1");
  expect([...prior.toFloat64()]).toEqual([1 / 2, 1 / 3, 1 / 6]);
});

test("integers beyond 2^53 - 1 are kept as they are, smaller ones as doubles", () => {
  const largest = BigInt(Number.MAX_SAFE_INTEGER);
  expect(packIntegers([largest, -largest])).toBeInstanceOf(Float64Array);
  expect(packIntegers([largest + 1n])).toEqual([largest + 1n]);
  expect(packIntegers([-largest - 1n])).toEqual([-largest - 1n]);
  const huge = vector(`1/${3n ** 60n}`, "1/2");
  expect(String(huge.at(0))).toBe(`1/${3n ** 60n}`);
  expect(huge.toFloat64()[1]).toBe(0.5);
});

test("the same fractions stand over any multiple of the denominator", () => {
  const twelfths = vector("1/2", "1/3").over(12n);
  expect([...twelfths.numerators]).toEqual([6, 4]);
  expect(twelfths.toRationals().map(String)).toEqual(["1/2", "1/3"]);
  expect(vector("1/2").numeratorsOver(10n)).toEqual([5n]);
});

test("zeros are zeros, and the empty vector sums to zero", () => {
  expect(RationalVector.zeros(2).toRationals().map(String)).toEqual(["0", "0"]);
  expect(RationalVector.from([]).length).toBe(0);
  expect(String(RationalVector.from([]).sum())).toBe("0");
});

test("a long sum of fractions is exact", () => {
  const harmonic = new RationalSum();
  let plain = Rational.ZERO;
  for (let k = 1; k <= 60; k++) {
    harmonic.add(Rational.of(1, k));
    plain = plain.add(Rational.of(1, k));
  }
  expect(String(harmonic.value)).toBe(String(plain));
  const mixed = new RationalSum().addProduct(toRational("2/3"), toRational("3/4")).addFraction(-1n, 2n);
  expect(mixed.value.isZero).toBe(true);
});

test("sums of products are exact where doubles are not", () => {
  const large = new RationalVector(Float64Array.of(2 ** 52, 2 ** 52 + 1, -7), 3n);
  const other = new RationalVector(Float64Array.of(2 ** 52 - 1, 3, 2 ** 50), 5n);
  const exact = 2n ** 52n * (2n ** 52n - 1n) + (2n ** 52n + 1n) * 3n - 7n * 2n ** 50n;
  expect(`${large.dot(other)}`).toBe(`${Rational.of(exact, 15)}`);
  expect(
    `${new RationalVector([2n ** 60n, 1n], 1n).dot(RationalVector.from([Rational.ONE, Rational.ONE]))}`,
  ).toBe(`${2n ** 60n + 1n}`);
});

test("an amount is added to every entry, in doubles or beyond them", () => {
  const half = Rational.of(1, 2);
  const small = RationalVector.from([Rational.of(1, 3), Rational.of(-2)]);
  expect(small.plus(half).toRationals().map(String)).toEqual(["5/6", "-3/2"]);
  const large = new RationalVector(Float64Array.of(Number.MAX_SAFE_INTEGER, 1), 1n);
  expect(large.plus(half).toRationals().map(String)).toEqual([`${2n ** 54n - 1n}/2`, "3/2"]);
  expect(large.over(6n).toRationals().map(String)).toEqual([`${2n ** 53n - 1n}`, "1"]);
});

describe("a multiple is added", () => {
  const into = new Float64Array(3);

  test("in doubles while that is exact", () => {
    const sums = plusMultiple(Float64Array.of(1, 2, 3), -2, Float64Array.of(5, 0, -1), into);
    expect(sums).toBe(into);
    expect([...sums]).toEqual([-9, 2, 5]);
  });

  test("in BigInts where a product or a sum would be rounded, though the sum may be small again", () => {
    const most = 2 ** 53 - 1;
    const product = plusMultiple(Float64Array.of(-most, 0, 1), 3, Float64Array.of(most, 1, 0), into);
    expect(product).toEqual([2n * BigInt(most), 3n, 1n]);
    const sum = plusMultiple(Float64Array.of(most, 0, 0), 1, Float64Array.of(most, 1, 2), into);
    expect(sum).toEqual([2n * BigInt(most), 1n, 2n]);
    expect(plusMultiple([1n, 2n, 3n], 1, Float64Array.of(1, 1, 1), into)).toEqual([2n, 3n, 4n]);
  });
});
