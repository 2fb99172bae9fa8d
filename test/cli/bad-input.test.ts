import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { loadInstance, poseFrom } from "../../src/cli/instance-file.js";
import { InputError } from "../../src/environment/input-error.js";
import { mechlp, scratch } from "./command.js";

const five = "instances/bilateral-trade-endpoint-5.json";

/** One clear message, exit status 2, nothing on standard output, and nothing written. */
async function refused(
  args: readonly string[],
  message: string,
  folder: ReturnType<typeof scratch>,
): Promise<void> {
  const before = folder.names().map((name) => [name, readFileSync(folder.path(name), "utf8")]);
  const { status, stdout, stderr } = await mechlp(args);
  expect(stderr).toBe(`mechlp: ${message}\n`);
  expect([status, stdout]).toEqual([2, ""]);
  expect(folder.names().map((name) => [name, readFileSync(folder.path(name), "utf8")])).toEqual(before);
}

/** Two agents with two types each; the cases spoil it. */
function instance(change: object = {}, ann: object = {}) {
  const agent = (name: string) => ({
    name,
    types: ["low", "high"],
    prior: ["1/2", "1/2"] as unknown,
    values: {
      byType: [
        [0, 1],
        [0, 2],
      ],
    } as unknown,
  });
  return { agents: [{ ...agent("ann"), ...ann }, agent("bob")], outcomes: ["no", "yes"], ...change };
}

/** The same with a joint prior in place of the agents' own. */
function jointly(prior: object) {
  const { agents, ...rest } = instance({ prior });
  return { ...rest, agents: agents.map(({ prior: _, ...agent }) => agent) };
}

const valued = (value: unknown) =>
  instance(
    {},
    {
      values: {
        byType: [
          [0, 1],
          [0, value],
        ],
      },
    },
  );
const trade = (buyer: unknown, more: object = {}) => ({
  model: "bilateral-trade",
  parameters: { buyer, seller: { points: 2 }, ...more },
});
const NUMBER = 'expected a number, or a string such as "1/3"';

