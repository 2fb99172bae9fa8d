import { expect, test } from "vitest";
import { integral } from "../../src/construction/integral.js";

test("powers up to the degree that 64 points integrate exactly", () => {
  for (const n of [0, 1, 2, 10, 63, 100, 127]) {
    expect(integral((x) => (n + 1) * x ** n, 0, 1)).toBeCloseTo(1, 13);
    expect(integral((x) => (n + 1) * x ** n, -1, 1)).toBeCloseTo(n % 2 === 0 ? 2 : 0, 13);
  }
});

test("smooth functions to rounding error", () => {
  expect(integral(Math.exp, -1, 2)).toBeCloseTo(Math.exp(2) - Math.exp(-1), 13);
  expect(integral((x) => 1 / (1 + x * x), 0, 1)).toBeCloseTo(Math.PI / 4, 15);
  expect(integral((x) => Math.cos(40 * x), 0, 1)).toBeCloseTo(Math.sin(40) / 40, 14);
});

test("the weights do not favour a side: an odd function integrates to zero exactly", () => {
  expect(integral((x) => x ** 3, -2, 2)).toBe(0);
});

test("backwards is minus forwards, and nothing is nothing", () => {
  expect(integral(Math.exp, 2, -1)).toBe(-integral(Math.exp, -1, 2));
  expect(integral(() => Number.NaN, 3, 3)).toBe(0);
});

test("the ends themselves are never evaluated", () => {
  const looked: number[] = [];
  integral((x) => looked.push(x), 0, 1);
  expect(looked).toHaveLength(64);
  expect(Math.min(...looked)).toBeGreaterThan(0);
  expect(Math.max(...looked)).toBeLessThan(1);
});
