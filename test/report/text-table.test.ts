import { describe, expect, test } from "vitest";
import { textTable } from "../../src/report/text-table.js";

test("a table lines up words to the left and numbers to the right, without spaces at the ends of lines", () => {
  expect(
    textTable(
      ["type", "pays"],
      [
        ["0.2", "-1/2"],
        ["middling", ""],
      ],
    ),
  ).toEqual(["  type      pays", "  ────────  ────", "  0.2       -1/2", "  middling"]);
  expect(textTable(["a"], [], { indent: "" })).toEqual(["a", "─"]);
});

test("characters that take two places on a terminal are given two", () => {
  expect(
    textTable(
      ["type", "pays"],
      [
        ["买家", "1"],
        ["🙂", "≈0.3"],
        ["é", "2"],
      ],
    ),
  ).toEqual(["  type  pays", "  ────  ────", "  买家     1", "  🙂    ≈0.3", "  é        2"]);
});

describe("a table that is wider than the terminal", () => {
  test("has its words broken into lines, at spaces", () => {
    const columns = [
      { heading: "name", kind: "words" },
      { heading: "n", kind: "numbers" },
      { heading: "tightest", kind: "words" },
    ] as const;
    expect(
      textTable(columns, [["balance", "17", "budget at ann low, bob high, cid medium"]], { width: 34 }),
    ).toEqual([
      "  name      n  tightest",
      "  ───────  ──  ──────────────────",
      "  balance  17  budget at ann low,",
      "               bob high, cid",
      "               medium",
    ]);
  });

  test("is laid out in several tables, with what its rows are about in each", () => {
    const rows = [["1", "2", "100", "200", "300"]];
    expect(textTable(["ann", "bob", "first", "second", "third"], rows, { width: 22, keys: 2 })).toEqual([
      "  ann  bob  first",
      "  ───  ───  ─────",
      "  1      2    100",
      "",
      "  ann  bob  second",
      "  ───  ───  ──────",
      "  1      2     200",
      "",
      "  ann  bob  third",
      "  ───  ───  ─────",
      "  1      2    300",
    ]);
  });
});
