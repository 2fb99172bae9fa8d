import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain } from "../environment/lottery.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { Rational } from "../number/rational.js";
import type { Construction } from "./construction.js";
import { generalisedVcg } from "./generalised-vcg.js";
import { notDefined } from "./preconditions.js";
import { type TradeView, tradeView } from "./trade-view.js";

/**
 * The efficient and ex post implementable rule that trades least (CE 4.2, `g_*`): trade wherever there are gains, and
 * wherever ex post IC then forces it, because a buyer who values the good more, or a seller to whom it costs less,
 * would otherwise envy a type that trades. Such sets of profiles are closed under intersection, so there is a smallest
 * on any grid, without supposing that values are monotone. Throws InputError when it contains a profile at which trade
 * is inefficient: then no efficient rule is ex post implementable (CE Def. 9 fails).
 */
export function leastEfficientTrade(environment: Environment, view: TradeView): AllocationRule {
  const { profiles } = environment;
  const trades = new Array<boolean>(profiles.count).fill(false);
  const queue: number[] = [];
  const add = (profile: number) => {
    if (trades[profile]) return;
    if (view.value(profile).compare(view.cost(profile)) < 0) {
      const found = `ex post incentives would force a loss-making trade at ${environment.profileLabel(profile)}`;
      throw notDefined("deficit-minimising", "an efficient rule that is ex post implementable", found);
    }
    trades[profile] = true;
    queue.push(profile);
  };
  for (let s = 0; s < profiles.count; s++) {
    if (view.value(s).compare(view.cost(s)) > 0) add(s);
  }
  const spread = (agent: number, worth: (profile: number) => Rational, from: number) => {
    for (let type = 0; type < profiles.sizes[agent]; type++) {
      const s = profiles.replace(from, agent, type);
      if (!trades[s] && worth(s).compare(worth(from)) > 0) add(s);
    }
  };
  for (let s = queue.pop(); s !== undefined; s = queue.pop()) {
    spread(view.buyer, view.value, s);
    spread(view.seller, (profile) => view.cost(profile).negate(), s);
  }
  return (profile) => certain(trades[profile] ? view.trade : view.noTrade);
}

/**
 * The efficient mechanism with the smallest deficit at every profile among all that are ex post IC and ex post
 * individually rational, lotteries at ties included (CE Thm 6): generalised VCG for the rule that trades least. It
 * breaks ties itself; the rule that the user asks for is not used. Throws InputError unless the instance is trade.
 */
export function deficitMinimisingTrade(environment: Environment): Mechanism {
  return generalisedVcg(
    environment,
    leastEfficientTrade(environment, tradeView("deficit-minimising", environment)),
  );
}

export const deficitMinimisingConstruction: Construction = {
  name: "deficit-minimising",
  summary: "Efficient trade with the smallest deficit.",
  about: "Efficient trade with the smallest deficit at every profile, by the best way to break ties.",
  source: "Chung and Ely 2006, Theorem 6",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  build: ({ environment }) => deficitMinimisingTrade(environment),
};
