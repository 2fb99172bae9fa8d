import { describe, expect, test } from "vitest";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { parseInstance, readInstance } from "../../src/instance/instance.js";
import { flatten } from "../../src/instance/nested-table.js";

const message = (run: () => unknown): string => {
  try {
    run();
  } catch (fault) {
    if (fault instanceof Error && fault.name === "InputError") return fault.message;
    throw fault;
  }
  return "no fault";
};

describe("text that is not JSON is told its place", () => {
  test.each([
    ["", "line 1, column 1"],
    ['{\n  "agents": [1,]\n}', "line 2, column 16"],
    ['{ "a": NaN }', "line 1, column 8"],
    ['{ "a": 1, "a": 2 }', "line 1, column 12"],
  ])("%j", (text, place) => {
    const found = message(() => parseExactJson(text, ""));
    expect(found).toContain("text that is not JSON (");
    expect(found).toContain(place);
    expect(found).toContain("; expected a JSON document");
  });

  test("lists may not lie deeper within each other than any table's, however brackets stand in texts", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(message(() => parseExactJson(nested(501), "x.json"))).toBe(
      "x.json: lists or objects that lie too deep within each other; expected at most 500 levels",
    );
    expect(message(() => parseExactJson(nested(500), ""))).toBe("no fault");
    expect(parseExactJson(JSON.stringify(['"['.repeat(1000)]), "")).toEqual(['"['.repeat(1000)]);
    expect(message(() => parseExactJson(nested(100_000), ""))).toContain("too deep");
  });
});

describe("what is JSON but no instance", () => {
  test.each([
    ["[1, 2]", "[1,2]; expected an object: an instance"],
    ["null", "null; expected an object: an instance"],
    [
      '{ "agnets": [] }',
      'neither "agents" nor "model" among the fields agnets; expected "agents" and "outcomes", written out, or a "model" with its "parameters"',
    ],
    [
      '{ "model": "bilateral-trade", "agents": [] }',
      'the unknown field "agents"; expected only the fields $schema, $comment, name, description, source, expected, question, model, parameters',
    ],
  ])("%s", (text, expected) => {
    expect(message(() => readInstance(text, "x"))).toBe(expected);
  });

  test("doubles that are no numbers are none in the library either", () => {
    const parameters = { buyer: { values: [Number.NaN] }, seller: { points: 1 } };
    expect(message(() => parseInstance({ model: "bilateral-trade", parameters }, "x"))).toBe(
      'parameters.buyer.values[0]: NaN; expected a number, or a string such as "1/3"',
    );
    const many = { buyer: { points: Number.POSITIVE_INFINITY }, seller: { points: 1 } };
    expect(message(() => parseInstance({ model: "bilateral-trade", parameters: many }, "x"))).toBe(
      "parameters.buyer.points: Infinity; expected a whole number from 1 to 100000",
    );
  });
});

describe("a table of lists within lists", () => {
  const flat = (nested: Parameters<typeof flatten<number>>[0]) =>
    flatten<number>(nested, [2, 3], ["type of ann", "outcome"], "values");

  test("is read with the last index fastest", () => {
    expect(
      flat([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("has exactly its shape", () => {
    expect(message(() => flat([[1, 2, 3]]))).toBe(
      "values: a list of 1; expected a list of 2, one for each type of ann",
    );
    expect(
      message(() =>
        flat([
          [1, 2, 3],
          [4, 5],
        ]),
      ),
    ).toBe("values[1]: a list of 2; expected a list of 3, one for each outcome");
    expect(message(() => flat([[1, 2, 3], 4]))).toBe(
      "values[1]: a single entry; expected a list of 3, one for each outcome",
    );
    expect(
      message(() =>
        flat([
          [1, 2, 3],
          [4, 5, [6]],
        ]),
      ),
    ).toBe("values[1][2]: a list of 1; expected a single entry");
    expect(message(() => flat(1))).toBe(
      "values: a single entry; expected a list of 2, one for each type of ann",
    );
  });
});
