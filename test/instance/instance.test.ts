import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lotteryLabel } from "../../src/environment/lottery.js";
import { parseInstance, readInstance } from "../../src/instance/instance.js";

const agent = (change: object = {}) => ({
  name: "ann",
  types: ["low", "high"],
  prior: ["1/2", "1/2"],
  values: {
    byType: [
      [0, 1],
      [0, 2],
    ],
  },
  ...change,
});
const explicit = (change: object = {}) => ({
  agents: [agent(), agent({ name: "bob" })],
  outcomes: ["no", "yes"],
  ...change,
});
const written = (json: string) => `{ "agents": [${json}], "outcomes": ["only"] }`;
const valued = (number: string) =>
  written(`{ "name": "ann", "types": [1], "prior": [1], "values": { "byType": [[${number}]] } }`);

describe("a number in a file is the rational that its text denotes", () => {
  test.each([
    ["0.1", "1/10"],
    ['"1/3"', "1/3"],
    ['"0.1"', "1/10"],
    ["0.1000000000000000055", "200000000000000011/2000000000000000000"],
    ["1e-30", `1/${10n ** 30n}`],
    ["9007199254740993", "9007199254740993"],
    ["-0", "0"],
  ])("%s", (text, expected) => {
    const { environment } = readInstance(valued(text), "x");
    expect(String(environment.value(0, 0, 0))).toBe(expected);
  });

  test("a label is the text that was written", () => {
    const text = written(
      '{ "name": 7, "types": [0.50, "0.5"], "prior": [0.5, 0.5], "values": { "byType": [[1], [2]] } }',
    );
    const { agents } = readInstance(text, "x").environment;
    expect(agents).toEqual([{ name: "7", types: ["0.50", "0.5"] }]);
  });
});

describe("an environment written out", () => {
  test("has values, costs and outside options by whatever they depend on", () => {
    const { environment } = parseInstance(
      explicit({
        agents: [
          agent({ outsideOption: { byType: ["1/2", "1/3"] } }),
          agent({
            name: "bob",
            values: {
              byProfile: [
                [
                  [0, 1],
                  [0, 2],
                ],
                [
                  [0, 3],
                  [0, 4],
                ],
              ],
            },
            outsideOption: {
              byProfile: [
                [1, 2],
                [3, 4],
              ],
            },
          }),
        ],
        cost: {
          byProfile: [
            [
              [0, 1],
              [0, 2],
            ],
            [
              [0, 3],
              [0, "7/2"],
            ],
          ],
        },
      }),
      "x",
    );
    const at = (of: (s: number) => unknown) => [0, 1, 2, 3].map((s) => String(of(s)));
    expect(at((s) => environment.value(1, 1, s))).toEqual(["1", "2", "3", "4"]);
    expect(at((s) => environment.outsideOption(0, s))).toEqual(["1/2", "1/2", "1/3", "1/3"]);
    expect(at((s) => environment.outsideOption(1, s))).toEqual(["1", "2", "3", "4"]);
    expect(at((s) => environment.cost(1, s))).toEqual(["1", "2", "3", "7/2"]);
  });

  test.each([
    [3, "3", "3"],
    [{ byOutcome: [0, "1/2"] }, "0", "1/2"],
    [
      {
        byProfile: [
          [1, 1],
          [1, 1],
        ],
      },
      "1",
      "1",
    ],
    [undefined, "0", "0"],
  ])("has the cost %j", (cost, first, second) => {
    const { environment } = parseInstance(explicit({ cost }), "x");
    expect([environment.cost(0, 3), environment.cost(1, 3)].map(String)).toEqual([first, second]);
  });

  test("has priors as probabilities or as weights, of each agent or joint", () => {
    const weighted = parseInstance(explicit({ agents: [agent({ prior: undefined, weights: [1, 2] })] }), "x");
    expect(weighted.environment.prior.marginals[0].toRationals().map(String)).toEqual(["1/3", "2/3"]);
    const free = [agent({ prior: undefined }), agent({ name: "bob", prior: undefined })];
    const table = (prior: object) =>
      [0, 1, 2, 3].map((s) =>
        String(parseInstance(explicit({ agents: free, prior }), "x").environment.prior.probability(s)),
      );
    expect(
      table({
        joint: [
          ["2/5", 0.1],
          [0.1, "2/5"],
        ],
      }),
    ).toEqual(["2/5", "1/10", "1/10", "2/5"]);
    expect(
      table({
        weights: [
          [4, 1],
          [1, 4],
        ],
      }),
    ).toEqual(["2/5", "1/10", "1/10", "2/5"]);
  });

  test("has a rule of outcomes and lotteries where one is given", () => {
    const allocation = [
      ["no", { no: "1/3", yes: "2/3" }],
      [{ yes: 1, no: 0 }, "yes"],
    ];
    const { givenRule, environment } = parseInstance(explicit({ allocation }), "x");
    expect([0, 1, 2, 3].map((s) => lotteryLabel(givenRule!(s), environment.outcomes))).toEqual([
      "no",
      "1/3 no + 2/3 yes",
      "yes",
      "yes",
    ]);
    expect(parseInstance(explicit(), "x").givenRule).toBeUndefined();
  });
});