// What stands in the file, and what is said about it after the file's name.
const faults: Record<string, [content: unknown, message: string][]> = {
  "not JSON": [
    [
      '{\n  "agents": [1 2]\n}',
      "text that is not JSON (Comma ',' expected after value but got '2' at line 2, column 16); expected a JSON document",
    ],
    [
      "",
      "text that is not JSON (JSON value expected but reached end of input at line 1, column 1); expected a JSON document",
    ],
    ["[1, 2]", "[1,2]; expected an object: an instance"],
  ],
  "unknown or missing fields": [
    [
      {},
      'neither "agents" nor "model" among the fields (none); expected "agents" and "outcomes", written out, or a "model" with its "parameters"',
    ],
    [
      instance({ costs: 1 }),
      'the unknown field "costs"; expected only the fields $schema, name, description, question, agents, outcomes, prior, cost, allocation',
    ],
    [
      instance({}, { priors: [1] }),
      'agents[0]: the unknown field "priors"; expected only the fields name, types, prior, weights, values, outsideOption',
    ],
    [instance({ outcomes: undefined }), "outcomes: nothing (the field is missing); expected a list"],
    [
      instance({}, { values: undefined }),
      'agents[0].values: nothing (the field is missing); expected {"byType": ...} or {"byProfile": ...}',
    ],
    [
      instance({}, { prior: undefined }),
      "agents[0].prior: nothing (the field is missing); expected probabilities, or weights, or a joint prior",
    ],
    [
      instance({ question: { ic: "bayes" } }),
      'question.ic: "bayes"; expected one of bayesian, none, ex-post, dominant',
    ],
    [
      instance({ question: { allocation: "given" } }),
      "allocation: no allocation rule in the instance; expected a rule under `allocation`, for --allocation given",
    ],
  ],
  "a prior that sums to 0.999": [
    [
      instance({}, { prior: [0.5, 0.499] }),
      "agents[0].prior: probabilities that sum to 999/1000; expected a sum of exactly 1 (or give `weights`, which are normalised exactly)",
    ],
    [
      jointly({
        joint: [
          [0.25, 0.25],
          [0.25, 0.249],
        ],
      }),
      "prior.joint: probabilities that sum to 999/1000; expected a sum of exactly 1 (or give `prior.weights`, which are normalised exactly)",
    ],
  ],
  "a negative probability": [
    [
      instance({}, { prior: ["3/2", "-1/2"] }),
      "agents[0].prior[1]: the negative probability -1/2; expected a number >= 0",
    ],
    [
      instance({}, { prior: undefined, weights: [-1, 2] }),
      "agents[0].weights[0]: the negative weight -1; expected a number >= 0",
    ],
    [
      jointly({
        joint: [
          [1, 0],
          ["-1/2", "1/2"],
        ],
      }),
      "prior.joint[1][0]: the negative probability -1/2; expected a number >= 0",
    ],
    [
      jointly({
        weights: [
          [1, 0],
          [1, -1],
        ],
      }),
      "prior.weights[1][1]: the negative weight -1; expected a number >= 0",
    ],
  ],
  "a type with no probability under a joint prior": [
    [
      jointly({
        joint: [
          ["1/2", 0],
          ["1/2", 0],
        ],
      }),
      "agents[1].types[1]: this type has probability zero under the joint prior, so it has no beliefs; expected a positive probability for every type, or the type left out",
    ],
  ],
  "tables of the wrong shape": [
    [
      instance(
        {},
        {
          values: {
            byType: [
              [0, 1],
              [0, 2, 3],
            ],
          },
        },
      ),
      "agents[0].values.byType[1]: a list of 3; expected a list of 2, one for each outcome",
    ],
    [
      instance(
        {},
        {
          values: {
            byProfile: [
              [
                [0, 1],
                [0, 1],
              ],
              [[0, 1]],
            ],
          },
        },
      ),
      "agents[0].values.byProfile[1]: a list of 1; expected a list of 2, one for each type of bob",
    ],
    [instance({}, { prior: [1] }), "agents[0].prior: a list of 1; expected a list of 2, one for each type"],
    [
      instance({}, { prior: undefined, weights: [1] }),
      "agents[0].weights: a list of 1; expected a list of 2, one for each type",
    ],
    [
      instance({}, { outsideOption: { byType: [1] } }),
      "agents[0].outsideOption.byType: a list of 1; expected a list of 2, one for each type",
    ],
    [
      instance({ cost: { byOutcome: [1] } }),
      "cost.byOutcome: a list of 1; expected a list of 2, one for each outcome",
    ],
    [
      instance({ cost: { byProfile: [[0, 1], 2] } }),
      "cost.byProfile[1]: a single entry; expected a list of 2, one for each type of bob",
    ],
    [
      jointly({ joint: ["1/2", "1/2"] }),
      "prior.joint[0]: a single entry; expected a list of 2, one for each type of bob",
    ],
    [
      instance({ allocation: [["no", "yes"]] }),
      "allocation: a list of 1; expected a list of 2, one for each type of ann",
    ],
  ],
  "a given rule that picks an unknown outcome, or a lottery that does not sum to 1": [
    [
      instance({
        allocation: [
          ["no", "yes"],
          ["maybe", "no"],
        ],
      }),
      'allocation[1][0]: the unknown outcome "maybe"; expected one of no, yes',
    ],
    [
      instance({
        allocation: [
          ["no", "yes"],
          ["yes", { maybe: 1 }],
        ],
      }),
      'allocation[1][1].maybe: the unknown outcome "maybe"; expected one of no, yes',
    ],
    [
      instance({
        allocation: [
          ["no", { no: "1/2", yes: 0.499 }],
          ["no", "yes"],
        ],
      }),
      "allocation[0][1]: a lottery that sums to 999/1000; expected a sum of exactly 1",
    ],
    [
      instance({
        allocation: [
          ["no", { no: "3/2", yes: "-1/2" }],
          ["no", "yes"],
        ],
      }),
      "allocation[0][1].yes: the negative probability -1/2; expected a number >= 0",
    ],
  ],
  "0 types": [
    [
      instance({}, { types: [], prior: [], values: { byType: [] } }),
      "agents[0].types: 0 types; expected at least one type",
    ],
    [trade({ points: 0 }), "parameters.buyer.points: 0; expected a whole number from 1 to 1000000"],
    [trade({ values: [] }), "parameters.buyer.values: []; expected at least 1 in the list"],
    [instance({ agents: [] }), "agents: an empty list; expected at least one agent"],
    [instance({ outcomes: [] }), "outcomes: an empty list; expected at least one outcome"],
  ],
  'NaN, infinities, "1/0"': [
    [
      JSON.stringify(valued("?")).replace('"?"', "NaN"),
      "text that is not JSON (Array item expected but got 'N' at line 1, column 100); expected a JSON document",
    ],
    [
      JSON.stringify(valued("?")).replace('"?"', "1e999999"),
      `agents[0].values.byType[1][1]: "1e999999"; ${NUMBER}`,
    ],
    ...["NaN", "Infinity", "-Infinity", "1/0"].map((text): [unknown, string] => [
      valued(text),
      `agents[0].values.byType[1][1]: "${text}"; ${NUMBER}`,
    ]),
    [trade({ points: 2, to: "1/0" }), `parameters.buyer.to: "1/0"; ${NUMBER}`],
  ],
  "an unknown model or parameter": [
    [
      trade({ points: 2 }, { sellr: 1 }),
      'parameters: the unknown field "sellr"; expected only the fields buyer, seller, convention',
    ],
    [
      trade({ point: 2 }),
      'parameters.buyer: the unknown field "point"; expected only the fields points, placement, distribution, from, to',
    ],
    [
      trade({ points: 2 }, { convention: "price" }),
      'parameters.convention: "price"; expected one of cost, value',
    ],
    [
      { ...trade({ points: 2 }), outcomes: [] },
      'the unknown field "outcomes"; expected only the fields $schema, name, description, question, model, parameters',
    ],
  ],
};

