import { describe, expect, test } from "vitest";
import { bilateralTrade, publicGood, singleGoodAuction } from "../../models/index.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import type { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { Rules } from "../../src/space/choices.js";
import type { Rule } from "../../src/space/rule.js";
import { Space } from "../../src/space/space.js";
import { type SureRow, TIED } from "../../src/space/sure-row.js";

const values = [1, 2, 3, 4, 5, 6];
const half = Rational.of(1, 2);
const first: Rule = { kind: "efficient", ties: "first" };
const rules: readonly [string, Rule][] = [
  ["ties to the first", first],
  ["ties to the last", { kind: "efficient", ties: "last" }],
  ["ties by lot", { kind: "efficient", ties: "uniform" }],
  [
    "a mixture",
    {
      kind: "mixture",
      parts: [
        { weight: half, rule: first },
        { weight: half, rule: { kind: "efficient", ties: "last" } },
      ],
    },
  ],
  [
    "an exception in the middle of a run",
    { kind: "except", rule: first, lotteries: new Map([[1, [{ outcome: 1, probability: Rational.ONE }]]]) },
  ],
];

const environments: readonly [string, Environment][] = [
  [
    "a seller, whose gain falls from type to type",
    bilateralTrade({ buyer: { values }, seller: { values } }).environment,
  ],
  ["a neighbour, whose gain rises", publicGood({ agents: 2, grid: { values }, cost: 7 }).environment],
  ["alike neighbours", publicGood({ agents: 3, grid: { values }, cost: 9 }).environment],
  ["bidders, of whom there are three", singleGoodAuction({ agents: 3, grid: { values } }).environment],
];

/** A row's runs as they are defined. */
function plainly({ sure }: SureRow, from: number, to: number) {
  const types = Array.from({ length: to - from }, (_, k) => from + k);
  return {
    open: types.filter((b) => sure[b] === TIED),
    ends: types.filter((b) => b === to - 1 || sure[b + 1] !== sure[b]).map((b) => b + 1),
  };
}

describe.each(environments)("%s", (name, environment) => {
  const space = new Space(environment, name.startsWith("alike"));

  test.each(rules)("%s: what is for sure is told by its runs", (_, rule) => {
    const choices = new Rules(space, undefined).choices(rule);
    let runs = 0;
    space.rows((row) => {
      choices.fill(row);
      expect({ open: [...choices.open], ends: [...choices.ends] }).toEqual(
        plainly(choices, row.from, row.to),
      );
      runs += choices.ends.length;
    });
    expect(runs).toBeGreaterThan(space.count / values.length);
  });

  test("efficient outcomes are those of the definition", () => {
    const { efficient } = new Rules(space, undefined);
    let tied = 0;
    space.rows((row) => {
      efficient.fill(row);
      for (let b = row.from; b < row.to; b++) {
        const best = efficientOutcomes(environment, row.first + b);
        expect(efficient.sure[b]).toBe(best.length === 1 ? best[0] : TIED);
        if (best.length > 1) tied++;
      }
    });
    expect(tied).toBeGreaterThan(4);
  });
});
