import {
  firstPriceEntitlement,
  m1,
  m1Asymmetric,
  m1TwoAgents,
  m2,
  m3,
  secondPriceEntitlement,
} from "./entitlements.js";
import { agv, agvEqualShares, balanced, insured } from "./expected-externality.js";
import { deficitMinimising, generalisedVcg, groves, irVcg, vcg } from "./groves-schemes.js";
import type { ContinuousConstruction } from "./mechanism.js";
import { postedPrice } from "./posted-price.js";

/** The constructions that are evaluated at every type. */
export const continuousConstructions: readonly ContinuousConstruction[] = [
  vcg,
  groves,
  irVcg,
  balanced,
  agv,
  agvEqualShares,
  insured,
  generalisedVcg,
  deficitMinimising,
  postedPrice,
  m1,
  m1Asymmetric,
  m1TwoAgents,
  m2,
  m3,
  firstPriceEntitlement,
  secondPriceEntitlement,
];

/** Why the others are not, by name. */
export const notContinuous: Readonly<Record<string, string>> = {
  "threshold-contribution": "its thresholds are chosen among a grid's types",
  "posted-price-lottery": "a lottery over posted prices has the properties of its prices: see posted-price",
  "trading-game": "a game, whose equilibrium is followed on grids",
  "contribution-game": "a game, whose equilibrium is followed on grids",
  "uniform-price": "its payments are square roots",
};
