import { expect, test } from "vitest";
import { doneText, progressLine, stoppedText } from "../../src/cli/progress-line.js";

const solving = {
  stage: "solving by direct",
  done: doneText(4200, "simplex iterations"),
  known: "the optimum lies between 1/8 and 1/4",
};

test("a line of progress says what is done, how far it is, since when, and what is known", () => {
  expect(progressLine(solving, 12.9, 200)).toBe(
    "solving by direct, 4,200 simplex iterations, 12 s; the optimum lies between 1/8 and 1/4",
  );
  expect(progressLine({ stage: "checking Bayesian IC", done: "", known: undefined }, 1.2, 200)).toBe(
    "checking Bayesian IC, 1 s",
  );
});

test("it is never as wide as the terminal, so that it can be taken back", () => {
  for (const columns of [1, 10, 20, 40, 90]) {
    const line = progressLine(solving, 3, columns);
    expect(line.length).toBeLessThan(Math.max(2, columns));
    if (line.length > 5 && columns < 80) expect(line.endsWith("…")).toBe(true);
  }
});

test("work that was cut short says why, after how long, in the midst of what, and what was known", () => {
  expect(stoppedText("interrupted", solving, 3.14)).toBe(
    "interrupted after 3.1 s, while solving by direct (4,200 simplex iterations); the optimum lies between 1/8 and 1/4",
  );
  expect(stoppedText("time limit reached", { stage: "reading m.json", done: "", known: undefined }, 2)).toBe(
    "time limit reached after 2.0 s, while reading m.json",
  );
});
