import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inertLine } from "../../src/fault/inert-text.js";
import { InputError } from "../../src/fault/input-error.js";
import { exactDocument } from "../../src/json/exact-document.js";
import { type LongLists, withoutLongLists } from "../../src/json/long-lists.js";

/** The text's bytes in chunks of a size, so that tokens and characters are cut anywhere. */
function* inChunks(text: string | Uint8Array, size: number): Iterable<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let k = 0; k < bytes.length; k += size) yield bytes.subarray(k, k + size);
}

function read(text: string, size: number, lists?: LongLists): unknown {
  return exactDocument(inChunks(text, size), lists);
}

function faultOf(text: string | Uint8Array, size: number): string {
  try {
    exactDocument(inChunks(text, size));
  } catch (fault) {
    if (fault instanceof InputError) return fault.message;
    throw fault;
  }
  return "no fault";
}

test("a document is the same in chunks of every size as read by the language's own parser", () => {
  const SEED = 41;
  let count = 0;
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.integer({ min: 1, max: 9 }), (value, size) => {
      // Numbers that doubles do not hold exactly stay text, so only whole ones can be compared.
      const text = JSON.stringify(value, (_, entry) =>
        typeof entry === "number" && !Number.isSafeInteger(entry) ? 1 : entry,
      );
      if (/\\u(00[0189]|d[89a-f])|[\u007f-\u009f]|__proto__/.test(text)) return;
      count++;
      expect(read(text, size)).toEqual(JSON.parse(text));
      expect(read(JSON.stringify(JSON.parse(text), null, 3), size)).toEqual(JSON.parse(text));
    }),
    { seed: SEED, numRuns: 300 },
  );
  console.log(`exact documents, seed ${SEED}: ${count} documents`);
  expect(count).toBeGreaterThan(0);
});

test("no digit of a number is lost, wherever the chunks are cut", () => {
  const long = "0.10000000000000000000000000000000001";
  for (let size = 1; size < 12; size++) {
    expect(read(`[${long}, -9007199254740993, 1e400, 1.0, -12, 3]`, size)).toEqual([
      long,
      "-9007199254740993",
      "1e400",
      "1.0",
      -12,
      3,
    ]);
  }
});

describe("long lists", () => {
  const text =
    '{ "after": 1, "mechanism": { "rows": [ {"rows": [9]}, [1, 2], "x" ], "kind": "k" }, "rows": { "rows": [5] }, "list": [] }';

  test("are handed on item by item by their path, and left empty in the document", () => {
    for (const size of [1, 5, 1000]) {
      const taken: unknown[] = [];
      const lists: LongLists = new Map([
        ["mechanism.rows", (item: unknown, index: number) => taken.push([index, item])],
        ["list", () => taken.push("an item of an empty list")],
      ]);
      const expected = {
        after: 1,
        mechanism: { rows: [], kind: "k" },
        rows: { rows: [5] },
        list: [],
      };
      expect(read(text, size, lists)).toEqual(expected);
      expect(taken).toEqual([
        [0, { rows: [9] }],
        [1, [1, 2]],
        [2, "x"],
      ]);
      taken.length = 0;
      const whole = JSON.parse(text);
      expect(withoutLongLists(whole, lists)).toEqual(expected);
      expect(taken).toHaveLength(3);
      expect(whole).toEqual(JSON.parse(text));
    }
  });

  test("what is no list stays in the document, for its reader to refuse", () => {
    const lists: LongLists = new Map([["rows", () => expect.unreachable()]]);
    expect(read('{"rows": {"0": 1}}', 3, lists)).toEqual({ rows: { 0: 1 } });
    expect(read('{"a": [{"rows": [1]}]}', 3, lists)).toEqual({ a: [{ rows: [1] }] });
    expect(withoutLongLists({ rows: "none" }, lists)).toEqual({ rows: "none" });
  });

  test("what a taker throws comes out as it is", () => {
    const fault = new InputError("rows[0]", "this", "that");
    const lists: LongLists = new Map([
      [
        "rows",
        () => {
          throw fault;
        },
      ],
    ]);
    expect(() => read('{"rows": [1]}', 4, lists)).toThrow(fault);
  });
});

