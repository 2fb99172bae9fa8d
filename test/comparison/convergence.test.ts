import { expect, test } from "vitest";
import { convergence, onGrid } from "../../src/comparison/convergence.js";
import { parseInstance } from "../../src/instance/instance.js";
import { convergenceSections } from "../../src/report/compare-text.js";
import { anyScreen } from "../../src/report/style.js";
import { textDocument } from "../../src/report/text-document.js";

const privateGood = parseInstance(
  {
    model: "private-good-production",
    parameters: { agents: 2, grid: { points: 4, distribution: { power: 2 } } },
  },
  "private good",
);

test("M1 by its formula is the less tempting to misreport the finer the grid, M1 exact never is", async () => {
  const { figures } = await convergence(privateGood, [6, 12, 24], {}, ["m1"]);
  const incentives = figures.filter(({ figure }) => figure === "Bayesian IC");
  expect(incentives.map(({ mechanism }) => mechanism)).toEqual(["m1 formula"]);
  const [{ values, orders, worst }] = incentives;
  expect(values.map((value) => value!.sign)).toEqual([1, 1, 1]);
  expect(worst[0]).toMatch(/^IC of agent \d .* against reporting /);
  for (const order of orders) expect(order).toBeGreaterThan(1);
});

test("what does not vanish has an order near zero, and what is zero everywhere is left out", async () => {
  const trade = parseInstance(
    { model: "bilateral-trade", parameters: { buyer: { points: 3 }, seller: { points: 5 } } },
    "trade",
  );
  const report = await convergence(trade, [8, 16], {}, ["ir-vcg"]);
  const deficit = report.figures.find(
    ({ mechanism, figure }) => mechanism === "ir-vcg" && figure === "ex ante balance",
  );
  // E max(0, b - s) = 1/6 - 1/(6 n^2) on n midpoints each.
  expect(deficit?.values.map(String)).toEqual(["21/128", "85/512"]);
  expect(Math.abs(deficit!.orders[0]!)).toBeLessThan(0.05);
  expect(
    report.figures.some(
      ({ mechanism, figure }) => mechanism === "ir-vcg" && figure === "dominant-strategy IC",
    ),
  ).toBe(false);
  const text = textDocument(convergenceSections(report), { ...anyScreen, breaksSentences: true });
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});

test("every number of points is replaced, in grids of several agents too", () => {
  const asymmetric = parseInstance(
    {
      model: "partnership",
      parameters: { grids: [{ points: 2 }, { points: 3, distribution: { power: 3 } }] },
    },
    "partners",
  );
  expect(onGrid(asymmetric, 7).environment.profiles.sizes).toEqual([7, 7]);
  expect(onGrid(asymmetric, 7).continuum?.agents[1].distribution(0.5)).toBe(0.125);
});

test("an instance that has no number of points cannot have another", () => {
  const listed = parseInstance(
    { model: "partnership", parameters: { agents: 2, grid: { values: [1, 2] } } },
    "x",
  );
  expect(() => onGrid(listed, 5)).toThrow(
    "--grids: parameters without points; expected an instance of a family",
  );
  expect(() => onGrid({}, 5)).toThrow(
    "--grids: an instance that is written out; expected an instance of a family",
  );
  const weighted = parseInstance(
    {
      model: "partnership",
      parameters: { agents: 2, grid: { points: 2, distribution: { weights: [1, 2] } } },
    },
    "x",
  );
  expect(() => onGrid(weighted, 5)).toThrow(
    /parameters, with 5 points:.*grid.distribution.weights: 2 weights; expected 5/,
  );
});
