import { expect, test } from "vitest";
import { agrees, bracket } from "../../src/claim/printed.js";
import { toRational } from "../../src/number/rational-text.js";

const is = (printed: string, value: string) => agrees(printed, toRational(value));

test("a printed fraction is meant exactly, and decimals stand for what is rounded to them or cut off", () => {
  expect([is("1/3", "1/3"), is("1/3", "0.3333333")]).toEqual([true, false]);
  expect([is("0.452", "0.4524"), is("0.452", "0.4529"), is("0.452", "0.4516")]).toEqual([true, true, true]);
  expect([is("0.452", "0.4531"), is("0.452", "0.4514")]).toEqual([false, false]);
  expect([is("-0.5", "-0.54"), is("-0.5", "-0.59"), is("-0.5", "-0.61"), is("-0.5", "-0.44")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([is("2", "2"), is("2", "2.4")]).toEqual([true, false]);
});

test("a bracket agrees with what may lie in it", () => {
  const around = bracket(toRational("0.16"), toRational("0.17"));
  expect([agrees("1/6", around), agrees("0.18", around)]).toEqual([true, false]);
  const irrational = { text: "1/e", lower: toRational("0.3678"), upper: toRational("0.3679") };
  expect([agrees(irrational, toRational("0.36788")), agrees(irrational, toRational("0.3681"))]).toEqual([
    true,
    false,
  ]);
});