describe("a family with its parameters", () => {
  const trade = (parameters: object) => parseInstance({ model: "bilateral-trade", parameters }, "x");

  test("is the environment that the family builds", () => {
    const { environment, model } = trade({ buyer: { points: 2 }, seller: { values: ["1/3", 1] } });
    expect(environment.agents.map(({ types }) => types)).toEqual([
      ["0.25", "0.75"],
      ["1/3", "1"],
    ]);
    expect(model?.family.familyName).toBe("bilateral-trade");
  });

  test("keeps the digits of its parameters", () => {
    const text =
      '{ "model": "bilateral-trade", "parameters": { "buyer": { "values": [0.1000000000000000055] }, "seller": { "points": 1 } } }';
    const { environment } = readInstance(text, "x");
    expect(String(environment.value(0, 1, 0))).toBe("200000000000000011/2000000000000000000");
  });
});

test("a name is the file's where the file says none, and the question and the line are the file's own", () => {
  const bare = parseInstance(explicit(), "two-friends");
  expect([bare.name, bare.description, bare.question]).toEqual(["two-friends", "", {}]);
  const named = parseInstance(explicit({ name: "n", description: "d", question: { ic: "none" } }), "x");
  expect([named.name, named.description, named.question]).toEqual(["n", "d", { ic: "none" }]);
});

test("the same environment in either form has the same digest, whatever it is called", () => {
  const model = parseInstance(
    { model: "bilateral-trade", parameters: { buyer: { points: 1 }, seller: { points: 1 } } },
    "x",
  );
  const side = (name: string, value: string) => ({
    name,
    types: ["0.5"],
    weights: [7],
    values: { byType: [[0, value]] },
  });
  const spelt = parseInstance(
    { name: "y", agents: [side("buyer", "1/2"), side("seller", "-0.5")], outcomes: ["no trade", "trade"] },
    "x",
  );
  expect(spelt.digest).toBe(model.digest);
});

describe("every instance in instances/", () => {
  const files = readdirSync("instances").filter((name) => name.endsWith(".json"));

  test("there are at least twelve", () => {
    expect(files.length).toBeGreaterThanOrEqual(12);
  });

  test.each(files)("%s reads, is called like its file and says what it shows", (file) => {
    const text = readFileSync(`instances/${file}`, "utf8");
    const instance = readInstance(text, "no name");
    expect(`${instance.name}.json`).toBe(file);
    expect(instance.description).toMatch(/^[A-Z].{20,}\.$/);
    expect(instance.environment.profiles.count).toBeGreaterThan(0);
    expect((JSON.parse(text) as { $schema: string }).$schema).toBe("../schema/instance.schema.json");
  });
});
