import { expect, it } from "vitest";
import { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { orbits } from "../../src/space/orbits.js";

const half = RationalVector.from([Rational.of(1, 2), Rational.of(1, 2)]);

function neighbours(count: number): Environment {
  const entries = RationalVector.from([0, 0, 0, 1].map((value) => Rational.of(value)));
  return new Environment({
    name: "neighbours",
    agents: Array.from({ length: count }, (_, i) => ({
      name: `a${i}`,
      types: ["low", "high"],
      values: { shape: "type-outcome", entries },
    })),
    outcomes: ["no", "yes"],
    prior: { kind: "independent", marginals: Array.from({ length: count }, () => half) },
  });
}

it("53 agents of two types have 2^53 profiles, and each is in one orbit", () => {
  const sizes = Array.from(orbits(neighbours(53)), ({ size }) => BigInt(size));
  expect(sizes.length).toBe(54);
  // C(53, 26), which a product of doubles would round on the way.
  expect(sizes[26]).toBe(973469712824056n);
  expect(sizes.reduce((sum, size) => sum + size, 0n)).toBe(2n ** 53n);
});

it("one agent more has profiles that no longer have numbers of their own", () => {
  expect(() => neighbours(54)).toThrow("at most 2^53");
});
