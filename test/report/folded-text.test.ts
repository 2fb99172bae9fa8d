import { expect, test } from "vitest";
import { folded } from "../../src/report/folded-text.js";
import { textWidth } from "../../src/report/text-width.js";

test("text is broken at spaces, the first line after its head and the others below it", () => {
  expect(folded("one two three four", 12, "- ")).toEqual(["- one two", "  three four"]);
  expect(folded("one two", 80, "- ", 6)).toEqual(["- one two"]);
  expect(folded("one two three", 9, "- ", 4)).toEqual(["- one two", "    three"]);
});

test("a word that is longer than the line is broken between characters, never within one", () => {
  expect(folded("a 买家买家买家 b", 5)).toEqual(["a", "买家", "买家", "买家", "b"]);
  for (const line of folded("👩‍👩‍👧‍👦".repeat(5), 6)) expect(textWidth(line)).toBeLessThanOrEqual(6);
});
