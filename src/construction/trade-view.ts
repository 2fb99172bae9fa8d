import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { notDefined } from "./preconditions.js";

/** An environment seen as trade of one good. */
export interface TradeView {
  readonly buyer: number;
  readonly seller: number;
  readonly noTrade: number;
  readonly trade: number;
  /** What trade adds to the buyer's outside option. */
  value(profile: number): Rational;
  /** What trade takes from the seller's outside option: its cost of supplying, or its value of keeping. */
  cost(profile: number): Rational;
}

/**
 * Recognises trade: two agents and two outcomes without resource cost, one of which leaves both agents at their outside
 * options. The buyer is the agent of that name, else the one to whom trade is worth more on the whole. Throws
 * InputError, naming what is missing.
 */
export function tradeView(construction: string, environment: Environment): TradeView {
  const { agents, outcomes, profiles } = environment;
  if (agents.length !== 2) {
    const found = `this instance has ${agents.length} agent${agents.length === 1 ? "" : "s"}`;
    throw notDefined(construction, "a buyer and a seller", found);
  }
  if (outcomes.length !== 2) {
    throw notDefined(
      construction,
      "two outcomes, no trade and trade",
      `this instance has ${outcomes.length}`,
    );
  }
  const everywhere = Array.from({ length: profiles.count }, (_, s) => s);
  for (const s of everywhere) {
    if ([0, 1].some((outcome) => !environment.cost(outcome, s).isZero)) {
      throw notDefined(
        construction,
        "trade without resource cost",
        `there is one at ${environment.profileLabel(s)}`,
      );
    }
  }
  const net = (agent: number, outcome: number, profile: number) =>
    environment.value(agent, outcome, profile).subtract(environment.outsideOption(agent, profile));
  const noTrade = [0, 1].find((outcome) =>
    everywhere.every((s) => [0, 1].every((agent) => net(agent, outcome, s).isZero)),
  );
  if (noTrade === undefined) {
    throw notDefined(
      construction,
      "an outcome that is everybody's outside option (no trade)",
      `neither ${outcomes.join(" nor ")} is`,
    );
  }
  const trade = 1 - noTrade;
  const named = agents.findIndex(({ name }) => name === "buyer");
  const namedSeller = agents.findIndex(({ name }) => name === "seller");
  const worth = [0, 1].map((agent) => everywhere.map((s) => net(agent, trade, s)).reduce((a, b) => a.add(b)));
  const byWorth = worth[0].compare(worth[1]) >= 0 ? 0 : 1;
  const buyer = named >= 0 ? named : namedSeller >= 0 ? 1 - namedSeller : byWorth;
  const seller = 1 - buyer;
  return {
    buyer,
    seller,
    noTrade,
    trade,
    value: (profile) => net(buyer, trade, profile),
    cost: (profile) => net(seller, trade, profile).negate(),
  };
}
