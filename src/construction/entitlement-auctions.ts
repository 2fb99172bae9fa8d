import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Choice, Construction, Ground } from "./construction.js";
import { type Game, inducedMechanism } from "./game.js";
import { type EntitlementBid, type EntitlementPrice, entitlementAuction } from "./game-entitlement.js";
import { requirePositiveProbabilities } from "./identical-types.js";
import { exactPrices, formulaPrices } from "./m1-symmetric.js";
import { continuousGround } from "./numeric-types.js";
import { requireEfficientPrivateGround, surplusOf } from "./payoff-mechanism.js";
import { exactSecondPriceBids, formulaSecondPriceBids } from "./second-price-bids.js";

/**
 * The first-price entitlement auction with the bids that implement M1 (KE 5.1): every type bids M1's price. Throws
 * InputError naming the condition that fails.
 */
export function firstPriceEntitlement(
  ground: Ground,
  { version = "exact" }: Choice = {},
  bidding: "listed" | "free" = "listed",
): Game<EntitlementBid> {
  const name = "the first-price entitlement auction";
  requireEfficientPrivateGround(name, ground);
  const bids =
    version === "formula"
      ? formulaPrices(continuousGround(name, ground)).map(Rational.fromDouble)
      : exactPrices(ground, surplusByType(ground));
  return entitlementAuction(name, ground, "first", bids, bidding);
}

/**
 * The second-price entitlement auction: interim IR and balanced, but not ex post IR, because a low type that wins pays
 * for what higher types would have made of the good (KE 5.1). Throws InputError naming the condition that fails.
 */
export function secondPriceEntitlement(
  ground: Ground,
  { version = "exact" }: Choice = {},
  bidding: "listed" | "free" = "listed",
): Game<EntitlementBid> {
  const name = "the second-price entitlement auction";
  const { environment } = ground;
  requireEfficientPrivateGround(name, ground);
  requirePositiveProbabilities(name, environment);
  const probabilities = environment.prior.marginals[0].toRationals();
  const bids =
    version === "formula"
      ? formulaSecondPriceBids(continuousGround(name, ground)).map(Rational.fromDouble)
      : exactSecondPriceBids(probabilities, environment.agentCount, surplusByType(ground));
  return entitlementAuction(name, ground, "second", bids, bidding);
}

/** What the good is worth to an agent of each type when all others have their lowest. */
function surplusByType(ground: Ground): (type: number) => Rational {
  const surplus = surplusOf(ground);
  return (type) => surplus(type * ground.environment.profiles.strides[0]);
}

function auctionConstruction(
  price: EntitlementPrice,
  game: (ground: Ground, choice: Choice) => Game<EntitlementBid>,
): Construction {
  return {
    name: `${price}-price-entitlement`,
    summary: `${price === "first" ? "First" : "Second"}-price auction of the entitlement.`,
    about: `Auction of the entitlement at the ${price} price, shared among the losers. What the equilibrium does.`,
    source: `Ke 2009, Section 5.1, ${price === "first" ? "(10)" : "Table 2"}`,
    example: "private-good-production-4",
    versions: ["exact", "formula"],
    build: (ground, choice): Mechanism => inducedMechanism(ground.environment, game(ground, choice)),
  };
}

export const firstPriceEntitlementConstruction = auctionConstruction("first", firstPriceEntitlement);
export const secondPriceEntitlementConstruction = auctionConstruction("second", secondPriceEntitlement);
