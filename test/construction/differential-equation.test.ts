import { expect, test } from "vitest";
import { solutionAt } from "../../src/construction/differential-equation.js";

const grid = Array.from({ length: 21 }, (_, k) => k / 4);

test("growth at a constant rate is the exponential function", () => {
  const solution = solutionAt((_, y) => y, 0, [1], grid);
  grid.forEach((x, k) => {
    expect(solution[k][0] / Math.exp(x)).toBeCloseTo(1, 11);
  });
});

test("an oscillator goes round the circle", () => {
  const solution = solutionAt((_, [position, speed]) => [speed, -position], 0, [0, 1], grid);
  grid.forEach((x, k) => {
    expect(solution[k][0]).toBeCloseTo(Math.sin(x), 11);
    expect(solution[k][1]).toBeCloseTo(Math.cos(x), 11);
  });
});

test("a rest, a steep rise and a rest again, where the right step is long, then short, then long", () => {
  const points = [-5, 0, 5, 20];
  const solution = solutionAt((_, [y]) => [y * (1 - y)], -6, [1 / (1 + Math.exp(6))], points);
  points.forEach((x, k) => {
    expect(solution[k][0]).toBeCloseTo(1 / (1 + Math.exp(-x)), 10);
  });
});

test("powers that the method's order takes exactly", () => {
  for (const n of [0, 1, 2, 3, 4]) {
    expect(solutionAt((x) => [(n + 1) * x ** n], 0, [0], [1])[0][0]).toBeCloseTo(1, 14);
  }
});

test("the derivative is evaluated nowhere beyond the last point, nor before the start", () => {
  const looked: number[] = [];
  const points = [0.1, 0.7, 1 / 3 + 0.5];
  const look = (x: number) => {
    looked.push(x);
    return [1 / (1 + x)];
  };
  const solution = solutionAt(look, 0.1, [Math.log(1.1)], points);
  expect(Math.max(...looked)).toBe(points[2]);
  expect(Math.min(...looked)).toBe(0.1);
  points.forEach((x, k) => {
    expect(solution[k][0]).toBeCloseTo(Math.log(1 + x), 12);
  });
});

test("points that repeat, or are the start, have the values that they have", () => {
  const solution = solutionAt((_, y) => y, 0, [1], [0, 1, 1]);
  expect(solution[0]).toEqual([1]);
  expect(solution[2]).toEqual(solution[1]);
  expect(solutionAt((_, y) => y, 0, [1], [])).toEqual([]);
});

test("a solution that ends before the point is said to, and not made up", () => {
  // 1 / (1 - x) has no value from 1 on.
  expect(() => solutionAt((_, [y]) => [y * y], 0, [1], [0.5, 2])).toThrow(
    /could not be followed from .* to 2/,
  );
  expect(() => solutionAt(() => [Number.NaN], 0, [1], [1])).toThrow("could not be followed from 0 to 1");
});
