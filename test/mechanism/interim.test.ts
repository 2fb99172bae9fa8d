import { describe, expect, test } from "vitest";
import { slackAt } from "../../src/kernel/by-definition.js";
import { interimTable } from "../../src/kernel/interim-table.js";
import { asData } from "../../src/mechanism/as-data.js";
import {
  deficit,
  expectation,
  interimOutsideOptions,
  interimPayments,
  interimUtilities,
} from "../../src/mechanism/interim.js";
import { tabulate } from "../../src/mechanism/mechanism.js";
import { requirements } from "../../src/question/requirement.js";
import { filmWith, vector } from "../environment/hand-made.js";
import { priced } from "./hand-made.js";

const environment = filmWith();
const mechanism = priced([0, 2, 5, "1/2"], [0, 2, 2, 2], [0, 1, 0, 0]);
const texts = (values: readonly unknown[]) => values.map(String);

describe("what a type expects is the mean over the others' types", () => {
  test("payments", () => {
    // Bob is high with 2/3: ann low pays 2/3 * 2, ann high 1/3 * 5 + 2/3 * 1/2.
    expect(texts(interimPayments(environment, mechanism, 0))).toEqual(["4/3", "2"]);
    expect(texts(interimPayments(environment, mechanism, 1))).toEqual(["3/2", "2"]);
  });

  test("utilities and outside options", () => {
    expect(texts(interimUtilities(environment, mechanism, 0))).toEqual(["-2/3", "2"]);
    expect(texts(interimUtilities(environment, mechanism, 1))).toEqual(["0", "1"]);
    expect(texts(interimOutsideOptions(environment, 1))).toEqual(["1/2", "1/2"]);
  });

  test("and so does the table that reports show", () => {
    const table = interimTable(asData(environment, mechanism));
    expect([table(0, 1), table(1, 0)].map(({ payment, utility }) => [`${payment}`, `${utility}`])).toEqual([
      ["2", "2"],
      ["3/2", "0"],
    ]);
  });

  test("under a joint prior the mean is taken with the type's own beliefs", () => {
    const joint = filmWith({ prior: { kind: "joint", table: vector("2/5", "1/10", "1/10", "2/5") } });
    // Ann high meets bob high with 4/5: 1/5 * 5 + 4/5 * 1/2.
    expect(texts(interimPayments(joint, mechanism, 0))).toEqual(["2/5", "7/5"]);
    // A low ann who calls herself high still believes as a low one: 1/5 (1 - 2) against 4/5 (1 - 5) + 1/5 (1 - 1/2).
    const place = { agent: 0, type: 0, report: 1 };
    expect(String(slackAt(joint, mechanism, requirements["Bayesian IC"], place))).toBe("29/10");
  });
});

test("the deficit is the cost less the payments, before outside money", () => {
  expect([0, 1, 2, 3].map((s) => String(deficit(environment, mechanism, s)))).toEqual([
    "0",
    "0",
    "-3",
    "3/2",
  ]);
  // 1/4 * -3 + 1/2 * 3/2
  expect(String(expectation(environment, (s) => deficit(environment, mechanism, s)))).toBe("0");
});

test("a mechanism written out is the same mechanism", () => {
  const { lotteries, payments, subsidies } = tabulate(mechanism, 2, 4);
  expect(lotteries).toHaveLength(4);
  expect(payments.map((table) => texts(table.toRationals()))).toEqual([
    ["0", "2", "5", "1/2"],
    ["0", "2", "2", "2"],
  ]);
  expect(texts(subsidies!.toRationals())).toEqual(["0", "1", "0", "0"]);
});
