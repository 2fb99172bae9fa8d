import { unknownName } from "../fault/unknown-name.js";
import { agvConstruction, agvEqualSharesConstruction } from "./agv.js";
import { balancedConstruction } from "./balanced.js";
import type { Construction } from "./construction.js";
import { deficitMinimisingConstruction } from "./deficit-minimising-trade.js";
import {
  firstPriceEntitlementConstruction,
  secondPriceEntitlementConstruction,
} from "./entitlement-auctions.js";
import { contributionGameConstruction } from "./game-contribution.js";
import { tradingGameConstruction } from "./game-trading.js";
import { generalisedVcgConstruction } from "./generalised-vcg.js";
import { grovesConstruction } from "./groves.js";
import { insuredConstruction } from "./insured.js";
import { irVcgConstruction } from "./ir-vcg.js";
import { m1AsymmetricConstruction } from "./m1-asymmetric.js";
import { m1Construction } from "./m1-symmetric.js";
import { m1TwoAgentsConstruction } from "./m1-two-agents.js";
import { m2Construction } from "./m2.js";
import { m3Construction } from "./m3.js";
import { postedPriceConstruction, postedPriceLotteryConstruction } from "./posted-price.js";
import { thresholdContributionConstruction } from "./threshold-contribution.js";
import { uniformPriceConstruction } from "./uniform-price.js";
import { vcgConstruction } from "./vcg.js";

/** Every construction, in the order of the tables. */
export const constructions: readonly Construction[] = [
  vcgConstruction,
  grovesConstruction,
  irVcgConstruction,
  balancedConstruction,
  agvConstruction,
  agvEqualSharesConstruction,
  insuredConstruction,
  generalisedVcgConstruction,
  deficitMinimisingConstruction,
  thresholdContributionConstruction,
  postedPriceConstruction,
  postedPriceLotteryConstruction,
  tradingGameConstruction,
  contributionGameConstruction,
  m1Construction,
  m1AsymmetricConstruction,
  m1TwoAgentsConstruction,
  m2Construction,
  m3Construction,
  firstPriceEntitlementConstruction,
  secondPriceEntitlementConstruction,
  uniformPriceConstruction,
];

/** The construction of that name. Throws InputError, with all names and those that are alike, when there is none. */
export function constructionByName(name: string): Construction {
  const found = constructions.find((construction) => construction.name === name);
  if (found) return found;
  throw unknownName(
    "",
    "construction",
    name,
    constructions.map((construction) => construction.name),
  );
}
