import { expect, test } from "vitest";
import * as z from "zod";
import { parsedBy } from "../../src/fault/parsed-by.js";
import { rationalSchema } from "../../src/number/rational-schema.js";

const schema = z.strictObject({
  agents: z.array(z.strictObject({ name: z.string(), types: z.array(rationalSchema).optional() })),
  cost: z.union([rationalSchema, z.strictObject({ byOutcome: z.array(rationalSchema) })]).optional(),
});

const fault = (given: unknown) => {
  try {
    return JSON.stringify(parsedBy(schema, given));
  } catch (fault) {
    return (fault as Error).message;
  }
};

test("the first fault is told, and of an object its unknown field before what is missing for it", () => {
  expect(fault({ agents: [{ name: "ann", types: [1, "1/2"] }] })).toBe(
    '{"agents":[{"name":"ann","types":["1","1/2"]}]}',
  );
  expect(fault({ agents: [{ name: "ann" }, { nmae: "bob" }, 7] })).toBe(
    'agents[1]: the unknown field "nmae"; expected only the fields name, types; did you mean name?',
  );
  expect(fault({ agents: [{ name: "ann", types: [1, 2, "x"] }], csot: 1 })).toBe(
    'the unknown field "csot"; expected only the fields agents, cost; did you mean cost?',
  );
});

test("however many faults there are, and wherever the first of them lies", () => {
  const types = new Array<unknown>(1_000_000).fill(null);
  const since = process.memoryUsage().heapUsed;
  expect(fault({ agents: [{ name: "ann", types }] })).toMatch(
    /^agents\[0\]\.types\[0\]: null; expected a number/,
  );
  types.fill(1, 0, 999_999);
  expect(fault({ agents: [{ name: "ann", types }] })).toMatch(
    /^agents\[0\]\.types\[999999\]: null; expected a number/,
  );
  expect(fault({ agents: types.fill(null) })).toBe("agents[0]: null; expected an object");
  expect(fault({ agents: [], cost: { byOutcome: types } })).toContain(
    "cost.byOutcome[0]: null; expected a number",
  );
  // A million faults would take a gigabyte.
  expect(process.memoryUsage().heapUsed - since).toBeLessThan(400e6);
});
