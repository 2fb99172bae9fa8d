import { expect, test } from "vitest";
import { familyText } from "../../src/report/families-text.js";

const parameters = {
  properties: {
    points: { type: ["number", "string"], description: "Number of types." },
    placement: { enum: ["midpoint", "endpoint"], default: "midpoint", description: "Where." },
    cost: { $ref: "#/$defs/__schema1" },
    table: { type: "array", items: { type: "array", items: { $ref: "#/$defs/__schema1" } } },
    grid: { $ref: "#/$defs/grid", description: "The types." },
  },
  required: ["points", "placement", "grid"],
  $defs: {
    __schema1: { type: "number", description: "An exact number." },
    grid: {
      description: "A number of points, or a list.",
      anyOf: [
        {
          properties: { values: { type: "array", items: { $ref: "#/$defs/__schema1" } } },
          required: ["values"],
        },
        { const: "uniform" },
      ],
    },
  },
};

test("a family is told with the kind, choices, default and meaning of each parameter, and what these have in common once", () => {
  const family = {
    name: "dots",
    summary: "Dots.",
    about: "Dots on a line.",
    source: "Ke 2009",
    parameters,
    example: { model: "dots", parameters: { points: 3, grid: { values: [1, 2] } } },
  };
  expect(familyText(family)).toBe(
    `dots
  Dots on a line.
  Source: Ke 2009

parameters
  points     number. Number of types.
  placement  midpoint | endpoint; default "midpoint". Where.
  cost       number; optional. An exact number.
  table      list of lists of numbers; optional.
  grid       grid. The types.

grid: A number of points, or a list.
  {values}
    values  list of numbers.

example
  echo '{
    "model": "dots",
    "parameters": {
      "points": 3,
      "grid": { "values": [ 1, 2 ] }
    }
  }' | mechlp solve -
`,
  );
});
