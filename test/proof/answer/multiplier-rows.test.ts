import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/environment/input-error.js";
import { EachOnce } from "../../../src/proof/answer/each-once.js";
import { MultiplierRows } from "../../../src/proof/answer/multiplier-rows.js";
import type { MultipliersFile } from "../../../src/proof/answer/multipliers-file.js";
import { filmWith } from "../../environment/hand-made.js";

const environment = filmWith();

const head = (budget: object = { kind: "none" }) =>
  ({ purpose: "bound", incentive: [], participation: [], budget }) as unknown as MultipliersFile;

function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (fault) {
    if (fault instanceof InputError) return fault.message;
    throw fault;
  }
  return "no fault";
}

/** What is said of entries: at once where they are none, at the end where they do not fit. */
function said(
  incentive: readonly unknown[],
  participation: readonly unknown[] = [],
): { atOnce: string; atTheEnd: string } {
  const rows = new MultiplierRows(environment);
  const atOnce = faultOf(() => {
    incentive.forEach((entry, k) => {
      rows.takeIncentive(entry, k);
    });
    participation.forEach((entry, k) => {
      rows.takeParticipation(entry, k);
    });
  });
  return { atOnce, atTheEnd: faultOf(() => rows.finish(head())) };
}

const ic = (change: object = {}) => ({ agent: "ann", type: "low", report: "high", weight: "1/2", ...change });
const ir = (change: object = {}) => ({ agent: "bob", type: "high", weight: "1/2", ...change });

test("entries come back as they were written, in every way that a file allows", () => {
  const rows = new MultiplierRows(environment);
  rows.takeIncentive(ic({ truth: ["low", "high"], reported: ["low", "low"] }), 0);
  rows.takeIncentive(ic({ truth: ["low", "high"], weight: 0.5 }), 1);
  rows.takeParticipation(ir(), 0);
  rows.takeParticipation({ agent: "ann", profile: ["high", "low"], weight: "0.25" }, 1);
  rows.takeParticipation({ agent: "ann", weight: 3 }, 2);
  for (const [k, price] of ["1/3", 2, "-0.5", "0"].entries()) rows.takePrice(price, k);
  const { incentive, participation, budget } = rows.finish(head({ kind: "profile", prices: [] }));
  expect(JSON.parse(JSON.stringify(incentive))).toEqual([
    { agent: 0, type: 0, report: 1, truth: 1, reported: 0, weight: "1/2" },
    { agent: 0, type: 0, report: 1, truth: 1, weight: "1/2" },
  ]);
  expect(JSON.parse(JSON.stringify(participation))).toEqual([
    { agent: 1, type: 1, weight: "1/2" },
    { agent: 0, profile: 2, weight: "1/4" },
    { agent: 0, weight: "3" },
  ]);
  expect(budget.kind === "profile" && budget.prices.toRationals().map(String)).toEqual([
    "1/3",
    "2",
    "-1/2",
    "0",
  ]);
});

describe("an entry that does not fit is told its place once all is read, one that is no entry at once", () => {
  test.each([
    [
      { atTheEnd: 'multipliers.incentive[1].agent: "eve"; expected the name of an agent' },
      [ic(), ic({ agent: "eve" })],
    ],
    [
      { atTheEnd: 'multipliers.incentive[0].report: "middle"; expected a type of ann' },
      [ic({ report: "middle" })],
    ],
    [
      { atTheEnd: "multipliers.incentive[0].truth: 1 types; expected 2, one for each agent" },
      [ic({ truth: ["low"] })],
    ],
    [
      { atTheEnd: 'multipliers.incentive[0].truth[1]: "middle"; expected a type of bob' },
      [ic({ truth: ["low", "middle"] })],
    ],
    [{ atTheEnd: "multipliers.incentive[0].weight: 0; expected a positive weight" }, [ic({ weight: "0" })]],
    [
      { atTheEnd: "multipliers.incentive[0].weight: -1/2; expected a positive weight" },
      [ic({ weight: "-1/2" })],
    ],
    [
      { atOnce: 'multipliers.incentive[0].weight: "1/0"; expected a number, or a string such as "1/3"' },
      [ic({ weight: "1/0" })],
    ],
    [
      {
        atOnce:
          'multipliers.incentive[0]: the unknown field "wieght"; expected only the fields agent, type, report, truth, reported, weight',
      },
      [ic({ wieght: "1" })],
    ],
    [
      { atOnce: "multipliers.incentive[0].report: nothing (the field is missing); expected a text" },
      [{ agent: "ann", type: "low", weight: "1" }],
    ],
    [{ atOnce: "multipliers.incentive[0]: null; expected an object" }, [null]],
  ])("%j", (expected, entries) => {
    expect(said(entries)).toMatchObject(expected);
  });

  test("participation is by type or by profile", () => {
    expect(said([], [ir({ profile: ["low", "low"] })]).atTheEnd).toBe(
      "multipliers.participation[0]: both a type and a profile; expected one of them, or neither for ex ante participation",
    );
  });

  test("prices are one for each profile", () => {
    const rows = new MultiplierRows(environment);
    rows.takePrice("1", 0);
    expect(faultOf(() => rows.takePrice("one", 1))).toBe(
      'multipliers.budget.prices[1]: "one"; expected a number, or a string such as "1/3"',
    );
    expect(faultOf(() => rows.finish(head({ kind: "profile", prices: [] })))).toBe(
      "multipliers.budget.prices: 1 prices; expected 4, one for each profile",
    );
  });
});

describe("a requirement has one multiplier", () => {
  const twice = (list: string, k: number) =>
    `multipliers.${list}[${k}]: a multiplier on a requirement that has one already; expected each once`;

  test.each([
    [[ic(), ic({ type: "high", report: "low" }), ic()], 2],
    [[ic({ truth: ["low", "low"] }), ic({ truth: ["low", "low"], weight: "1/3" })], 1],
    [
      [
        ic({ truth: ["low", "low"], reported: ["low", "high"] }),
        ic({ truth: ["low", "low"], reported: ["low", "low"] }),
        ic({ truth: ["low", "low"], reported: ["low", "high"] }),
      ],
      2,
    ],
  ])("%j", (entries, place) => {
    expect(said(entries).atTheEnd).toBe(twice("incentive", place));
  });

  test("those on different requirements may be alike in all but one field", () => {
    const truth = ["low", "low"];
    const entries = [
      ic(),
      ic({ truth }),
      ic({ truth, reported: truth }),
      ic({ truth, reported: ["low", "high"] }),
    ];
    expect(said(entries, [ir(), ir({ type: "low" }), { agent: "bob", weight: "1" }])).toEqual({
      atOnce: "no fault",
      atTheEnd: "no fault",
    });
    expect(said([], [ir(), ir({ type: "low" }), ir()]).atTheEnd).toBe(twice("participation", 2));
  });

  test("keys too long for a number are kept as text", () => {
    const keys = new EachOnce([1e9, 1e9]);
    keys.add(5, 7);
    keys.add(7, 5);
    expect(faultOf(() => keys.check(String))).toBe("no fault");
    keys.add(5, 7);
    expect(faultOf(() => keys.check(String))).toMatch(/^2: /);
  });
});