describe("text that is not JSON is told what was expected, and its place, wherever the chunks are cut", () => {
  test.each([
    ["", "JSON value expected but reached end of input at line 1, column 1"],
    ["{", "Quoted object key or end of object '}' expected but reached end of input at line 1, column 2"],
    ["[1", "Array item or end of array ']' expected but reached end of input at line 1, column 3"],
    ['{"a": "b', "Object value expected after ':' but reached end of input at line 1, column 9"],
    ['{\n "a" 1}', "Colon ':' expected after property name but got '1' at line 2, column 6"],
    ['{"a": }', "Object value expected after ':' but got '}' at line 1, column 7"],
    ["[1,\n\n 2 3]", "Comma ',' expected after value but got '3' at line 3, column 4"],
    ["[1}", "Comma ',' expected after value but got '}' at line 1, column 3"],
    ['{"a": 1]', "Comma ',' expected after value but got ']' at line 1, column 8"],
    ["[1] 2", "Expected end of input but got '2' at line 1, column 5"],
    ['["äöü", nix]', "true, false or null expected but got 'i' at line 1, column 10"],
    ['{"a": 1, "a": 1}', "Duplicate key 'a' encountered at line 1, column 11"],
    ['["a\\x"]', "Escape character expected after \\ but got 'x' at line 1, column 5"],
    ['["\\u00g0"]', "Four hexadecimal digits expected after \\u but got 'g' at line 1, column 7"],
    ['["a\nb"]', "Character of a text expected but got '\n' at line 1, column 4"],
    ["[-]", "Digit of a number expected but got ']' at line 1, column 3"],
    ["[1.e3]", "Digit of a number expected but got 'e' at line 1, column 4"],
  ])("%j", (text, words) => {
    for (const size of [1, 2, 3, 1000]) {
      expect(faultOf(text, size)).toBe(
        `text that is not JSON (${inertLine(words)}); expected a JSON document`,
      );
    }
  });

  test.each([
    [
      '{"a":\n 1/3}',
      "Comma ',' expected after value but got '/' at line 2, column 3",
      'a fraction stands in quotes, such as "1/3", and comments have no place',
    ],
    [
      '{"a": 1,}',
      "Quoted object key expected but got '}' at line 1, column 9",
      "no comma stands before a closing bracket",
    ],
    [
      "[1,]",
      "Array item expected but got ']' at line 1, column 4",
      "no comma stands before a closing bracket",
    ],
    [
      "{'a': 1}",
      "Quoted object key expected but got ''' at line 1, column 2",
      "texts stand in straight double quotes",
    ],
    [
      "{a: 1}",
      "Quoted object key expected but got 'a' at line 1, column 2",
      "names of fields stand in double quotes",
    ],
    [
      "[.5]",
      "Array item expected but got '.' at line 1, column 2",
      "a digit stands before the point, such as 0.5",
    ],
  ])("and of the usual slips how JSON has it: %j", (text, words, hint) => {
    for (const size of [1, 2, 3, 1000]) {
      const message = `text that is not JSON (${inertLine(words)}); expected a JSON document, where ${hint}`;
      expect(faultOf(text, size)).toBe(message);
    }
  });

  test("a character that has no place there is shown whole", () => {
    expect(faultOf('["äöü", Ö]', 1000)).toContain("Array item expected but got 'Ö' at line 1, column 9");
  });

  test("bytes that are no UTF-8 are told so", () => {
    const bytes = Uint8Array.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d]);
    expect(faultOf(bytes, 100)).toBe(
      "text that is not UTF-8 (0xc3 as byte 3, line 1, column 3); expected a JSON document in UTF-8",
    );
    const cut = Uint8Array.from([0x22, 0xf0, 0x9f]);
    for (const size of [1, 2, 100]) expect(faultOf(cut, size)).toContain("text that ends within a character");
  });

  test("a byte order mark is no fault, and two are one", () => {
    expect(exactDocument(inChunks('\uFEFF{"a": 1}', 2))).toEqual({ a: 1 });
    expect(faultOf('\uFEFF\uFEFF{"a": 1}', 100)).toContain("JSON value expected but got '\\ufeff'");
  });

  test("what no text of a file has is told with its place: control characters, half a character, the field __proto__", () => {
    const accepted = "expected texts without control characters";
    expect(faultOf('["a\\u001b[2J"]', 3)).toBe(
      `a text with the character \\u001b at line 1, column 2; ${accepted}`,
    );
    expect(faultOf('{\n"\\u009b": 1}', 3)).toBe(
      `a text with the character \\u009b at line 2, column 1; ${accepted}`,
    );
    expect(faultOf('["\\ud800"]', 3)).toBe(
      `a text with the character \\ud800 at line 1, column 2; ${accepted}`,
    );
    expect(faultOf('{"a": {"__proto__": 1}}', 3)).toBe(
      'the field "__proto__" at line 1, column 8; expected another name',
    );
    expect(exactDocument(inChunks('["two\\nlines\\t", "\\ud83d\\ude00"]', 3))).toEqual([
      "two\nlines\t",
      "\u{1f600}",
    ]);
  });

  test("a text that goes on and on is given up", () => {
    const faults = [`"${"a".repeat(3_000_000)}"`, " ".repeat(3_000_000), `[1, ${"1".repeat(3_000_000)}]`];
    for (const text of faults) {
      expect(faultOf(text, 1 << 16)).toMatch(
        /^a text, number or space of more than 1048576 bytes after line 1, column \d; expected shorter ones$/,
      );
    }
  });
});
