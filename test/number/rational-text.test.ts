import { describe, expect, test } from "vitest";
import { Rational } from "../../src/number/rational.js";
import {
  decimalOrFraction,
  parseRational,
  rationalOfDecimal,
  roundToDecimals,
  toRational,
} from "../../src/number/rational-text.js";

describe("the text of a number denotes one rational", () => {
  test.each([
    ["0.1", "1/10"],
    ["1/3", "1/3"],
    ["-2/6", "-1/3"],
    ["+0.50", "1/2"],
    [".5", "1/2"],
    ["5.", "5"],
    ["-2.5e-3", "-1/400"],
    ["1E3", "1000"],
    ["0.1000000000000000055", "200000000000000011/2000000000000000000"],
  ])("%s", (text, expected) => {
    expect(String(parseRational(text))).toBe(expected);
  });

  test.each([
    "",
    " ",
    ".",
    "-",
    "NaN",
    "Infinity",
    "-Infinity",
    "1/0",
    "1/-3",
    "1/2/3",
    "0x10",
    "1,5",
    "1 / 2",
    "ten",
    "1e999999",
    "0e99999",
    "9".repeat(20_001),
  ])("but %j denotes none", (text) => {
    expect(parseRational(text)).toBeUndefined();
    expect(() => toRational(text)).toThrow(RangeError);
  });
});

test("a double denotes what its shortest decimal text denotes", () => {
  expect(String(rationalOfDecimal(0.1))).toBe("1/10");
  expect(String(rationalOfDecimal(1e-9))).toBe("1/1000000000");
  expect(String(rationalOfDecimal(1e21))).toBe(`1${"0".repeat(21)}`);
  expect(() => rationalOfDecimal(Number.NaN)).toThrow(RangeError);
  expect(() => rationalOfDecimal(Number.POSITIVE_INFINITY)).toThrow(RangeError);
});

test("a library user writes rationals, integers, doubles or text", () => {
  expect([Rational.of(1, 2), 3n, 0.25, "1/3"].map((value) => String(toRational(value)))).toEqual([
    "1/2",
    "3",
    "1/4",
    "1/3",
  ]);
});

test("irrational values round to as many decimals as are asked for", () => {
  expect(String(roundToDecimals(Math.SQRT2, 4))).toBe("7071/5000");
});

test("a number is shown as a decimal where that is short and exact, else as a fraction", () => {
  const shown = ["7/20", "-1/8", "3", "0", "1/3", "-22/7", "1/1000", "12345/100", `1/${10 ** 15}`, "1/65536"];
  expect(shown.map((text) => decimalOrFraction(toRational(text)))).toEqual([
    "0.35",
    "-0.125",
    "3",
    "0",
    "1/3",
    "-22/7",
    "0.001",
    "123.45",
    "0.000000000000001",
    "1/65536",
  ]);
  for (const text of shown)
    expect(String(toRational(decimalOrFraction(toRational(text))))).toBe(String(toRational(text)));
});
