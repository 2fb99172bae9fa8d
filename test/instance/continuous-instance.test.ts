import { describe, expect, test } from "vitest";
import {
  continuousInstanceFromData,
  parseContinuousInstance,
} from "../../src/instance/continuous-instance.js";
import { parseInstance } from "../../src/instance/instance.js";
import { Rational } from "../../src/number/rational.js";

const piece = (from: unknown, to: unknown, ...coefficients: unknown[]) => ({ from, to, coefficients });

/** A buyer and a seller; the cases spoil it. */
function trade(change: object = {}, buyer: object = {}) {
  return {
    agents: [
      {
        name: "buyer",
        types: { from: 0, to: 1 } as object,
        values: { byOutcome: [0, { slope: 1 }] },
        ...buyer,
      },
      { name: "seller", types: {}, values: { byOutcome: [0, { slope: -1 }] } },
    ],
    outcomes: ["no trade", "trade"],
    ...change,
  };
}

const message = (json: unknown) => {
  try {
    parseContinuousInstance(json, "x");
  } catch (fault) {
    if (fault instanceof Error && fault.name === "InputError") return fault.message;
    throw fault;
  }
  return "no fault";
};

test("intervals, densities, values and outside options are read as they are written", () => {
  const { environment, question, name } = continuousInstanceFromData({
    name: "a house",
    question: { ir: "ex-post" },
    agents: [
      {
        name: "buyer",
        types: { from: 10, to: 14, distribution: { density: [{ from: 0, to: 1, coefficients: [0, 2] }] } },
        values: { byOutcome: [0, { slope: 1, constant: "-1/2" }] },
        outsideOption: { pieces: [piece(10, 12, 1), piece(12, 14, -11, 1)] as never },
      },
      { name: "seller", types: {}, values: { byOutcome: [3, { slope: -1 }] }, outsideOption: { slope: 2 } },
    ],
    outcomes: ["kept", "sold"],
    cost: { byOutcome: [0, "1/8"] },
  });
  expect([name, question]).toEqual(["a house", { ir: "ex-post" }]);
  const [buyer, seller] = environment.agents;
  expect(buyer.density.at(Rational.of(14)).toString()).toBe("1/2");
  expect(buyer.density.integral().toString()).toBe("1");
  expect([10, 12, 13].map((t) => buyer.outsideOption.at(Rational.of(t)).toString())).toEqual(["1", "1", "2"]);
  expect(seller.outsideOption.at(Rational.of(1, 4)).toString()).toBe("1/2");
  expect(JSON.parse(JSON.stringify(environment.outcomes))).toEqual([
    { label: "kept", slopes: ["0", "0"], constants: ["0", "3"], cost: "0" },
    { label: "sold", slopes: ["1", "-1"], constants: ["-1/2", "0"], cost: "1/8" },
  ]);
});

