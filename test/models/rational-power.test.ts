import { expect, test } from "vitest";
import { rationalPower } from "../../models/rational-power.js";
import { toRational } from "../../src/number/rational-text.js";

test.each([
  ["2/3", "3", "8/27"],
  ["4/9", "1/2", "2/3"],
  ["8/27", "2/3", "4/9"],
  ["0", "1/2", "0"],
  ["0", "0", "1"],
  ["4", "-1/2", "1/2"],
])("%s to the power %s is exactly %s", (base, exponent, expected) => {
  expect(rationalPower(toRational(base), toRational(exponent)).toString()).toBe(expected);
});

test("irrational powers are rounded to 12 decimals", () => {
  expect(rationalPower(toRational(2), toRational("1/2"))).toEqual(toRational("1.414213562373"));
  expect(rationalPower(toRational("1/2"), toRational("0.3"))).toEqual(toRational("0.812252396356"));
});

test("powers of negative numbers, and zero to a negative power, are refused", () => {
  expect(() => rationalPower(toRational(-1), toRational(2))).toThrow(RangeError);
  expect(() => rationalPower(toRational(0), toRational(-1))).toThrow(RangeError);
});
