import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { Construction } from "./construction.js";
import { type Game, inducedMechanism } from "./game.js";
import { notDefined } from "./preconditions.js";
import { type TradeView, tradeView } from "./trade-view.js";

/**
 * The detail-free trading game (CE 4.3): the buyer announces an offer and the seller a demand; they trade if the offer
 * exceeds the demand, and then the buyer pays the demand and the seller receives the offer.
 *
 * Strategies on a grid: the buyer offers its own value at the last type of the seller with whom trade gains anything,
 * the seller demands its cost at the first type of the buyer with whom it does; who gains with nobody goes by the best
 * partner. Where values rise with every type, in the listed order, these are an ex post equilibrium on any grid, and it
 * trades exactly where trade gains. (The generalised VCG payments as announcements are not: on a grid they may leave a
 * surplus, and then the offer does not exceed the demand.) With private values everybody announces its own type. Where
 * values fall with the other's type, `verifyEquilibrium` tells what is true.
 *
 * Throws InputError unless the instance is trade in which a buyer of a later type, and a seller of an earlier one,
 * trades whenever an earlier, or a later, one does (CE Def. 9).
 */
export function tradingGame(environment: Environment): Game<Rational> {
  const view = tradeView("trading-game", environment);
  requireSingleCrossing(environment, view);
  const { buyer, seller } = view;
  const announcements = [0, 1].map((agent) =>
    environment.agents[agent].types.map((_, type) =>
      agent === buyer ? offer(environment, view, type) : demand(environment, view, type),
    ),
  );
  return {
    name: "trading-game",
    outcome: (actions) => {
      const trade = actions[buyer].compare(actions[seller]) > 0;
      const payments = [Rational.ZERO, Rational.ZERO];
      if (trade) {
        payments[buyer] = actions[seller];
        payments[seller] = actions[buyer].negate();
      }
      return { lottery: certain(trade ? view.trade : view.noTrade), payments };
    },
    strategy: (agent, type) => announcements[agent][type],
    // Only whether an announcement exceeds the other's matters, so the other's and something beyond on both sides do.
    deviations: (agent) => {
      const others = [...announcements[1 - agent]].sort((a, b) => a.compare(b));
      return [
        others[0].subtract(Rational.ONE),
        ...others,
        others[others.length - 1].add(Rational.ONE),
        ...others.slice(1).map((price, k) => price.add(others[k]).divide(Rational.of(2))),
      ];
    },
    actionLabel: (action) => `announcing ${action}`,
  };
}

function gains(view: TradeView, profile: number): boolean {
  return view.value(profile).compare(view.cost(profile)) > 0;
}

function offer(environment: Environment, view: TradeView, type: number): Rational {
  const { profiles } = environment;
  const partners = profiles.profilesOf(view.buyer, type);
  const last = partners.filter((profile) => gains(view, profile)).at(-1) ?? partners[0];
  return view.value(last);
}

function demand(environment: Environment, view: TradeView, type: number): Rational {
  const { profiles } = environment;
  const partners = profiles.profilesOf(view.seller, type);
  const first = partners.find((profile) => gains(view, profile)) ?? partners[partners.length - 1];
  return view.cost(first);
}

function requireSingleCrossing(environment: Environment, view: TradeView): void {
  const { profiles } = environment;
  for (let s = 0; s < profiles.count; s++) {
    if (!gains(view, s)) continue;
    const types = profiles.typesOf(s);
    const stronger = [
      types[view.buyer] + 1 < profiles.sizes[view.buyer] &&
        profiles.replace(s, view.buyer, types[view.buyer] + 1),
      types[view.seller] > 0 && profiles.replace(s, view.seller, types[view.seller] - 1),
    ];
    for (const next of stronger) {
      if (next === false || gains(view, next)) continue;
      const found = `trade gains at ${environment.profileLabel(s)} and not at ${environment.profileLabel(next)}`;
      throw notDefined("trading-game", "single crossing", found);
    }
  }
}

export const tradingGameConstruction: Construction = {
  name: "trading-game",
  summary: "The buyer offers, the seller demands; each gets the other's price. What the equilibrium does.",
  source: "CE 4.3",
  versions: ["exact"],
  build: ({ environment }) => inducedMechanism(environment, tradingGame(environment)),
};