/** What the command says of an instance, without starting it. */
function said(file: string): string {
  try {
    poseFrom(file, loadInstance(file), {});
  } catch (fault) {
    if (fault instanceof InputError) return fault.message;
    throw fault;
  }
  return "nothing";
}

describe.concurrent.each(Object.entries(faults))("%s", (_, cases) => {
  test("is one clear message, exit status 2, and nothing written", async () => {
    const folder = scratch();
    const [content, message] = cases[0];
    const file = folder.write("bad.json", content);
    await refused(["solve", file, "--out", folder.path("m.json")], `${file}: ${message}`, folder);
  });

  test.each(cases.map(([content, message]) => [message, content] as const))("%s", (message, content) => {
    const file = scratch().write("bad.json", content);
    expect(said(file)).toBe(`${file}: ${message}`);
  });
});

describe.concurrent("whole requests", () => {
  test("an unknown model is told those there are", async () => {
    const folder = scratch();
    const file = folder.write("bad.json", { model: "bilateral", parameters: {} });
    const { status, stderr } = await mechlp(["solve", file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /bad\.json: model: the unknown family "bilateral"; expected one of bilateral-trade, .*partnership, .*\n$/,
    );
  });

  test.each([
    ["solve", "--formulation", "direct"],
    ["export", "--format", "mps"],
  ])("a direct program that does not fit in memory is told its size: %s", async (command, flag, value) => {
    const folder = scratch();
    const points = { points: 400 };
    const file = folder.write("large.json", {
      model: "bilateral-trade",
      parameters: { buyer: points, seller: points },
    });
    await refused(
      [command, file, flag, value, "--out", folder.path("out")],
      `${file}: the direct linear program would have 480,000 rows, 480,000 columns and 767,520,000 coefficients, about 71.5 GiB; ` +
        "expected at most 20,000,000 coefficients: a coarser grid, or fewer agents",
      folder,
    );
  });

  test("a mechanism file for another instance, or of another kind", async () => {
    const folder = scratch();
    const reference = { name: "elsewhere", digest: "0123456789abcdef" };
    const file = folder.write("m.json", { format: "mechlp-mechanism-1", instance: reference, profiles: [] });
    const { stderr, status } = await mechlp(["check", five, file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^mechlp: .*\/m\.json: instance\.digest: the digest of another instance, "elsewhere" \(0123456789ab…\); expected [0-9a-f]{12}…, the digest of this one\n$/,
    );
    const answer = folder.write("a.json", { format: "mechlp-answer-1", instance: reference, profiles: [] });
    await refused(
      ["check", five, answer],
      `${answer}: format: "mechlp-answer-1"; expected "mechlp-mechanism-1"`,
      folder,
    );
    await refused(
      ["explain", file],
      `${file}: the unknown field "profiles"; expected only the fields $schema, format, instance, question, claim, mechanism, multipliers`,
      folder,
    );
    await refused(
      ["verify", five, folder.write("t.json", "verified")],
      `${folder.path("t.json")}: text that is not JSON (JSON value expected but got 'v' at line 1, column 1); expected a JSON document`,
      folder,
    );
  });

  test("a file that is a directory, absent, or unreadable", async () => {
    const folder = scratch();
    const reason: [string, string][] = [
      ["instances", "a directory"],
      [folder.path("absent.json"), "no such file or directory"],
      ["package.json/x.json", "a path through something that is not a directory"],
    ];
    for (const [path, why] of reason) {
      const message = `${path}: ${why}; expected a file that can be read`;
      await refused(["solve", path, "--out", folder.path("m.json")], message, folder);
      await refused(["check", five, path], message, folder);
    }
  });

  test("an output path that cannot be written, before any work is done", async () => {
    const folder = scratch();
    const reason: [string, string][] = [
      [".", "a directory"],
      [folder.path("absent/m.json"), "no such file or directory"],
      ["package.json/m.json", "a path through something that is not a directory"],
      ["package.json/x/m.json", "a path through something that is not a directory"],
    ];
    for (const [path, why] of reason) {
      const message = `${path}: ${why}; expected a file that can be written`;
      await refused(["solve", "instances/no-such-instance.json", "--out", path], message, folder);
    }
    const [path, why] = reason[1];
    const message = `${path}: ${why}; expected a file that can be written`;
    await refused(["solve", five, "--proof", path], message, folder);
    await refused(["export", five, "--out", path], message, folder);
    await refused(
      ["schema", "--out", folder.path("absent")],
      `${folder.path("absent/instance.schema.json")}: ${why}; expected a file that can be written`,
      folder,
    );
  });

  test("a file that was there before keeps its content", async () => {
    const folder = scratch();
    const kept = folder.write("m.json", "precious");
    const bad = folder.write("bad.json", instance({ outcomes: [] }));
    await refused(
      ["solve", bad, "--out", kept, "--proof", kept],
      `${bad}: outcomes: an empty list; expected at least one outcome`,
      folder,
    );
    await refused(
      ["export", bad, "--out", kept],
      `${bad}: outcomes: an empty list; expected at least one outcome`,
      folder,
    );
    expect(readFileSync(kept, "utf8")).toBe("precious");
    expect(folder.names()).toEqual(["bad.json", basename(kept)]);
  });

  test("a byte order mark before the text is no fault", async () => {
    const folder = scratch();
    const { status } = await mechlp([
      "solve",
      folder.write("marked.json", `\uFEFF${JSON.stringify(instance())}`),
    ]);
    expect(status).toBe(0);
  });
});
