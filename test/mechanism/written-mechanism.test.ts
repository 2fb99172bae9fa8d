import { describe, expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import { answerFileText } from "../../src/certificate/answer-file.js";
import { lotteryLabel } from "../../src/environment/lottery.js";
import { design } from "../../src/index.js";
import { readInstance } from "../../src/instance/instance.js";
import { mechanismFileText, readMechanism, readMechanismText } from "../../src/mechanism/mechanism-file.js";
import { sameLottery } from "../../src/space/lotteries.js";
import { filmWith } from "../environment/hand-made.js";

const environment = filmWith();

function read(file: object, setting: object = {}) {
  const text = JSON.stringify(file);
  return readMechanismText([new TextEncoder().encode(text)], {
    environment,
    get digest(): string {
      throw new Error("nobody asked for the digest");
    },
    ...setting,
  });
}

/** `outcome: ann's payment, bob's payment; subsidy`, at low-low, low-high, high-low, high-high. */
function shown(mechanism: ReturnType<typeof read>): string[] {
  return [0, 1, 2, 3].map((s) => {
    const payments = [0, 1].map((i) => mechanism.payment(i, s));
    return `${lotteryLabel(mechanism.lottery(s), environment.outcomes)}: ${payments.join(", ")}; ${mechanism.subsidy(s)}`;
  });
}

describe("a rule may be written", () => {
  const rule = (file: object) => shown(read({ payments: "zero", ...file })).map((line) => line.split(":")[0]);

  test("as efficient: of equally efficient outcomes the first, unless it is said otherwise", () => {
    // At low-high the film is worth 1 + 3 and costs 4.
    expect(rule({ rule: "efficient" })).toEqual(["stay", "stay", "go", "go"]);
    expect(rule({ rule: "efficient", ties: "last" })).toEqual(["stay", "go", "go", "go"]);
    expect(rule({ rule: "efficient", ties: "uniform" })[1]).toBe("1/2 stay + 1/2 go");
  });

  test("as the instance's own", () => {
    const givenRule = () => [{ outcome: 1, probability: environment.value(0, 1, 0) }];
    const own = read({ rule: "given", payments: "zero" }, { givenRule });
    expect(shown(own)[0]).toBe("go: 0, 0; 0");
  });

  test("as one outcome, or one lottery, at every profile", () => {
    expect(rule({ rule: { always: "go" } })).toEqual(["go", "go", "go", "go"]);
    expect(rule({ rule: { always: { go: 0.25, stay: "3/4" } } })[3]).toBe("1/4 go + 3/4 stay");
  });

  test("by the agents' types: lists within lists, objects by labels, or both", () => {
    const wanted = ["stay", "go", "go", "1/3 stay + 2/3 go"];
    const tossed = { stay: "1/3", go: "2/3" };
    for (const byProfile of [
      [
        ["stay", "go"],
        ["go", tossed],
      ],
      { high: { high: tossed, low: "go" }, low: { low: "stay", high: "go" } },
      { high: ["go", tossed], low: ["stay", "go"] },
      [{ high: "go", low: "stay" }, ["go", tossed]],
    ])
      expect(rule({ rule: { byProfile } })).toEqual(wanted);
    expect(
      rule({
        rule: [
          ["stay", "go"],
          ["go", tossed],
        ],
      }),
    ).toEqual(wanted);
  });
});

describe("payments may be written", () => {
  const rule = {
    byProfile: [
      ["stay", "go"],
      ["go", { stay: "1/2", go: "1/2" }],
    ],
  };
  const paid = (payments: unknown, more: object = {}) =>
    shown(read({ rule, payments, ...more })).map((line) => line.split(": ")[1]);

  test("as nothing at all, or as a constant", () => {
    expect(paid("zero")).toEqual(["0, 0; 0", "0, 0; 0", "0, 0; 0", "0, 0; 0"]);
    expect(paid(["zero", -0.5])).toEqual(["0, -1/2; 0", "0, -1/2; 0", "0, -1/2; 0", "0, -1/2; 0"]);
  });

  test("by own type, by outcome (its mean at lotteries) and by profile, for agents in their order or by name", () => {
    const byProfile = [
      [1, 2],
      [3, "7/2"],
    ];
    const wanted = ["1, 1; 0", "1, 2; 0", "2, 3; 0", "2, 7/2; 0"];
    expect(paid([{ byType: [1, 2] }, { byProfile }])).toEqual(wanted);
    expect(
      paid({
        bob: { byProfile: { low: { low: 1, high: 2 }, high: { low: 3, high: "7/2" } } },
        ann: { byType: { high: 2, low: 1 } },
      }),
    ).toEqual(wanted);
    expect(paid([{ byOutcome: { stay: 0, go: "3/2" } }, { byOutcome: [1, 2] }])).toEqual([
      "0, 1; 0",
      "3/2, 2; 0",
      "3/2, 2; 0",
      "3/4, 3/2; 0",
    ]);
  });

  test("with money from outside: an amount, what is missing of the cost, or by profile", () => {
    const payments = [{ byOutcome: [0, 1] }, 1];
    expect(paid(payments, { outsideMoney: "1/2" })[0]).toBe("0, 1; 1/2");
    // The film costs 4; without it bob's payment is left over.
    expect(paid(payments, { outsideMoney: "missing" })).toEqual([
      "0, 1; 0",
      "1, 1; 2",
      "1, 1; 2",
      "1/2, 1; 1/2",
    ]);
    expect(
      paid(payments, {
        outsideMoney: {
          byProfile: [
            [0, 2],
            [2, 0.5],
          ],
        },
      })[3],
    ).toBe("1/2, 1; 1/2");
  });
});

test("an efficient rule without payments is written in two words for any number of profiles", () => {
  const { environment: many } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
  const mechanism = read({ rule: "efficient", payments: "zero" }, { environment: many });
  expect(mechanism.lottery(10 ** 10 - 1)).toMatchObject([{ outcome: 1 }]);
  expect(
    read({ rule: { always: "kept" }, payments: "zero" }, { environment: many }).lottery(7)[0].outcome,
  ).toBe(0);
});

test("agents of many profiles who are treated alike are seen to be, and nothing else changes", () => {
  const { environment: four } = singleGoodAuction({ agents: 4, grid: { points: 18 } });
  expect(four.profiles.count).toBeGreaterThan(100_000);
  const byType = four.agents[0].types.map((_, type) => type);
  const file = (last: number) => ({
    rule: "efficient",
    ties: "uniform",
    payments: four.agents.map((_, i) => ({
      byType: i === 3 ? [...byType.slice(1), last] : [...byType.slice(1), 17],
    })),
    outsideMoney: "missing",
  });
  const [alike, apart] = [17, 18].map((last) => read(file(last), { environment: four }));
  expect([alike.alike, apart.alike]).toEqual([true, false]);
  for (const s of [0, 1, 18 ** 3, 54321, 18 ** 4 - 1]) {
    expect(sameLottery(alike.lottery(s), apart.lottery(s))).toBe(true);
    expect(String(alike.payment(1, s))).toBe(String(apart.payment(1, s)));
    expect(String(alike.payment(1, s))).toBe(String(Math.min(17, four.profiles.typeOf(s, 1) + 1)));
  }
});

describe("each mistake is told where it is, with what would be accepted", () => {
  const good = { rule: "efficient", payments: "zero" };
  const faults: [string, object][] = [
    [
      'rule: "eficient"; expected "efficient", "given", {"always": an outcome}, or outcomes by the agents\' types, {"byProfile": ...}; did you mean efficient?',
      { ...good, rule: "eficient" },
    ],
    [
      'rule: nothing (the field is missing); expected "efficient", "given", {"always": an outcome}, or outcomes by the agents\' types, {"byProfile": ...}',
      { payments: "zero" },
    ],
    ['rule: "given"; expected a rule that the instance has; it has none', { ...good, rule: "given" }],
    [
      'ties: "last" for a rule that leaves no ties; expected the rule "efficient", or no ties',
      { ...good, rule: { always: "go" }, ties: "last" },
    ],
    [
      'rule.always: the unknown outcome "leave"; expected one of stay, go',
      { ...good, rule: { always: "leave" } },
    ],
    [
      "rule.always: probabilities that sum to 9/10; expected a sum of exactly 1",
      { ...good, rule: { always: { stay: 0.5, go: 0.4 } } },
    ],
    [
      'rule.always["go"]: the negative probability -1/2; expected a number >= 0',
      { ...good, rule: { always: { stay: 1.5, go: -0.5 } } },
    ],
    [
      "rule.byProfile: a list of 1; expected a list of 2, one for each type of ann",
      { ...good, rule: { byProfile: [["go", "go"]] } },
    ],
    [
      'rule.byProfile[1]: "go"; expected a list of 2, one for each type of bob, or an object with the fields low, high',
      { ...good, rule: { byProfile: [["go", "go"], "go"] } },
    ],
    [
      'rule.byProfile["high"]: nothing for "high"; expected an entry for each type of bob',
      { ...good, rule: { byProfile: { low: ["go", "go"], high: { low: "go" } } } },
    ],
    [
      'rule.byProfile: the unknown type of ann "hihg"; expected one of low, high; did you mean high?',
      { ...good, rule: { byProfile: { low: ["go", "go"], hihg: ["go", "go"] } } },
    ],
    [
      'rule.byProfile[0][0]: ["go"]; expected an outcome, or an object of probabilities by outcome',
      {
        ...good,
        rule: {
          byProfile: [
            [["go"], "go"],
            ["go", "go"],
          ],
        },
      },
    ],
    ["payments: 1 payments; expected 2, one for each agent", { ...good, payments: [0] }],
    [
      'payments: the unknown agent "bo"; expected one of ann, bob; did you mean bob?',
      { ...good, payments: { ann: 0, bo: 0 } },
    ],
    ["payments: nothing for bob; expected an entry for each agent", { ...good, payments: { ann: 0 } }],
    [
      'payments[1]: "1/0"; expected an amount, "zero", {"byType": ...}, {"byOutcome": ...} or {"byProfile": ...}',
      { ...good, payments: [0, "1/0"] },
    ],
    [
      'payments["bob"].byType["high"]: "three"; expected a number, or a string such as "1/3"',
      { ...good, payments: { ann: 0, bob: { byType: { low: 1, high: "three" } } } },
    ],
    [
      "payments[0].byOutcome: a list of 3; expected a list of 2, one for each outcome",
      { ...good, payments: [{ byOutcome: [0, 1, 2] }, 0] },
    ],
    [
      'outsideMoney: "some"; expected an amount, "missing" or {"byProfile": ...}',
      { ...good, outsideMoney: "some" },
    ],
    [
      'the unknown field "payment"; expected only the fields $schema, $comment, name, description, instance, rule, ties, payments, outsideMoney',
      { ...good, payment: 1 },
    ],
    [
      'mechanism.rule.always: the unknown outcome "leave"; expected one of stay, go',
      { mechanism: { ...good, rule: { always: "leave" } } },
    ],
    [
      'no mechanism among the fields verdict, optimum; expected "rule" and "payments", or "profiles", or a "mechanism" that has them',
      { verdict: "possible", optimum: 1 },
    ],
    ["mechanism: null; expected an object: a mechanism", { mechanism: null }],
  ];
  test.each(faults)("%s", (message, file) => {
    expect(() => read(file)).toThrow(expect.objectContaining({ name: "InputError", message }));
  });
});

test("the mechanism is found within an answer, within what solve prints, and by itself", async () => {
  const instance = readInstance(
    JSON.stringify({ model: "bilateral-trade", parameters: { buyer: { points: 2 }, seller: { points: 2 } } }),
    "trade",
  );
  const answer = await design(instance);
  const profiles = [...mechanismFileText(instance.environment, answer.mechanism!, instance)].join("");
  const parts = [...mechanismFileText(instance.environment, answer.mechanism!, instance, "parts")].join("");
  const proof = JSON.parse([...answerFileText(answer, instance)].join(""));
  const { instance: _, format: __, ...bare } = JSON.parse(profiles);
  const files = [
    JSON.parse(profiles),
    JSON.parse(parts),
    proof,
    bare,
    JSON.parse(parts).mechanism,
    { instance: "trade", verdict: "possible", mechanism: bare },
    { instance: "trade", verdict: "possible", mechanism: JSON.parse(profiles) },
    { instance: "trade", verdict: "possible", mechanism: JSON.parse(parts) },
  ];
  for (const file of files) {
    for (const again of [readMechanism(file, instance), read(file, instance)])
      expect([...mechanismFileText(instance.environment, again, instance)].join("")).toBe(profiles);
  }
  const other = { ...instance, digest: "0123456789abcdef" };
  for (const file of [proof, { mechanism: JSON.parse(profiles) }])
    expect(() => readMechanism(file, other)).toThrow(
      /^instance\.digest: the digest of another instance, "trade"/,
    );
});
