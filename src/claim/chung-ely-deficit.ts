import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { RandomSource } from "../generator/random-source.js";
import { deficit, expectation } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import type { Claim } from "./claim.js";
import { continuousPairs } from "./continuous-pairs.js";
import { example } from "./example.js";
import { gridLimit } from "./grid-limit.js";
import { implementation } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";
import { provenOnTypes, smoothValuations } from "./smooth-valuations.js";

const noDeficit = { ic: "ex-post", ir: "ex-post", balance: "no-deficit" } as const satisfies AskedQuestion;

const smoothTrades = smoothValuations(
  "instances of trade with polynomial values on [0, 1] that rise with both signals, for some signals with gains and for others with losses",
  "trade",
);

const continuousTrades = continuousPairs(
  "instances of trade with private values and continuous types, independent, with densities that are uniform, straight or of two steps on intervals that overlap",
  ["trade"],
);

const linearTrade = (a: string, points: number) =>
  example("interdependent-trade", { buyer: { points }, seller: { points }, a });

export const tradeDeficit: Claim = {
  id: "CE-T5",
  kinds: ["theorem"],
  place: "Theorem 5, Lemmas 4 and 5, Corollary 1",
  about: "efficient trade runs a deficit",
  says: "No efficient trading mechanism, with lotteries or without, is ex post incentive compatible, ex post individually rational and without deficit; and none without lotteries is Bayesian incentive compatible, interim individually rational and balanced in expectation, where signals are independent.",
  assumes:
    "Signals from intervals, continuous values that rise weakly with both and strictly with the own; for some signals gains, for others losses. For the corollary strong single crossing.",
  readings: [
    "A mechanism for all signals of [0, 1] is one for any finitely many of them, so that a proof for these is one for all.",
    "In the corollary every interval of signals has positive probability.",
  ],
  async test(trial) {
    await trial.holds(
      "Theorem 5, for all signals of [0, 1]: impossible on 3, 5, 9, 17 or 33 of them, where ties are left to the design with lotteries, and therefore on all",
      smoothTrades,
      async (valuations, count) => {
        const points = await provenOnTypes(valuations, noDeficit);
        if (points === undefined) return "that 33 signals a side do not prove impossible";
        count(`proved by ${points} signals a side`);
        return undefined;
      },
    );
    await trial.holds(
      "Corollary 1 with private values, for all types of the intervals",
      continuousTrades,
      async ({ example: { instance } }) => {
        const { verdict } = await designContinuum(instance, { budget: "ex-ante" });
        return verdict === "impossible" ? undefined : `for which the verdict is ${verdict}`;
      },
    );
    const grids = trial.grids([6, 8, 10, 12, 14], [6, 7, 8, 9]);
    for (const a of ["1/4", "1/2"])
      trial.shows(
        `Corollary 1 with v_i = s_i + ${a} s_-i: the least expected subsidy`,
        await gridLimit(grids, async (points) => {
          const { environment } = linearTrade(a, points);
          return (await designFor(posed(environment, { budget: "ex-ante" }))).optimum!;
        }),
        grids.map((points) => linearTrade(a, points).run("solve - --budget ex-ante")),
      );
    await trial.instead.verdict(
      "with three types a side it is another matter: uniform trade needs no money from outside at any profile",
      "possible",
      example("bilateral-trade", { buyer: { points: 3 }, seller: { points: 3 } }),
      noDeficit,
    );
    knownBuyer(trial);
  },
};

/** The corollary without a distribution of full support. */
function knownBuyer(trial: Parameters<Claim["test"]>[0]): void {
  const trade = example("bilateral-trade", {
    buyer: {
      points: 5,
      placement: "endpoint",
      from: "1/2",
      to: "3/2",
      distribution: { weights: [1, 0, 0, 0, 0] },
    },
    seller: { points: 5, placement: "endpoint" },
  });
  const { environment } = trade;
  const [values, costs] = environment.agents.map(({ types }) => types.map(toRational));
  const { profiles } = environment;
  const value = (s: number) => values[profiles.typeOf(s, 0)];
  const cost = (s: number) => costs[profiles.typeOf(s, 1)];
  const trades = (s: number) => value(s).compare(cost(s)) > 0;
  const mechanism: Mechanism = {
    lottery: (s) => certain(trades(s) ? 1 : 0),
    payment: (agent, s) => {
      if (!trades(s)) return Rational.ZERO;
      return agent === 0
        ? Rational.maximum(Rational.of(1, 2), cost(s))
        : Rational.minimum(Rational.ONE, value(s)).negate();
    },
    subsidy: () => Rational.ZERO,
  };
  trial.instead.fact(
    "a prior without full support breaks the corollary: a buyer that is known to be of its lowest type",
    lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR", "ex ante balance"]) ===
      undefined,
    trade.run("solve -", { budget: "ex-ante" }),
    [
      "Let v_buyer = s_buyer + 1/2 and v_seller = s_seller, trade where the buyer's value is higher, the buyer paying the greater of 1/2 and the seller's cost, the seller getting the lesser of 1 and the buyer's value. For all signals of [0, 1] this is ex post incentive compatible and individually rational; where s_buyer = 0 trade takes place at the price 1/2 on both sides.",
    ],
  );
}

