import { deficitMinimisingTrade, leastEfficientTrade } from "../construction/deficit-minimising-trade.js";
import { inducedMechanism, verifyEquilibrium } from "../construction/game.js";
import { tradingGame } from "../construction/game-trading.js";
import { tradeView } from "../construction/trade-view.js";
import { efficientOutcomes, gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { certain, type Lottery, uniformLottery } from "../environment/lottery.js";
import { deficit } from "../mechanism/interim.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import { built, implementation } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";
import { exampleOfValues, risingValues } from "./rising-values.js";
import { notApplying } from "./trial.js";

const TRADE = 1;

const trades = risingValues(
  "instances of trade with two to four types a side and values that rise with both types, for some types with gains and for others with losses",
  { kind: "trade", coupling: "any", types: [2, 4] },
);

const smallTrades = risingValues(
  "instances of trade with two or three types a side and values that rise with both types, for some types with gains and for others with losses",
  { kind: "trade", coupling: "any", types: [2, 3] },
);

/** Definition 9: a better buyer and a cheaper seller do not turn a gain into a loss. */
function hasSingleCrossing(environment: Environment): boolean {
  const { profiles } = environment;
  const gain = (s: number) => gains(environment, TRADE, s).sign;
  return everyProfile(environment).every((s) => {
    const [buyer, seller] = profiles.typesOf(s);
    return (
      gain(s) <= 0 ||
      everyProfile(environment).every((other) => {
        const [better, cheaper] = profiles.typesOf(other);
        return better < buyer || cheaper > seller || gain(other) >= 0;
      })
    );
  });
}

/** Every way to break ties, trade, no trade or a fair coin at each, up to `most` of them. */
function* tieBreakings(environment: Environment, most: number): Iterable<readonly Lottery[]> {
  const efficient = everyProfile(environment).map((s) => efficientOutcomes(environment, s));
  const tied = everyProfile(environment).filter((s) => efficient[s].length > 1);
  for (let code = 0; code < Math.min(most, 3 ** tied.length); code++) {
    const lotteries = efficient.map((outcomes) => certain(outcomes[0]));
    for (const [k, s] of tied.entries()) {
      const choice = Math.floor(code / 3 ** k) % 3;
      lotteries[s] = choice === 2 ? uniformLottery(efficient[s]) : certain(efficient[s][choice]);
    }
    yield lotteries;
  }
}

export const leastDeficit: Claim = {
  id: "CE-T6",
  kinds: ["construction", "theorem"],
  place: "Section 4, Definition 9, and Theorem 6",
  about: "the efficient rule that minimises the deficit",
  says: "Some efficient trading rule is ex post incentive compatible if and only if values have single crossing. Then one efficient mechanism that is ex post incentive compatible and individually rational has the smallest deficit of all at every profile, and its rule has no lotteries.",
  assumes: "Values that rise weakly with both signals and strictly with the own one.",
  async test(trial) {
    await trial.holds(
      "single crossing (Definition 9) is where some efficient rule is implementable",
      trades,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        const crossing = hasSingleCrossing(environment);
        count(crossing ? "with single crossing" : "without");
        const rule = built(() => leastEfficientTrade(environment, tradeView("trade", environment)));
        const mechanism = rule && implementation(environment, rule);
        if (crossing !== (mechanism !== undefined))
          return crossing
            ? "with single crossing and no such rule"
            : "with such a rule and no single crossing";
        if (mechanism)
          return lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"]);
        const other = [...tieBreakings(environment, 27)].find(
          (lotteries) => implementation(environment, (s) => lotteries[s]) !== undefined,
        );
        return other && "in which another efficient rule is implementable";
      },
      { each: ["with single crossing", "without"] },
    );
    await trial.holds(
      "no efficient rule that is implementable, ties broken in every way and by a fair coin too, has a smaller deficit at any profile",
      smallTrades,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        const best = built(() => deficitMinimisingTrade(environment));
        if (!best) return notApplying;
        for (const lotteries of tieBreakings(environment, 81)) {
          const other = implementation(environment, (s) => lotteries[s]);
          if (!other) continue;
          for (const s of everyProfile(environment)) {
            const order = deficit(environment, best, s).compare(deficit(environment, other, s));
            if (order < 0) count("in which another has a larger one somewhere");
            if (order > 0) return `in which another has a smaller one at ${environment.profileLabel(s)}`;
          }
        }
        return undefined;
      },
      { each: ["in which another has a larger one somewhere"] },
    );
    const gladBuyer = example("bilateral-trade", {
      buyer: { points: 5, placement: "endpoint", from: "1/2", to: "3/2" },
      seller: { points: 5, placement: "endpoint" },
    });
    const { environment } = gladBuyer;
    trial.instead.fact(
      "the rule f* as printed, trade if and only if the buyer's signal exceeds the cutoff g*, needs cutoffs below the lowest signal: else its lowest buyer never trades, with gains or not",
      deficitMinimisingTrade(environment).lottery(0)[0].outcome === TRADE,
      gladBuyer.run("construct deficit-minimising -"),
      [
        "With v_buyer = s_buyer + 1/2 and v_seller = s_seller, both gain at the signals 0 and 0. Cutoffs are from 0 to 1, so that 0 exceeds none; the sentence that gains imply s_buyer > g(s_seller) fails there. The theorem stands.",
      ],
    );
  },
};

export const tradingGameClaim: Claim = {
  id: "CE-43",
  kinds: ["construction", "theorem"],
  place: "Section 4.3",
  about: "the detail-free trading game",
  says: "Buyer and seller announce prices; if and only if the offer exceeds the demand they trade, the buyer pays the demand and the seller receives the offer. An ex post equilibrium of this game is efficient.",
  assumes: "Values that rise weakly with both signals, and strong single crossing.",
  readings: [
    "Each announces what the good is worth to it with the partner with whom gains end; on a grid that partner lies between two types.",
    "That the game can be solved by iterated elimination of weakly dominated strategies is quoted in the paper from another, and is not tested.",
  ],
  async test(trial) {
    await trial.holds(
      "the announcements are an ex post equilibrium, and its outcome is efficient and ex post individually rational",
      trades,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        const game = built(() => tradingGame(environment));
        if (!game) return notApplying;
        if (everyProfile(environment).some((s) => gains(environment, TRADE, s).isZero)) count("with ties");
        const { holds, worst, violation } = verifyEquilibrium(environment, game);
        if (!holds) return `in which a deviation gains: ${worst} by ${violation}`;
        const mechanism = inducedMechanism(environment, game);
        return lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"]);
      },
      { each: ["with ties"] },
    );
    const falling = example("interdependent-trade", {
      buyer: { points: 4, from: "1/12", to: "13/12" },
      seller: { points: 4 },
      a: "-3/2",
    });
    const { environment } = falling;
    const finding = verifyEquilibrium(environment, tradingGame(environment));
    trial.instead.fact(
      "values must not fall with the other's signal: with v_i = s_i - 3/2 s_-i, which have strong single crossing, the announcements are no equilibrium",
      !finding.holds,
      falling.run("construct trading-game -"),
      [`A deviation gains: ${finding.worst} by ${finding.violation}.`],
    );
  },
};
