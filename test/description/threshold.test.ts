import { describe, expect, test } from "vitest";
import { bilateralTrade, publicGood } from "../../models/index.js";
import { describedRule } from "../../src/description/described-rule.js";
import type { Environment } from "../../src/environment/environment.js";
import { type AllocationRule, certain, type Lottery, uniformLottery } from "../../src/environment/lottery.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { reading } from "./reader.js";

const words = (environment: Environment, given: AllocationRule) =>
  describedRule({ environment, rule: { kind: "given" }, alike: false, given })!.words;

/** Value beyond cost, at a profile, of the second outcome over the first. */
const gain = (environment: Environment, s: number) =>
  Rational.sum(
    environment.agents.map((_, i) => environment.value(i, 1, s).subtract(environment.value(i, 0, s))),
  )
    .subtract(environment.cost(1, s))
    .add(environment.cost(0, s));

const trade = bilateralTrade({
  buyer: { points: 10, placement: "endpoint" },
  seller: { points: 10, placement: "endpoint" },
}).environment;

describe("of two outcomes a threshold is told with both of its ends on the grid", () => {
  const from = (least: string) => (s: number) =>
    certain(gain(trade, s).compare(toRational(least)) >= 0 ? 1 : 0);

  test.each([
    ["2/9", "exceeds seller's cost by at least 2/9; no trade where the difference is at most 1/9."],
    // No difference lies between 1/9 and 2/9: the words tell what happens, not what the rule was written as.
    ["0.13", "exceeds seller's cost by at least 2/9; no trade where the difference is at most 1/9."],
    ["0", "is at least seller's cost; no trade where the difference is at most -1/9."],
    ["1/9", "exceeds seller's cost by at least 1/9; no trade where the difference is at most 0."],
    ["-1/9", "less seller's cost is at least -1/9; no trade where the difference is at most -2/9."],
  ])("trade from a difference of %s", (least, said) => {
    expect(words(trade, from(least))).toEqual([`trade where buyer's value ${said}`]);
  });

  test("a lottery at the threshold is told, and at how many profiles there is one", () => {
    const half = (s: number): Lottery => (gain(trade, s).isZero ? uniformLottery([0, 1]) : from("0")(s));
    expect(words(trade, half)).toEqual([
      "trade where buyer's value exceeds seller's cost by at least 1/9; 1/2 no trade + 1/2 trade, by lot, where the difference is exactly 0; no trade where the difference is at most -1/9.",
      "A lottery at 10 of 100 profiles.",
    ]);
  });

  test("where both outcomes occur at the threshold, it is told how many profiles that leaves open", () => {
    // As at the second best: at one difference it depends on who it is.
    const some = (s: number) => (gain(trade, s).equals(toRational("2/9")) ? certain(s % 2) : from("1/3")(s));
    expect(words(trade, some)).toEqual([
      "trade where buyer's value exceeds seller's cost by more than 2/9; no trade where the difference is less than 2/9; where the difference is exactly 2/9 (8 of 100 profiles), either of them by profile.",
    ]);
  });

  test("and nothing is said where that is more than a quarter of all", () => {
    expect(words(trade, (s) => certain(s % 7 === 0 ? 1 : 0))).toEqual([]);
  });
});

test("a bridge is provided when the values sum to what it costs: the cost stands on the other side", () => {
  const { environment } = publicGood({ agents: 3, grid: { points: 5 }, cost: "3/2" });
  const { words: said } = describedRule({
    environment,
    rule: { kind: "efficient", ties: "last" },
    alike: false,
  })!;
  expect(said).toEqual([
    "provided where the agents' values sum to at least 1.5; not provided where they sum to at most 1.3.",
  ]);
});

test("what is said of random rules is what they do, read word by word, at every profile", () => {
  const kinds = { exact: 0, open: 0, nothing: 0 };
  for (let seed = 0; seed < 400; seed++) {
    const random = new RandomSource(seed);
    const environment = randomEnvironment(seed, { outcomes: [2, 2] });
    const { count } = environment.profiles;
    const least = random.money(-2, 3);
    const changed = random.onceIn(2) ? random.integer(0, count - 1) : -1;
    const given = (s: number): Lottery => {
      if (s === changed) return random.onceIn(2) ? uniformLottery([0, 1]) : certain(s % 2);
      const above = gain(environment, s).compare(least);
      return above === 0 && seed % 3 === 0 ? uniformLottery([0, 1]) : certain(above >= 0 ? 1 : 0);
    };
    const fixed = Array.from({ length: count }, (_, s) => given(s));
    const [first] = words(environment, (s) => fixed[s]);
    if (
      first === undefined ||
      !/ where [^;]*(value|cost|worth)/.test(first) ||
      / and [a-z]+'s (value|cost) is/.test(first)
    ) {
      kinds.nothing++;
      continue;
    }
    if (first.includes("elsewhere")) continue;
    const said = reading(environment, first);
    for (let s = 0; s < count; s++) {
      const lottery = fixed[s];
      const done = lottery.length > 1 ? "open" : environment.outcomes[lottery[0].outcome];
      const read = said(s);
      // Either the words tell it, or they say that they do not.
      if (read !== "open") expect(read, `seed ${seed}, profile ${s}: ${first}`).toBe(done);
    }
    kinds[first.includes("by profile") ? "open" : "exact"]++;
  }
  console.log(kinds);
  expect(kinds.exact).toBeGreaterThan(50);
  expect(kinds.open).toBeGreaterThan(10);
});
