import { describe, expect, test } from "vitest";
import * as z from "zod";
import { pathText, schemaFault } from "../../src/fault/schema-fault.js";
import { rationalSchema } from "../../src/number/rational-schema.js";

const grid = z.union([
  z.strictObject({ points: rationalSchema, placement: z.enum(["midpoint", "endpoint"]).optional() }),
  z.strictObject({ values: z.array(rationalSchema).min(1), weights: z.array(rationalSchema).optional() }),
]);
const cost = z.union([rationalSchema, z.strictObject({ byOutcome: z.array(rationalSchema) })], {
  error: 'expected a number or {"byOutcome": ...}',
});
const schema = z.strictObject({
  name: z.string().min(1),
  kind: z.literal("trade").optional(),
  traders: z.array(z.strictObject({ grid, cost: cost.optional() })).optional(),
});

function message(input: unknown): string {
  const parsed = schema.safeParse(input);
  if (parsed.success) return "nothing at fault";
  return schemaFault(parsed.error, input, schema).message;
}

const trader = (part: unknown) => ({ name: "x", traders: [{ grid: { points: 1 } }, part] });

describe("a fault that a schema found is one sentence with its path", () => {
  test.each([
    [{}, "name: nothing (the field is missing); expected a text"],
    [{ name: "" }, 'name: ""; expected a text that is not empty'],
    [{ name: "x", kind: "barter" }, 'kind: "barter"; expected "trade"'],
    [{ name: "x", traders: {} }, "traders: {}; expected a list"],
    [[], "[]; expected an object"],
    [{ name: "x", traders: [1] }, "traders[0]: 1; expected an object"],
    [{ name: "x", traders: [{}] }, "traders[0].grid: nothing (the field is missing); expected an object"],
  ])("%j", (input, expected) => {
    expect(message(input)).toBe(expected);
  });
});

describe("a misspelt field is named before the one that it leaves missing, with the fields there are", () => {
  test.each([
    [{ nmae: "x" }, 'the unknown field "nmae"; expected only the fields name, kind, traders'],
    [{ name: "x", a: 1, b: 2 }, 'the unknown fields "a", "b"; expected only the fields name, kind, traders'],
    [trader({ gird: 1 }), 'traders[1]: the unknown field "gird"; expected only the fields grid, cost'],
  ])("%j", (input, expected) => {
    expect(message(input)).toBe(expected);
  });

  test("the fields there are can be told only where the schema is given", () => {
    const { error } = schema.safeParse({ nmae: "x" });
    expect(schemaFault(error!, {}).message).toBe(
      'the unknown field "nmae"; expected only the documented fields',
    );
  });
});

describe("inside a union the fault is that of the member that was meant", () => {
  test.each([
    [
      trader({ grid: { points: "x" } }),
      'traders[1].grid.points: "x"; expected a number, or a string such as "1/3"',
    ],
    [trader({ grid: { values: "x" } }), 'traders[1].grid.values: "x"; expected a list'],
    [trader({ grid: { values: [] } }), "traders[1].grid.values: []; expected at least 1 in the list"],
    [
      trader({ grid: { values: [1, "y"] } }),
      'traders[1].grid.values[1]: "y"; expected a number, or a string such as "1/3"',
    ],
    [trader({ grid: { values: [1], weights: 1 } }), "traders[1].grid.weights: 1; expected a list"],
    [
      trader({ grid: { points: 1, placement: "end" } }),
      'traders[1].grid.placement: "end"; expected one of midpoint, endpoint',
    ],
    [
      trader({ grid: { points: 1, step: 2 } }),
      'traders[1].grid: the unknown field "step"; expected only the fields points, placement',
    ],
    [
      trader({ grid: { values: [], weights: 1, step: 2 } }),
      'traders[1].grid: the unknown field "step"; expected only the fields values, weights',
    ],
    [
      trader({ grid: { points: 1 }, cost: { byOutcome: [0, null] } }),
      'traders[1].cost.byOutcome[1]: null; expected a number, or a string such as "1/3"',
    ],
  ])("%j", (input, expected) => {
    expect(message(input)).toBe(expected);
  });

  test.each(["high", [1], true])("and where the kind fits no member, what the union wants: %j", (value) => {
    const input = trader({ grid: { points: 1 }, cost: value });
    expect(message(input)).toBe(
      `traders[1].cost: ${JSON.stringify(value)}; expected a number or {"byOutcome": ...}`,
    );
  });
});

test("a path is written as in JavaScript", () => {
  expect(pathText(["agents", 1, "prior", 3])).toBe("agents[1].prior[3]");
  expect(pathText([])).toBe("");
});
