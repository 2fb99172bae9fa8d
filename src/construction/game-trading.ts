import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { Construction } from "./construction.js";
import { equilibriumMechanism, type Game } from "./game.js";
import { notDefined } from "./preconditions.js";
import { type TradeView, tradeView } from "./trade-view.js";

/**
 * The detail-free trading game (CE 4.3): the buyer announces an offer and the seller a demand; they trade if the offer
 * exceeds the demand, and then the buyer pays the demand and the seller receives the offer.
 *
 * Strategies, as in the continuum: each announces what the good is worth to both with the partner with whom trade just
 * stops to gain. On a grid that partner lies between two types, and values are interpolated between them; who gains
 * with nobody, or with everybody, goes by the nearest partner. Where values rise with every type, in the listed order,
 * these are an ex post equilibrium on any grid, and it trades exactly where trade gains. (The generalised VCG payments
 * as announcements are not: on a grid they may leave a surplus, and then the offer does not exceed the demand.) With
 * private values everybody announces its own type. Where values fall with the other's type, `verifyEquilibrium` tells
 * what is true: with `v_i = s_i + a s_-i` the strategies are an equilibrium for a > -1 and not below.
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

/** The buyer's value, from the first partners up to where gains end. */
function offer({ profiles }: Environment, view: TradeView, type: number): Rational {
  const partners = profiles.profilesOf(view.buyer, type);
  return announcement(view, (profile) => view.value(profile), partners);
}

/** The seller's cost, from the last partners down to where gains end. */
function demand({ profiles }: Environment, view: TradeView, type: number): Rational {
  const partners = profiles.profilesOf(view.seller, type).reverse();
  return announcement(view, (profile) => view.cost(profile), partners);
}

/** Own worth at the partner with whom gains end, partners in the order in which gains fall. */
function announcement(
  view: TradeView,
  worth: (profile: number) => Rational,
  partners: readonly number[],
): Rational {
  const end = partners.findIndex((profile) => !gains(view, profile));
  if (end < 0) return worth(partners[partners.length - 1]);
  if (end === 0) return worth(partners[0]);
  const [gain, loss] = [partners[end - 1], partners[end]].map((profile) =>
    view.value(profile).subtract(view.cost(profile)),
  );
  const [before, after] = [worth(partners[end - 1]), worth(partners[end])];
  return before.add(after.subtract(before).multiply(gain).divide(gain.subtract(loss)));
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
  summary: "Buyer and seller each get the price of the other.",
  about: "The buyer offers, the seller demands; each gets the other's price. What the equilibrium does.",
  source: "Chung and Ely 2006, Section 4.3",
  example: "posted-price-trade-6",
  versions: ["exact"],
  build: ({ environment }) => equilibriumMechanism(environment, tradingGame(environment)),
};
