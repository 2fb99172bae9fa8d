import { expect, test } from "vitest";
import { listed, namesLike, unknownName } from "../../src/fault/unknown-name.js";

const families = ["bilateral-trade", "interdependent-trade", "partnership", "public-good", "two-residents"];

test.each([
  ["partnershp", ["partnership"]],
  ["Public_Good", ["public-good"]],
  ["publicgood", ["public-good"]],
  ["pulbic-good", ["public-good"]],
  ["bilateral", ["bilateral-trade"]],
  ["trade", ["bilateral-trade", "interdependent-trade"]],
  ["auction", []],
  ["", []],
])("%j is probably meant to be %j", (name, meant) => {
  expect(namesLike(name, families)).toEqual(meant);
});

test("the fault says what was found, what would be accepted and what was meant, in words and as data", () => {
  const fault = unknownName("allocation[1]", "outcome", "yess", ["no", "yes"]);
  expect(fault.message).toBe(
    'allocation[1]: the unknown outcome "yess"; expected one of no, yes; did you mean yes?',
  );
  expect([fault.path, fault.found, fault.accepted, fault.suggestions]).toEqual([
    "allocation[1]",
    'the unknown outcome "yess"',
    "one of no, yes",
    ["yes"],
  ]);
});

test("what was meant stays with the fault, seen from further out and in its file", () => {
  const fault = unknownName("model", "family", "trade", families).within("x").inFile("a.json");
  expect(fault.message).toMatch(
    /^a\.json: x\.model: .*; did you mean bilateral-trade or interdependent-trade\?$/,
  );
});

test("a hundred names are not all listed", () => {
  const names = Array.from({ length: 100 }, (_, k) => `type ${k}`);
  expect(listed(names)).toMatch(/^type 0, .*, type 29, … \(100 in all\)$/);
  expect(listed(names.slice(0, 30))).toMatch(/, type 29$/);
});
