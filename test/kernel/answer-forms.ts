import { singleGoodAuction } from "../../models/index.js";
import type { Subject } from "../../src/certificate/answer-file.js";
import { environmentDigest } from "../../src/environment/digest.js";
import type { FormulationName } from "../../src/formulation/formulation.js";
import { parseInstance } from "../../src/instance/instance.js";
import type { Question } from "../../src/question/question.js";
import { randomPublicGood } from "../generator/random-public-good.js";

export interface Named extends Subject {
  readonly name: string;
}

export const trade = (points: number, placement = "midpoint", convention = "cost"): Named => {
  const name = `trade ${points} ${placement}`;
  const side = { points, placement };
  return parseInstance(
    { name, model: "bilateral-trade", parameters: { buyer: side, seller: side, convention } },
    "",
  );
};
const named = (name: string, environment: Subject["environment"]): Named => {
  return { name, environment, digest: environmentDigest(environment) };
};
const cycle = parseInstance(
  {
    name: "cycle",
    agents: [
      {
        name: "ann",
        types: ["low", "high"],
        weights: [1, 2],
        values: {
          byType: [
            [0, 1],
            [0, 2],
          ],
        },
      },
      {
        name: "bob",
        types: ["x", "y"],
        weights: [1, 1],
        values: {
          byType: [
            [0, 1],
            [1, 0],
          ],
        },
      },
    ],
    outcomes: ["kept", "given"],
    allocation: [
      ["given", "given"],
      ["kept", "kept"],
    ],
  },
  "",
);
const auction = named("auction", singleGoodAuction({ agents: 3, grid: { points: 3 } }).environment);
const bridge = (seed: number) => named(`public good ${seed}`, randomPublicGood(seed));

/** A good that costs 1/2 and is worth 1 to each high type, who are not both high: a mechanism needs money where they are. */
const good = {
  types: ["low", "high"],
  values: {
    byType: [
      [0, 0],
      [0, 1],
    ],
  },
};
const neverBoth = parseInstance(
  {
    name: "never both high",
    agents: ["ann", "bob"].map((name) => ({ name, ...good })),
    outcomes: ["no", "yes"],
    prior: {
      weights: [
        [1, 1],
        [1, 0],
      ],
    },
    cost: { byOutcome: [0, "1/2"] },
  },
  "",
);

/** Answers of every form that there is: which formulation gives it, the instance and the question. */
export const cases: readonly (readonly [
  formulation: FormulationName,
  instance: Named,
  question: Partial<Question>,
])[] = [
  ["direct", trade(4), {}],
  ["direct", trade(3, "endpoint"), { ties: "uniform" }],
  ["direct", trade(4), { ic: "dominant", ir: "ex-post" }],
  ["direct", trade(4), { ic: "ex-post", ir: "ex-post", allocation: "free", objective: "max-gains" }],
  ["direct", trade(3), { budget: "ex-ante", objective: "min-worst-subsidy", ties: "last" }],
  ["direct", cycle, { allocation: "given" }],
  ["paths", trade(6, "endpoint"), {}],
  ["paths", trade(5), { ir: "ex-post", budget: "ex-ante" }],
  [
    "paths",
    trade(17, "endpoint"),
    { balance: "no-deficit", ties: "uniform", objective: "min-worst-subsidy" },
  ],
  ["states", trade(17, "endpoint"), { ic: "dominant", ir: "ex-post", balance: "no-deficit" }],
  [
    "states",
    auction,
    { ic: "dominant", ir: "ex-post", balance: "no-deficit", objective: "max-surplus", ties: "first" },
  ],
  ["states", trade(5), { ic: "ex-post", ir: "ex-post", objective: "feasibility", ties: "first" }],
  ["flow", trade(6), { ir: "ex-post" }],
  ["exchangeable", auction, { objective: "max-surplus", allocation: "free", balance: "no-deficit" }],
  ["exchangeable", auction, { ir: "ex-post", objective: "max-surplus", balance: "no-deficit" }],
  ["exchangeable", bridge(2), { allocation: "free", objective: "max-gains", balance: "no-deficit" }],
  ["exchangeable", bridge(3), { ir: "ex-post", ties: "first" }],
  ["exchangeable", bridge(4), { ir: "ex-post", budget: "ex-ante", ties: "uniform" }],
  ["direct", neverBoth, { ic: "dominant", ir: "ex-post" }],
];