describe("what is no continuous environment is told where, what was found, and what would be accepted", () => {
  const types = (distribution: unknown) => trade({}, { types: { distribution } });
  test.each<[string, unknown, string]>([
    [
      "a density of too much",
      types({ density: [piece(0, 1, 2)] }),
      "agents[0].types.distribution.density: a density that integrates to 2; expected one that integrates to 1",
    ],
    [
      "coefficients in place of pieces",
      types({ density: [0, 4] }),
      'agents[0].types.distribution.density[0]: 0; expected a piece {"from": 0, "to": 1, "coefficients": [0, 2]}, here the polynomial 2x from 0 to 1',
    ],
    [
      "an unknown field of a piece",
      types({ density: [{ ...piece(0, 1, 1), degree: 0 }] }),
      'agents[0].types.distribution.density[0]: the unknown field "degree"; expected only the documented fields',
    ],
    [
      "a negative density",
      types({ density: [piece(0, 1, "3/2", -1)] }).agents && types({ density: [piece(0, 1, -1, 4)] }),
      "agents[0].types.distribution.density: a density of -1 at 0; expected a density >= 0",
    ],
    [
      "a broken power",
      types({ power: "3/2" }),
      "agents[0].types.distribution.power: 3/2; expected for continuous types a whole exponent up to 64, for the density to be a polynomial",
    ],
    [
      "a power of 0",
      types({ power: 0 }),
      "agents[0].types.distribution.power: 0; expected for continuous types a whole exponent up to 64, for the density to be a polynomial",
    ],
    [
      "weights",
      types({ weights: [1, 2] }),
      "agents[0].types.distribution.weights: weights of points; expected a distribution of continuous types: uniform, a power or a density",
    ],
    [
      "a density in the wrong place",
      trade({}, { types: { density: [piece(0, 1, 1)] } }),
      'agents[0].types: the unknown field "density"; expected only the fields from, to, distribution; did you mean distribution.density?',
    ],
    [
      "an empty interval",
      trade({}, { types: { from: 1, to: 1 } }),
      "agents[0].types.to: 1; expected more than from, which is 1",
    ],
    [
      "a value that is not affine",
      trade({}, { values: { byOutcome: [0, { coefficients: [0, 0, 1] }] } }),
      'agents[0].values.byOutcome[1]: the unknown field "coefficients"; expected only the fields slope, constant',
    ],
    [
      "values by type",
      trade({}, { values: { byType: [[0, 1]] } }),
      'agents[0].values: the unknown field "byType"; expected only the fields byOutcome',
    ],
    [
      "a value too few",
      trade({}, { values: { byOutcome: [0] } }),
      "agents[0].values.byOutcome: a list of 1; expected a list of 2, one for each outcome",
    ],
    [
      "a cost too many",
      trade({ cost: { byOutcome: [0, 1, 2] } }),
      "cost.byOutcome: a list of 3; expected a list of 2, one for each outcome",
    ],
    [
      "an outside option with a jump",
      trade({}, { outsideOption: { pieces: [piece(0, "1/2", 0), piece("1/2", 1, 1)] } }),
      "agents[0].outsideOption.pieces[1]: 1 at 1/2, after 0; expected an outside option without jumps",
    ],
    [
      "an outside option of a part",
      trade({}, { outsideOption: { pieces: [piece(0, "1/2", 0)] } }),
      "agents[0].outsideOption.pieces[0].to: 1/2; expected 1, where the interval ends",
    ],
    [
      "the same name",
      trade({}, { name: "seller" }),
      'agents[1].name: "seller" again, as in agents[0].name; expected labels that differ',
    ],
    [
      "the same outcome",
      trade({ outcomes: ["trade", "trade"] }),
      'outcomes[1]: "trade" again, as in outcomes[0]; expected labels that differ',
    ],
    ["no outcome", trade({ outcomes: [] }), "outcomes: []; expected at least 1 in the list"],
    [
      "a joint prior",
      trade({ prior: { joint: [[1]] } }),
      'the unknown field "prior"; expected only the fields $schema, $comment, name, description, source, expected, question, agents, outcomes, cost',
    ],
    [
      "one agent of listed types",
      {
        ...trade(),
        agents: [trade().agents[0], { name: "seller", types: ["low"], values: { byOutcome: [0, 1] } }],
      },
      'agents[1].types: ["low"]; expected an object',
    ],
    [
      "a grid written out",
      { agents: [{ name: "ann", types: ["low"], prior: [1], values: { byType: [[0]] } }], outcomes: ["x"] },
      'agents: types in lists; expected for continuous types intervals, as "types": {"from": 0, "to": 1}',
    ],
    [
      "weights of a family",
      {
        model: "public-good",
        parameters: { agents: 2, cost: 1, grid: { points: 2, distribution: { weights: [1, 2] } } },
      },
      "parameters.grid.distribution.weights: weights of points; expected a distribution of continuous types: uniform, a power or a density",
    ],
    [
      "a list of a family",
      { model: "partnership", parameters: { agents: 2, grid: { values: [1, 2] } } },
      "parameters.grid.values: a list of types; expected for continuous types an interval with a distribution",
    ],
  ])("%s", (_, json, expected) => {
    expect(message(json)).toBe(expected);
  });

  test("correlated types and interdependent values, with the families that are covered", () => {
    for (const [model, parameters] of [
      ["correlated-pair", { grid: { points: 2 }, correlation: 0 }],
      ["conditionally-independent", { grid: { points: 2 } }],
    ])
      expect(message({ model, parameters })).toBe(
        `model: ${model}, whose types are not independent or whose values are not private; expected for continuous types one of bilateral-trade, partnership, public-good, public-projects, single-good-auction, private-good-production, two-residents, fixed-endowment, square-root-good`,
      );
  });
});

test("commands that are about grids say which ones are for intervals", () => {
  expect(() => parseInstance(trade(), "x")).toThrow(
    "agents[0].types: an interval of types; expected a list of types; for intervals there are show, verify, explain, and solve, compare and expand with --continuum",
  );
});
