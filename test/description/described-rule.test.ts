import { describe, expect, test } from "vitest";
import { bilateralTrade, partnership, singleGoodAuction } from "../../models/index.js";
import { describedRule } from "../../src/description/described-rule.js";
import type { Environment } from "../../src/environment/environment.js";
import { type AllocationRule, certain, type Lottery, uniformLottery } from "../../src/environment/lottery.js";
import { design } from "../../src/index.js";
import { unfolded } from "../../src/mechanism/unfolded.js";
import { Rational } from "../../src/number/rational.js";
import { lotteries } from "../../src/space/lotteries.js";
import type { TieRule } from "../../src/space/rule.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";

const words = (environment: Environment, given: AllocationRule) =>
  describedRule({ environment, rule: { kind: "given" }, alike: false, given })!.words;
const efficient = (environment: Environment, ties: TieRule) =>
  describedRule({ environment, rule: { kind: "efficient", ties }, alike: false })!;

const trade = bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }).environment;
const types = (environment: Environment, s: number) => environment.profiles.typesOf(s);

describe("an auction", () => {
  const auction = singleGoodAuction({ agents: 2, grid: { points: 10 } });

  test("that earns most has the highest bidder above 11/20 win, and keeps the good below", async () => {
    const { mechanism } = await design(auction, {
      budget: "none",
      allocation: "free",
      objective: "max-surplus",
    });
    expect(describedRule(mechanism!)!.words).toEqual([
      "The agent of the highest value wins where that value is at least 0.55; kept where it is at most 0.45.",
      "Of equal values each wins with the same probability.",
      "A lottery at 5 of 100 profiles.",
    ]);
  });

  test("that is efficient says who wins of equal bidders", () => {
    const { environment } = partnership({ agents: 3, grid: { points: 4 } });
    const said = (ties: TieRule) => efficient(environment, ties).words;
    expect(said("first")).toEqual([
      "The agent of the highest value wins.",
      "Of equal values that one wins whose outcome comes first.",
    ]);
    expect(said("last")[1]).toBe("Of equal values that one wins whose outcome comes last.");
    expect(said("uniform").slice(1)).toEqual([
      "Of equal values each wins with the same probability.",
      // Of 64 profiles, at 4 * 3 * 3 / 2 + 4 two or three have the highest value.
      "A lottery at 22 of 64 profiles.",
    ]);
  });

  test("in which the second highest bidder wins once is described by no words", () => {
    const { environment } = auction;
    const rule = lotteries(environment, { kind: "efficient", ties: "first" }, undefined, false);
    const last = environment.profiles.profileOf([9, 3]);
    expect(words(environment, (s) => (s === last ? certain(2) : rule(s)))).toEqual([]);
  });

  test("with ten bidders of ten types is described from its multisets of types", async () => {
    const ten = singleGoodAuction({ agents: 10, grid: { points: 10 } });
    const { mechanism } = await design(ten, { budget: "none", allocation: "free", objective: "max-surplus" });
    const { words: said, chances, profiles } = describedRule(mechanism!)!;
    expect(said[0]).toBe(
      "The agent of the highest value wins where that value is at least 0.55; kept where it is at most 0.45.",
    );
    expect(profiles).toBe(10 ** 10);
    // Half of the types are below the reserve.
    expect(chances.map(String)).toEqual(["1/1024", ...Array.from({ length: 10 }, () => "1023/10240")]);
  });
});

describe("trade", () => {
  test("at a posted price is told by each side's own threshold", () => {
    const posted = (s: number) => {
      const [buyer, seller] = types(trade, s);
      return certain(buyer >= 6 && seller <= 5 ? 1 : 0);
    };
    expect(words(trade, posted)).toEqual([
      "trade where buyer's value is at least 0.65 and seller's cost is at most 0.55; no trade elsewhere.",
    ]);
  });

  test("that counts one side for more is told by its weights", () => {
    // Twice the value less three times the cost: 2 (b + 1/2) / 10 - 3 (s + 1/2) / 10 >= 0.
    const weighted = (s: number) => {
      const [buyer, seller] = types(trade, s);
      return certain(2 * (2 * buyer + 1) >= 3 * (2 * seller + 1) ? 1 : 0);
    };
    expect(words(trade, weighted)).toEqual([
      "trade where 2 × buyer's value less 3 × seller's cost is at least 0.05; no trade where it is at most -0.05.",
    ]);
  });

  test("that one side decides is told by its types", () => {
    // Neither few nor next to each other.
    expect(words(trade, (s) => certain([3, 7].includes(types(trade, s)[1]) ? 0 : 1))).toEqual([]);
    const few = (s: number) => certain(types(trade, s)[1] <= 2 ? 0 : 1);
    expect(words(trade, few)).toEqual([
      "no trade where seller is 0.05, 0.15 or 0.25; trade where seller is 0.35 to 0.95, whatever the others are.",
    ]);
  });

  test("that always takes place is told in one line", () => {
    expect(words(trade, () => certain(1))).toEqual(["trade at every profile."]);
  });

  test("by one and the same lottery everywhere is told by how often that is", () => {
    expect(words(trade, () => uniformLottery([0, 1]))).toEqual(["A lottery at 100 of 100 profiles."]);
  });
});

