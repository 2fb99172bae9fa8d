import { expect, test } from "vitest";
import { m1Asymmetric } from "../../src/construction/m1-asymmetric.js";
import { RandomSource } from "../generator/random-source.js";
import { auditProperty } from "../measure/audit-property.js";
import { listedGood } from "./divisible-goods.js";
import { lacking } from "./instances.js";

const SEED = 20;
const CASES = 120;

test(`M1 is ex post socially efficient whatever the distributions, and not always payoff monotone (seed ${SEED})`, () => {
  const random = new RandomSource(SEED);
  const counts = { cases: 0, monotone: 0, falling: 0 };
  for (let k = 0; k < CASES; k++) {
    const n = random.integer(2, 3);
    const size = random.integer(1, 4);
    let value = random.integer(0, 3);
    const values = Array.from({ length: size }, () => {
      value += random.integer(1, 9);
      return String(value);
    });
    // Weights of very different sizes put types of much probability beside types of little.
    const weights = Array.from({ length: n }, () =>
      Array.from({ length: size }, () => (random.onceIn(3) ? 1 : random.integer(1, 60))),
    );
    const ground = listedGood(values, ...weights);
    const mechanism = m1Asymmetric(ground);
    const missing = lacking(ground.environment, mechanism, [
      "Bayesian IC",
      "interim IR",
      "ex post IR",
      "ex post balance",
    ]);
    expect(missing, `${values} with weights ${weights.join("; ")}`).toEqual([]);
    const { holds } = auditProperty(ground.environment, mechanism, "ex post payoff monotonicity");
    counts.cases++;
    counts[holds ? "monotone" : "falling"]++;
  }
  console.log(`random goods, seed ${SEED}:`, counts);
  expect(counts.cases).toBe(CASES);
  expect(counts.monotone).toBeGreaterThan(0);
  expect(counts.falling).toBeGreaterThan(0);
});
