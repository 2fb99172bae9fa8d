import { expect, test } from "vitest";
import { Table, type TableShape } from "../../src/environment/table.js";
import { vector } from "./hand-made.js";

// Two outcomes, three own types, four profiles.
const entries = vector(0, 1, 2, 3, 4, 5, 6, 7);

test.each([
  ["constant", 1, [0, 0]],
  ["outcome", 2, [1, 0]],
  ["type", 3, [2, 2]],
  ["type-outcome", 6, [5, 4]],
  ["profile", 4, [3, 3]],
  ["profile-outcome", 8, [7, 6]],
] as const)("a table by %s has %i entries, the outcome fastest", (shape, length, [second, first]) => {
  expect(Table.length(shape, 3, 4, 2)).toBe(length);
  const table = new Table(shape, entries, 2);
  expect(String(table.at(2, 3, 1))).toBe(`${second}`);
  expect(table.numerator(2, 3, 0)).toBe(first);
  expect(table.dependsOnProfile).toBe((shape as TableShape).startsWith("profile"));
});

test("a table over another denominator holds the same money", () => {
  const table = new Table("constant", vector("1/2"), 1).over(6n);
  expect(table.numerator(0, 0, 0)).toBe(3);
  expect(String(table.at(0, 0, 0))).toBe("1/2");
  expect(table.over(6n)).toBe(table);
});
