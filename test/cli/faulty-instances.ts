/** Two agents with two types each; the cases spoil it. */
export function instance(change: object = {}, ann: object = {}) {
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

/** What stands in a file, and what is said about it after the file's name. */
export const faults: Record<string, [content: unknown, message: string][]> = {
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
      'the unknown field "costs"; expected only the fields $schema, $comment, name, description, source, expected, question, agents, outcomes, prior, cost, allocation; did you mean cost?',
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
      'question.ic: "bayes"; expected one of bayesian, none, ex-post, dominant; did you mean bayesian?',
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
    [trade({ points: 0 }), "parameters.buyer.points: 0; expected a whole number from 1 to 100000"],
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
      'parameters.buyer: the unknown field "point"; expected only the fields points, placement, distribution, from, to; did you mean points?',
    ],
    [
      trade({ points: 2 }, { convention: "price" }),
      'parameters.convention: "price"; expected one of cost, value',
    ],
    [
      { ...trade({ points: 2 }), outcomes: [] },
      'the unknown field "outcomes"; expected only the fields $schema, $comment, name, description, source, expected, question, model, parameters',
    ],
  ],
};
