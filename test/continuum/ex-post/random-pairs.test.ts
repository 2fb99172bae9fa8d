import { describe, expect, it } from "vitest";
import { enclosedEnvironment } from "../../../src/continuum/ex-post/judge/enclosed-environment.js";
import { cellMeans, lowerBound } from "../../../src/continuum/ex-post/judge/lower-bound.js";
import { shareTables } from "../../../src/continuum/ex-post/judge/share-tables.js";
import { interimBounds, upperBound } from "../../../src/continuum/ex-post/judge/upper-bound.js";
import { meshOf } from "../../../src/continuum/ex-post/mesh.js";
import { Rational } from "../../../src/number/rational.js";
import { randomEnvironment, seeded } from "./environments.js";

describe("a lower and an upper bound of the same environment", () => {
  it("never contradict each other, whatever weights and shares they come from", () => {
    const random = seeded(20261126);
    let [pairs, positive] = [0, 0];
    for (let e = 0; e < 60; e++) {
      const environment = randomEnvironment(random);
      const { nodes } = meshOf(environment, 1 + random(4));
      const known = enclosedEnvironment(environment, nodes, 1 + random(2));
      const means = cellMeans(environment, known);
      const bounds = interimBounds(known);
      const shape = nodes.map((of) => of.length);
      const products = shape.reduce((product, size) => product * size, 1);
      for (const mayLeaveMoney of [false, true]) {
        const uppers = Array.from({ length: 5 }, () => {
          // Unequal parts, some of them nothing.
          const parts = Array.from({ length: products }, () => shape.map(() => random(2) * random(9)));
          const shares = shape.map((_, i) =>
            parts.map((of) => Rational.of(of[i], Math.max(1, of.reduce((a, b) => a + b) + random(2)))),
          );
          return upperBound(known, bounds, shareTables({ shares }, shape, mayLeaveMoney)).subsidy;
        });
        const least = uppers.reduce(Rational.minimum);
        for (let k = 0; k < 5; k++) {
          const weights = shape.map((size) => ({
            density: Array.from({ length: size - 1 }, () => Rational.of(random(2) * random(9))),
            atoms: Array.from({ length: size }, () => Rational.of(random(3) === 0 ? random(4) : 0)),
          }));
          const lower = lowerBound(means, weights, mayLeaveMoney);
          if (!lower) continue;
          expect(lower.compare(least)).toBeLessThanOrEqual(0);
          if (lower.sign > 0) positive++;
          pairs += uppers.length;
        }
      }
    }
    expect(pairs).toBeGreaterThanOrEqual(1500);
    // Bounds that say something.
    expect(positive).toBeGreaterThan(20);
  });
});
