import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import {
  deficitMinimisingConstruction,
  deficitMinimisingTrade,
} from "../../src/construction/deficit-minimising-trade.js";
import { generalisedVcg } from "../../src/construction/generalised-vcg.js";
import {
  bestPostedPrice,
  postedPriceConstruction,
  postedPriceLotteryConstruction,
  postedPrices,
} from "../../src/construction/posted-price.js";
import { provisionView } from "../../src/construction/provision-view.js";
import { bestThresholds } from "../../src/construction/threshold-contribution.js";
import { efficientOutcomes, gains } from "../../src/environment/efficiency.js";
import { Environment } from "../../src/environment/environment.js";
import { type Lottery, uniformLottery } from "../../src/environment/lottery.js";
import { deficit, expectation } from "../../src/mechanism/interim.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { everyProfile, ground, lacking, publicGood, publicGoodGrounds, tradeGrounds } from "./instances.js";
import { interdependentTrade, randomMonotone, weightings } from "./interdependent.js";

/** Every way to break ties: trade, no trade or a fair coin at each profile where both are efficient. */
function* tieBreakings(environment: Environment): Iterable<readonly Lottery[]> {
  const efficient = everyProfile(environment).map((s) => efficientOutcomes(environment, s));
  const tied = everyProfile(environment).filter((s) => efficient[s].length > 1);
  for (let code = 0; code < 3 ** tied.length; code++) {
    const lotteries = efficient.map((outcomes) => uniformLottery(outcomes.slice(0, 1)));
    tied.forEach((s, k) => {
      const choice = Math.floor(code / 3 ** k) % 3;
      lotteries[s] = choice === 2 ? uniformLottery(efficient[s]) : uniformLottery([efficient[s][choice]]);
    });
    yield lotteries;
  }
}

function attempt(build: () => Mechanism): Mechanism | undefined {
  try {
    return build();
  } catch {
    return undefined;
  }
}

test("no efficient tie-breaking, lotteries included, has a smaller deficit at any profile than the rule that trades least (CE Thm 6, seeds 0 to 149)", () => {
  const applied = { withTies: 0, impossible: 0, compared: 0, better: 0 };
  for (let seed = 0; seed < 150; seed++) {
    const environment = randomMonotone(seed, "trade", 3, seed % 2 === 0 ? "weak" : "strong");
    const best = attempt(() => deficitMinimisingTrade(environment));
    const ties = [...tieBreakings(environment)].slice(0, 243);
    if (ties.length > 1) applied.withTies++;
    let implementable = 0;
    for (const lotteries of ties) {
      const other = attempt(() => generalisedVcg(environment, (s) => lotteries[s]));
      if (!other) continue;
      implementable++;
      // Where any efficient rule is implementable, the least one is.
      for (const s of everyProfile(environment)) {
        const order = deficit(environment, best!, s).compare(deficit(environment, other, s));
        expect(order).toBeLessThanOrEqual(0);
        if (order < 0) applied.better++;
        applied.compared++;
      }
    }
    if (best) {
      expect(lacking(environment, best, ["ex post efficiency", "ex post IC", "ex post IR"])).toEqual([]);
    } else {
      applied.impossible++;
      expect(implementable).toBe(0);
    }
  }
  console.log(applied);
  expect(applied.withTies).toBeGreaterThan(20);
  expect(applied.impossible).toBeGreaterThan(5);
  expect(applied.better).toBeGreaterThan(50);
});

for (const { name, ground: given } of tradeGrounds) {
  test(`with private values the least deficit comes from no trade at ties: ${name}`, () => {
    const { environment } = given;
    const mechanism = deficitMinimisingConstruction.build(given, {});
    expect(
      lacking(environment, mechanism, ["ex post efficiency", "dominant-strategy IC", "ex post IR"]),
    ).toEqual([]);
    for (const s of everyProfile(environment)) {
      if (efficientOutcomes(environment, s).length > 1) {
        expect(mechanism.lottery(s)[0].outcome).toBe(0);
        expect(deficit(environment, mechanism, s)).toEqual(Rational.ZERO);
      }
    }
  });
}

test("on fine grids efficient trade runs a deficit, and on coarse ones it need not (CE Thm 5)", () => {
  const expectedDeficit = (points: number) => {
    const { environment } = bilateralTrade({ buyer: { points }, seller: { points } });
    const mechanism = deficitMinimisingTrade(environment);
    return String(expectation(environment, (s) => deficit(environment, mechanism, s)));
  };
  // (n - 1)(n - 5) / (6 n^2), as 1/6 in the limit: a surplus below five types a side, balance at five.
  expect([2, 3, 4, 5, 8].map(expectedDeficit)).toEqual(["-1/8", "-2/27", "-1/32", "0", "7/128"]);
});

test("an efficient rule that cannot be implemented ex post is refused, with the trade that incentives would force", () => {
  // Values that rise more with the other's type than with the own: who trades at a gain forces a loss elsewhere.
  expect(() => deficitMinimisingTrade(interdependentTrade(3, "2"))).toThrow(
    /deficit-minimising needs an efficient rule that is ex post implementable; ex post incentives would force a loss-making trade at buyer \d, seller \d/,
  );
  const { environment } = publicGoodGrounds[0].ground;
  expect(() => deficitMinimisingTrade(environment)).toThrow(
    "deficit-minimising needs a buyer and a seller; this instance has 3 agents",
  );
});

const prices = ["0", "1/3", "1/2", "0.7", "2"];

