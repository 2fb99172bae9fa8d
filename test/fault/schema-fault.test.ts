import { describe, expect, test } from "vitest";
import * as z from "zod";
import { pathText, schemaFault } from "../../src/fault/schema-fault.js";
import { integerSchema, rationalSchema } from "../../src/number/rational-schema.js";

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
    [
      { nmae: "x" },
      'the unknown field "nmae"; expected only the fields name, kind, traders; did you mean name?',
    ],
    [{ name: "x", a: 1, b: 2 }, 'the unknown fields "a", "b"; expected only the fields name, kind, traders'],
    [
      trader({ gird: 1 }),
      'traders[1]: the unknown field "gird"; expected only the fields grid, cost; did you mean grid?',
    ],
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
      'traders[1].grid.placement: "end"; expected one of midpoint, endpoint; did you mean endpoint?',
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

  test.each(["high", ["high"], true])(
    "and where the kind fits no member, what the union wants: %j",
    (value) => {
      const input = trader({ grid: { points: 1 }, cost: value });
      expect(message(input)).toBe(
        `traders[1].cost: ${JSON.stringify(value)}; expected a number or {"byOutcome": ...}`,
      );
    },
  );
});

test("a path is written as in JavaScript", () => {
  expect(pathText(["agents", 1, "prior", 3])).toBe("agents[1].prior[3]");
  expect(pathText([])).toBe("");
});

describe("a usual slip is told what was probably meant, which is always something that the schema accepts", () => {
  const grids = z.strictObject({
    agents: integerSchema(1, 9).optional(),
    grid: grid.optional(),
    cost: cost.optional(),
    outcomes: z.array(z.string()).optional(),
    question: z.strictObject({ ic: z.enum(["bayesian", "ex-post"]) }).optional(),
  });

  test.each<[unknown, readonly string[]]>([
    [{ grid: 3 }, ['{"points": 3}']],
    [{ grid: [1, 2] }, ['{"values": [1,2]}']],
    [{ cost: [0, 1] }, ['{"byOutcome": [0,1]}']],
    [{ cost: "0,5" }, ['"0.5"']],
    [{ cost: "1 / x" }, []],
    [{ cost: "50%" }, ['"50/100"']],
    [{ agents: ["ann", "bob"] }, ["2"]],
    [{ outcomes: "trade" }, ['["trade"]']],
    [{ ic: "ex-post" }, ["question.ic"]],
    [{ question: { ic: "expost" } }, ["ex-post"]],
    [{ question: { ic: "bayes" } }, ["bayesian"]],
    [{ outcome: [], costs: 1 }, ["outcomes", "cost"]],
  ])("%j", (input, suggestions) => {
    const { error } = grids.safeParse(input);
    const fault = schemaFault(error!, input, grids);
    expect(fault.suggestions).toEqual(suggestions);
    expect(fault.message.includes("; did you mean ")).toBe(suggestions.length > 0);
  });

  test.each([
    { grid: true },
    { cost: "1,000" },
    { cost: "cheap" },
    { agents: Array(10).fill("x") },
    { question: { ic: "fair" } },
    { colour: "red" },
  ])("nothing is made up where nothing comes near: %j", (input) => {
    const { error } = grids.safeParse(input);
    const fault = schemaFault(error!, input, grids);
    expect(fault.suggestions).toEqual([]);
    expect(fault.message).not.toContain("did you mean");
  });
});
