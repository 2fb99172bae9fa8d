import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { drawn } from "../../src/sweep/draw.js";
import { RandomNumbers } from "../../src/sweep/random.js";

const numbers = (data: unknown, seed: number) => (drawn(data, [seed]) as string[]).map(toRational);

describe("what is drawn at random", () => {
  it("of a simplex is a prior: positive, and 1 in all", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, length, concentration) => {
          const prior = numbers({ of: "simplex", shape: [length], parts: 100, concentration }, seed);
          expect(prior).toHaveLength(length);
          expect(prior.every(({ sign }) => sign > 0)).toBe(true);
          expect(Rational.sum(prior)).toEqual(Rational.ONE);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("of a simplex is every list alike: of 3 parts in two, 1 + 2 as often as 2 + 1", () => {
    const first = Array.from({ length: 2000 }, (_, k) =>
      numbers({ of: "simplex", shape: [2], parts: 4 }, k)[0].toString(),
    );
    for (const value of ["1/4", "1/2", "3/4"]) {
      // Within five standard deviations of a third.
      const often = first.filter((one) => one === value).length;
      expect(Math.abs(often - 2000 / 3)).toBeLessThan(5 * Math.sqrt((2000 * 2) / 9));
    }
  });

  it("of a higher concentration is more alike: the variance of Dirichlet's first entry", () => {
    const variance = (concentration: number) => {
      const entries = Array.from({ length: 1500 }, (_, k) =>
        numbers({ of: "simplex", shape: [3], parts: 1_000_000, concentration }, k)[0].toNumber(),
      );
      return entries.reduce((sum, entry) => sum + (entry - 1 / 3) ** 2, 0) / entries.length;
    };
    // (1/3)(2/3) / (3 alpha + 1), to five standard deviations of about 1/sqrt(1500).
    for (const alpha of [1, 5])
      expect(Math.abs((variance(alpha) * 9 * (3 * alpha + 1)) / 2 - 1)).toBeLessThan(5 / Math.sqrt(1500));
  });

  it("comes in lists of any shape, sorted or different where that is asked", () => {
    const increasing = { of: "whole", from: 1, to: 6, shape: [2, 6], distinct: true, order: "increasing" };
    expect(drawn(increasing, [1])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6],
    ]);
    const different = drawn({ of: "whole", from: 1, to: 6, shape: [6], distinct: true }, [1]) as number[];
    expect(new Set(different).size).toBe(6);
    const decimals = numbers({ of: "number", from: 0, to: 1, parts: 4, shape: [40], order: "decreasing" }, 3);
    expect(new Set(decimals.map(String))).toEqual(new Set(["0", "1/4", "1/2", "3/4", "1"]));
    expect(decimals.every((value, k) => k === 0 || value.compare(decimals[k - 1]) <= 0)).toBe(true);
    expect(drawn({ of: "choice", values: [{ a: 1 }] }, [1])).toEqual({ a: 1 });
    expect(drawn({ of: "simplex", shape: [2, 2], parts: 4, times: 2 }, [1])).toEqual(
      Array.from({ length: 2 }, () => [
        ["1/4", "1/4"],
        ["1/4", "1/4"],
      ]),
    );
  });

  it("is refused where it cannot be", () => {
    expect(() => drawn({ of: "whole", from: 1, to: 3, shape: [4], distinct: true }, [])).toThrow(
      "4 different numbers of 3",
    );
    expect(() => drawn({ of: "simplex", shape: [4], parts: 3 }, [])).toThrow("expected at least 4");
    expect(() => drawn({ of: "number", from: 1, to: 1, parts: 3 }, [])).toThrow("more than from");
    expect(() => drawn({ of: "whole", from: 0, to: "1/2" }, [])).toThrow("to");
  });

  it("takes whole numbers with the same probability, and sets of them", () => {
    const random = new RandomNumbers("seed");
    const counts = [0, 0, 0, 0, 0];
    for (let k = 0; k < 5000; k++) counts[random.below(5)]++;
    // Five standard deviations.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(800));
    expect(random.distinctBelow(3, 3)).toEqual([0, 1, 2]);
    expect(random.below(1)).toBe(0);
  });
});