test("of many outcomes the best one is told where it is chosen, and by how much it beats the one that is chosen otherwise", () => {
  const said = { efficient: 0, otherwise: 0 };
  for (let seed = 0; seed < 150; seed++) {
    const environment = randomEnvironment(seed, { outcomes: [3, 4] });
    const welfare = (x: number, s: number) =>
      Rational.sum(environment.agents.map((_, i) => environment.value(i, x, s))).subtract(
        environment.cost(x, s),
      );
    const others = environment.outcomes.flatMap((_, x) => (x > 0 ? [x] : []));
    const rule = (s: number): Lottery => {
      const best = others.reduce((so, x) => (welfare(x, s).compare(welfare(so, s)) > 0 ? x : so));
      return certain(welfare(best, s).subtract(welfare(0, s)).compare(Rational.ONE) >= 0 ? best : 0);
    };
    const [first = ""] = words(environment, rule);
    const bounds = /at least (\S+) more than with (.+); .* where it is at most (\S+) more\.$/.exec(first);
    if (!bounds) {
      if (first.startsWith("An efficient outcome")) said.efficient++;
      continue;
    }
    said.otherwise++;
    expect(bounds[2]).toBe(environment.outcomes[0]);
    const gaps = Array.from({ length: environment.profiles.count }, (_, s) => ({
      chosen: rule(s)[0].outcome,
      gap: others.map((x) => welfare(x, s).subtract(welfare(0, s))).reduce(Rational.maximum),
    }));
    const of = (kept: boolean) => gaps.filter(({ chosen }) => (chosen === 0) === kept).map(({ gap }) => gap);
    const text = (gap: Rational) => gap.toNumber().toFixed(9);
    const number = (told: string) => {
      const [over, under = "1"] = told.split("/");
      return (Number(over) / Number(under)).toFixed(9);
    };
    expect(number(bounds[1])).toBe(text(of(false).reduce(Rational.minimum)));
    expect(number(bounds[3])).toBe(text(of(true).reduce(Rational.maximum)));
  }
  console.log(said);
  expect(said.otherwise).toBeGreaterThan(20);
});

test("outcomes are as likely as the prior and the rule make them", () => {
  for (let seed = 0; seed < 100; seed++) {
    const environment = randomEnvironment(seed);
    const rule = randomRule(environment, seed);
    const { chances } = describedRule({ environment, rule: { kind: "given" }, alike: false, given: rule })!;
    const plain = environment.outcomes.map((_, x) =>
      Rational.sum(
        Array.from({ length: environment.profiles.count }, (_none, s) =>
          Rational.sum(rule(s).flatMap((entry) => (entry.outcome === x ? [entry.probability] : []))).multiply(
            environment.prior.probability(s),
          ),
        ),
      ),
    );
    expect(chances.map(String), `seed ${seed}`).toEqual(plain.map(String));
  }
});

test("of alike agents the multisets of their types tell the same as all profiles do", async () => {
  let alike = 0;
  for (let seed = 0; seed < 60; seed++) {
    const environment = randomSymmetricEnvironment(seed);
    const { mechanism } = await design(
      { environment },
      { allocation: "free", objective: "max-gains", budget: "ex-ante" },
    );
    if (!mechanism?.alike) continue;
    alike++;
    const [folded, whole] = [describedRule(mechanism)!, describedRule(unfolded(mechanism))!];
    expect(folded.chances.map(String), `seed ${seed}`).toEqual(whole.chances.map(String));
    expect([folded.lotteries, folded.profiles]).toEqual([whole.lotteries, whole.profiles]);
    // Of multisets fewer shapes are tried, and "the first" is not told from "each with the same probability".
    if (folded.words.length === whole.words.length && folded.words.length > 0)
      expect(folded.words[0], `seed ${seed}`).toBe(whole.words[0]);
  }
  expect(alike).toBeGreaterThan(10);
});