/** The payments that 4.4 prints, for the rule that trades where the buyer's signal is higher. */
function printedPayments(environment: Environment, a: Rational): Mechanism {
  const { profiles, agents } = environment;
  const signals = agents.map(({ types }) => types.map(toRational));
  const at = (agent: number, s: number) => signals[agent][profiles.typeOf(s, agent)];
  const trades = (s: number) => at(0, s).compare(at(1, s)) > 0;
  const factor = a.add(Rational.ONE);
  return {
    lottery: (s) => certain(trades(s) ? 1 : 0),
    payment: (agent, s) => {
      if (!trades(s)) return Rational.ZERO;
      return agent === 0 ? factor.multiply(at(1, s)) : factor.multiply(at(0, s)).negate();
    },
    subsidy: () => Rational.ZERO,
  };
}

/** What is wrong with the printed payments on a grid: with the sign of the deficit wherever there is trade. */
function notAsPrinted(environment: Environment, a: Rational): string | undefined {
  const mechanism = printedPayments(environment, a);
  const lacks = lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"]);
  if (lacks !== undefined) return lacks;
  const expected = a.add(Rational.ONE).sign;
  const wrong = everyProfile(environment).find(
    (s) => mechanism.lottery(s)[0].outcome === 1 && deficit(environment, mechanism, s).sign !== expected,
  );
  return wrong === undefined
    ? undefined
    : `with a deficit of ${deficit(environment, mechanism, wrong)} at ${environment.profileLabel(wrong)}`;
}

export const linearValues: Claim = {
  id: "CE-44",
  kinds: ["figure"],
  place: "Section 4.4",
  about: "trade with v_i = s_i + a s_-i",
  says: "For a < 1 the efficient rule trades where s_buyer > s_seller, and the generalised VCG payments in the event of trade are s_seller + a s_seller and -(s_buyer + a s_buyer): a deficit for a > -1, balance at every profile for a = -1, a surplus wherever there is trade for a < -1.",
  assumes: "Signals from [0, 1].",
  readings: ["At ties there is no trade."],
  async test(trial) {
    const grids = trial.grids([2, 6, 10, 14, 18], [2, 6, 10, 14]);
    for (const a of ["1/2", "-1/2", "-1", "-3/2"]) {
      const factor = toRational(a).add(Rational.ONE);
      const generalised = (points: number) => {
        const { environment, rule } = linearTrade(a, points).ground();
        return { environment, mechanism: implementation(environment, rule)! };
      };
      const runs = grids.map((points) => linearTrade(a, points).run("construct generalised-vcg -"));
      for (const [agent, signal] of [
        [0, Rational.of(1, 4)],
        [1, Rational.of(-3, 4)],
      ] as const)
        trial.figure(
          `a = ${a}: what the ${["buyer", "seller"][agent]} pays at the signals 3/4 and 1/4`,
          `${factor.multiply(signal)}`,
          await gridLimit(grids, (points) => {
            const { environment, mechanism } = generalised(points);
            const s = environment.profiles.profileOf([(3 * points - 2) / 4, (points - 2) / 4]);
            return mechanism.payment(agent, s);
          }),
          runs,
        );
      trial.shows(
        `a = ${a}: the expected deficit of generalised VCG`,
        await gridLimit(grids, (points) => {
          const { environment, mechanism } = generalised(points);
          return expectation(environment, (s) => deficit(environment, mechanism, s));
        }),
        runs,
      );
    }
    await trial.holds(
      "the printed payments are ex post incentive compatible and individually rational, and their deficit has the sign of 1 + a wherever there is trade",
      {
        about: "grids of two to five signals a side from [0, 1], with a from -3 to 1",
        member: (seed) => {
          const random = new RandomSource(seed);
          const a = random.onceIn(5) ? Rational.of(-1) : Rational.of(random.integer(-12, 3), 4);
          const signals = () => {
            const drawn = Array.from({ length: random.integer(2, 5) }, () => random.integer(0, 12));
            return { values: [...new Set(drawn)].sort((x, y) => x - y).map((k) => `${k}/12`) };
          };
          const trade = example("interdependent-trade", { buyer: signals(), seller: signals(), a: `${a}` });
          return { a, trade };
        },
        shown: ({ trade }) => [JSON.stringify(trade.data)],
      },
      ({ a, trade: { environment } }, count) => {
        count(["with a < -1", "with a = -1", "with a > -1"][a.add(Rational.ONE).sign + 1]);
        return notAsPrinted(environment, a);
      },
      { each: ["with a < -1", "with a = -1", "with a > -1"] },
    );
    for (const a of ["1/2", "-1/2"])
      await trial.verdict(
        `a = ${a}: efficient trade ex post without deficit, on 16 signals a side and therefore on all of [0, 1]`,
        "impossible",
        linearTrade(a, 16),
        noDeficit,
      );
    const beyond = linearTrade("2", 4);
    trial.instead.fact(
      "for a > 1 no efficient rule is ex post incentive compatible",
      implementation(beyond.environment, beyond.ground().rule) === undefined,
      beyond.run("construct generalised-vcg -"),
    );
  },
};