for (const { name, ground: given } of tradeGrounds) {
  test(`every posted price, and every lottery over prices, is strategy-proof, individually rational and balanced at every profile: ${name}`, () => {
    const { environment } = given;
    const mechanisms = [
      postedPriceConstruction.build(given, {}),
      ...prices.map((price) => postedPriceConstruction.build(given, { options: { price } })),
      postedPriceLotteryConstruction.build(given, {}),
      postedPriceLotteryConstruction.build(given, {
        options: { prices: prices.join(","), probabilities: "1/10 2/10 3/10 4/10 0" },
      }),
    ];
    for (const mechanism of mechanisms) {
      expect(
        lacking(environment, mechanism, [
          "lotteries",
          "dominant-strategy IC",
          "ex post IR",
          "ex post balance",
          "no subsidy",
        ]),
      ).toEqual([]);
    }
  });

  test(`no posted price has larger expected gains than the best one: ${name}`, () => {
    const { environment } = given;
    const at = (price: Rational) => {
      const mechanism = postedPrices(environment, [{ price, probability: Rational.ONE }]);
      return expectation(environment, (s) => gains(environment, mechanism.lottery(s)[0].outcome, s));
    };
    const best = at(bestPostedPrice(environment));
    for (let k = 0; k <= 64; k++) expect(at(Rational.of(k, 64)).compare(best)).toBeLessThanOrEqual(0);
    expect(best.sign).toBe(1);
  });
}

test("the best price on uniform grids is the middle, with gains of 1/8 in the limit against 1/6 of full efficiency", () => {
  for (const points of [2, 4, 8, 16]) {
    const { environment } = bilateralTrade({ buyer: { points }, seller: { points } });
    const price = bestPostedPrice(environment);
    const mechanism = postedPrices(environment, [{ price, probability: Rational.ONE }]);
    const expected = expectation(environment, (s) => gains(environment, mechanism.lottery(s)[0].outcome, s));
    // The lower of the two types next to 1/2, at which n/2 sellers meet n/2 + 1 buyers.
    expect(price).toEqual(Rational.of(points - 1, 2 * points));
    expect(expected).toEqual(Rational.of(1, 8).add(Rational.of(points - 2, 8 * points * points)));
  }
});

test("thresholds that sum to zero are posted prices: the best threshold rule in trade is the best price", () => {
  for (const { ground: given } of tradeGrounds) {
    const { environment } = given;
    const [price, minusPrice] = bestThresholds(environment, provisionView("test", environment));
    expect(minusPrice).toEqual(price.negate());
    const at = (of: Rational) => {
      const mechanism = postedPrices(environment, [{ price: of, probability: Rational.ONE }]);
      return expectation(environment, (s) => gains(environment, mechanism.lottery(s)[0].outcome, s));
    };
    expect(at(price)).toEqual(at(bestPostedPrice(environment)));
  }
});

test("what makes trade impossible to post a price in is named", () => {
  const build = (environment: Environment, options?: Record<string, string>) => () =>
    postedPriceConstruction.build(ground(environment), { options });
  expect(build(publicGoodGrounds[0].ground.environment)).toThrow(
    "posted-price needs a buyer and a seller; this instance has 3 agents",
  );
  expect(build(interdependentTrade(3, "1/2", weightings.rising(3)))).toThrow(
    "posted-price needs private values, and a cost that depends on the outcome alone; the value of yes to buyer 0 depends on the others' types",
  );
  expect(build(publicGood(2, ["0", "1"], [1, 1], "1"))).toThrow(
    "posted-price needs trade without resource cost",
  );
  const three = randomEnvironment(0, { agents: [2, 2], outcomes: [3, 3], values: "private", costs: false });
  expect(build(three)).toThrow("posted-price needs two outcomes, no trade and trade; this instance has 3");
  const { environment } = tradeGrounds[0].ground;
  expect(build(environment, { price: "cheap" })).toThrow('price[0]: "cheap"; expected a number');
  expect(() =>
    postedPriceLotteryConstruction.build(ground(environment), {
      options: { prices: "0.2 0.4", probabilities: "1/2 1/3" },
    }),
  ).toThrow("probabilities: numbers that sum to 5/6; expected numbers >= 0 with the sum 1");
});

test("the buyer is known by its name, and otherwise by what trade is worth to it", () => {
  const { environment } = tradeGrounds[1].ground;
  const [buyer, seller] = environment.specification.agents;
  for (const [first, second] of [
    ["ann", "bob"],
    ["seller", "ann"],
  ]) {
    const turned = tradeBetween(environment, { ...seller, name: first }, { ...buyer, name: second });
    const mechanism = postedPriceConstruction.build(ground(turned), { options: { price: "1/2" } });
    const top = turned.profiles.count - 1;
    const everyoneTrades = everyProfile(turned).filter((s) => mechanism.lottery(s)[0].outcome === 1);
    expect(everyoneTrades.length).toBeGreaterThan(0);
    expect(everyoneTrades).not.toContain(top);
    for (const s of everyoneTrades) expect(mechanism.payment(1, s)).toEqual(toRational("1/2"));
  }
});

function tradeBetween(
  { specification }: Environment,
  ...agents: Environment["specification"]["agents"]
): Environment {
  const { prior } = specification;
  if (prior.kind !== "independent") throw new Error("trade has independent types");
  return new Environment({
    ...specification,
    agents,
    prior: { kind: "independent", marginals: [...prior.marginals].reverse() },
  });
}
