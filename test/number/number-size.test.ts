import { expect, test } from "vitest";
import { checkNumbers } from "../../src/number/number-size.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";

test("a number has at most 1,000 digits over and under the line", () => {
  const [most, more] = ["9".repeat(1000), `1${"0".repeat(1000)}`];
  checkNumbers({ values: [most, `-${most}`, `1/${most}`].map(toRational) });
  for (const text of [more, `-${more}`, `1/${more}`]) {
    expect(() => checkNumbers({ agents: [{ prior: [Rational.ONE, toRational(text)] }] })).toThrow(
      /^agents\[0\]\.prior\[1\]: a number of too many digits; expected at most 1000 digits/,
    );
  }
});

test("and so has the common denominator of all numbers", () => {
  const over = (denominators: readonly number[]) => denominators.map((own) => toRational(`1/${own}`));
  checkNumbers(over(Array.from({ length: 2000 }, (_, k) => k + 1)));
  checkNumbers({ decimals: Array.from({ length: 5000 }, (_, k) => toRational(`0.${k + 1}`)) });
  expect(() => checkNumbers(over(Array.from({ length: 3000 }, (_, k) => k + 1)))).toThrow(
    /^\[\d+\]: a number with which the common denominator of all becomes too long; expected numbers whose/,
  );
});

test("weights in any proportions make probabilities at once", () => {
  const weights = ["1/3", 2, "0", "5/7"].map(toRational);
  const total = Rational.sum(weights);
  const expected = weights.map((weight) => String(weight.divide(total)));
  const found = RationalVector.normalised(weights);
  expect(found.toRationals().map(String)).toEqual(expected);
  expect(found.denominator).toBe(64n);
});
