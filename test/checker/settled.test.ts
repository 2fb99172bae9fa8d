import { describe, expect, test } from "vitest";
import type { FormulationName } from "../../src/formulation/formulation.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";
import { cases, type Named, trade } from "../kernel/answer-forms.js";
import { changed, type Json, type Path } from "../kernel/mutations.js";
import { answer, Both, hasPython } from "./both.js";

type Change = (entry: Json) => Json;
type List = Json[];
/** What the page says, where in the answer it matters, what is written there instead, and whether that is verified. */
type Settled = readonly [says: string, path: Path, change: Change, verified: boolean];

const added =
  (...more: Json[]): Change =>
  (list) => [...(list as List), ...more];
const prices: Path = ["multipliers", "prices"];

const menus: Settled[] = [
  ["a range of no profile is a range", [...prices, 0, "ranges"], added([5, 5]), true],
  ["a range does not end before it starts", [...prices, 0, "ranges"], added([8, 5]), false],
  [
    "overlapping ranges are added",
    [...prices, 0, "ranges"],
    (list) => [...(list as List), (list as List)[0]],
    false,
  ],
  [
    "a weight on no profile has a sign",
    prices,
    added({ kind: "ranges", on: "budget", weight: -1, ranges: [] }),
    false,
  ],
  [
    "ranges are on the budget",
    prices,
    added({ kind: "ranges", on: "participation", weight: 0, ranges: [] }),
    false,
  ],
  [
    "keepers of an outcome that nobody gets are not read",
    [...prices, 1, "paths", 0, "keepers", 0],
    () => 99,
    true,
  ],
  [
    "keepers of cuts where nothing flows are not read",
    [...prices, 1, "paths", 0, "keepers", 34],
    () => 99,
    true,
  ],
  ["a keeper gets the outcome", [...prices, 1, "paths", 0, "keepers", 4], () => 16, false],
  ["wherever paths stand, they come last", prices, (list) => [...(list as List)].reverse(), true],
  ["a list may be empty", prices, added({ kind: "list", on: "cap", columns: ["agent"], entries: [] }), true],
  ["a price of 0 is on what is asked", prices, added(list("transfers", ["agent"], [0, 0])), false],
  ["what is asked at profiles has prices in expectation", prices, added(list("budget", [], [0])), true],
  [
    "a dominant strategy is one in expectation",
    prices,
    added(list("incentive", ["agent", "type", "report"], [0, 1, 0, 0])),
    true,
  ],
  ["budgets have no types", prices, added(list("budget", ["type"], [0, 0])), false],
  ["places are no texts", prices, added(list("participation", ["agent"], ["0", 0])), false],
  ["caps may be on nobody", ["question"], (all) => ({ ...(all as object), paymentCaps: {} }), true],
  ["paths are for participation at every profile", ["question", "ir"], () => "interim", false],
  [
    "a menu is for outcomes for sure",
    ["mechanism", "rule"],
    () => ({ kind: "efficient", ties: "uniform" }),
    false,
  ],
  ["weights may be negative", ["mechanism", "rule"], (rule) => mixed(rule, "-1/3", "4/3"), true],
  [
    "the last of several lotteries for a profile counts",
    ["mechanism", "rule"],
    (rule) => except(rule, [0, 1], [0, 0]),
    true,
  ],
  [
    "the last of several lotteries for a profile is judged",
    ["mechanism", "rule"],
    (rule) => except(rule, [0, 0], [0, 1]),
    false,
  ],
];

const alike: Settled[] = [
  [
    "a price tells none of alike agents",
    prices,
    added(list("participation", ["agent", "type"], [0, 0, 0])),
    false,
  ],
  ["a list tells no profile of alike agents", prices, added(list("budget", ["profile"], [0, 0])), false],
  ["a price in expectation is every agent's", prices, added(list("participation", ["type"], [0, 0])), true],
  [
    "there are no ranges of alike agents",
    prices,
    added({ kind: "ranges", on: "budget", weight: 0, ranges: [] }),
    false,
  ],
  [
    "a lottery where types do not increase is not read",
    ["mechanism", "rule"],
    (rule) => except(rule, [3, 1]),
    true,
  ],
];

const numbers: Settled[] = ["+0.", ".0", "-0/5", "0e-3"].map((zero) => [
  `${zero} is a number`,
  ["mechanism", "outsideMoney"],
  () => ({ kind: "constant", amount: zero }),
  true,
]);
for (const text of [" 0", "0x0", "0/0", "1/+2", "0.5/2", "1e", ""]) {
  numbers.push([
    `"${text}" is no number`,
    ["mechanism", "outsideMoney"],
    () => ({ kind: "constant", amount: text }),
    false,
  ]);
}

function list(on: string, columns: string[], entry: Json[]): Json {
  return { kind: "list", on, columns, entries: [entry] };
}

function mixed(rule: Json, ...weights: string[]): Json {
  return { kind: "mixture", parts: weights.map((weight) => ({ weight, rule })) };
}

function except(rule: Json, ...listed: [profile: number, lottery: number][]): Json {
  return { kind: "except", rule, lotteries: listed.map(([profile, lottery]) => ({ profile, lottery })) };
}

describe.skipIf(!hasPython)("both checkers read the page alike", () => {
  const subjects: [FormulationName, Named, Partial<Question>, Settled[]][] = [
    ["states", trade(17, "endpoint"), { ic: "dominant", ir: "ex-post", balance: "no-deficit" }, menus],
    [...(cases.find(([, { name }]) => name === "public good 2") as (typeof cases)[number]), alike] as never,
    ["paths", trade(5), { ir: "ex-post", budget: "none", objective: "feasibility" }, numbers],
  ];
  for (const [formulation, instance, question, settled] of subjects) {
    test(`in an answer by ${formulation} on ${instance.name}`, async () => {
      const both = new Both();
      const problem = posed(instance.environment, question, instance.givenRule);
      const document = parseExactJson(await answer(problem, instance, formulation), "answer") as Json;
      for (const [says, path, change, verified] of settled) {
        const text = JSON.stringify(changed(document, path, change));
        expect(both.add(instance, text, says), says).toBe(verified);
      }
      expect(both.compared().of("verified")).toBe(settled.filter(([, , , verified]) => verified).length);
    });
  }
});
