import { expect, test } from "vitest";
import { InputError, shown } from "../../src/fault/input-error.js";

const fault = new InputError("prior[3]", "the negative probability -1/2", "a number >= 0");

test("a fault says where it is, what was found and what would be accepted", () => {
  expect(fault.message).toBe("prior[3]: the negative probability -1/2; expected a number >= 0");
  expect(new InputError("", "[1,2]", "an object").message).toBe("[1,2]; expected an object");
});

test("seen from further out its path grows, and ends at the file", () => {
  const inside = fault.within("agents[1]").inFile("trade.json");
  expect(inside.path).toBe("agents[1].prior[3]");
  expect(inside.message).toMatch(/^trade\.json: agents\[1\]\.prior\[3\]: the negative/);
  expect(inside.inFile("another.json")).toBe(inside);
  expect(new InputError("[2]", "x", "y").within("prior").path).toBe("prior[2]");
  expect(new InputError("", "x", "y").inFile("trade.json").message).toBe("trade.json: x; expected y");
});

test("a fault in a flag is in no file", () => {
  expect(new InputError("--out", "x", "y").inFile("trade.json").message).toBe("--out: x; expected y");
});

test("a value is shown as JSON, cut to a readable length, and never fails to be shown", () => {
  expect(shown("high")).toBe('"high"');
  expect(shown({ power: 2 })).toBe('{"power":2}');
  expect(shown("a".repeat(100))).toBe(`"${"a".repeat(56)}...`);
  expect([Number.NaN, Number.NEGATIVE_INFINITY, 10n, undefined, null].map(shown)).toEqual([
    "NaN",
    "-Infinity",
    "10",
    "undefined",
    "null",
  ]);
  const loop: { self?: object } = {};
  loop.self = loop;
  expect(shown(loop)).toBe("[object Object]");
});
