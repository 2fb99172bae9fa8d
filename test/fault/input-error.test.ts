import { expect, test } from "vitest";
import { isInert } from "../../src/fault/inert-text.js";
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

test("a message is a few lines that do nothing but appear, whatever is put into it", () => {
  const nasty = `a\u001b[2J\r\nverified\u009b\u202e${"x".repeat(5_000_000)}end`;
  const fault = new InputError(nasty, nasty, nasty, { file: nasty, suggestions: [nasty, "buy\u001ber"] });
  expect(fault.message.length).toBeLessThan(1000);
  expect(isInert(fault.message)).toBe(true);
  expect(fault.message).not.toContain("\n");
  expect(fault.message).toContain("a\\u001b[2J\\u000d\\nverified\\u009b\\u202exxx");
  expect(fault.message).toContain("… (4,999,930 characters more) …xxxxxxxxxxxxxxxxxend");
  expect(fault.suggestions).toEqual(["buy\\u001ber"]);
  expect(fault.within("a").within("b").at(fault.path).found).toBe(fault.found);
});

test("a value is shown without looking at all of it", () => {
  const long = Array.from({ length: 1_000_000 }, (_, k) => ({ [`key${k}`]: "v".repeat(9) }));
  expect(shown(long)).toMatch(/^\[\{"key0":"vvvvvvvvv"\},.*\.\.\.$/);
  expect(shown({ "a\u009bb": 1 })).toBe('{"a\u009bb":1}');
  expect(new InputError("", shown({ "a\u009bb": 1 }), "x").found).toBe('{"a\\u009bb":1}');
});
