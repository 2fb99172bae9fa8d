import type { Environment } from "../environment/environment.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Choice, Construction, Ground } from "./construction.js";
import { highestTypeView, winnerPaysPayoffs } from "./highest-type.js";
import { requireIdenticalTypes, requirePositiveProbabilities } from "./identical-types.js";
import { integral } from "./integral.js";
import { type ContinuousGround, continuousGround, requireCommonInterval } from "./numeric-types.js";
import { mechanismOfPayoffs, requireEfficientPrivateGround } from "./payoff-mechanism.js";
import { interimIncrement, type WinningChance, winningChances } from "./winning-chances.js";

/**
 * M1 for identically distributed types (KE (4), Thm 2): the highest type gets the good, pays for producing it and pays
 * a price, which depends on its own type alone and which the losers share equally. As printed the price is shared by
 * those who tie, and then does not balance; here each of them has the average of winning and losing.
 *
 * `exact` is Bayesian IC, ex post IR and ex post balanced on any grid, and every lowest type's interim payoff is
 * `E Delta / n` (KE Lemma 3). Ex post payoff monotonicity (KE Prop. 2) also needs the type distribution to be smooth
 * enough: where much probability sits on a type that is hardly better than the one below it, the price rises by more
 * than the surplus and the winner's payoff falls. The interim payments of
 * `formula` differ from those of `exact` by O(mesh^2) on midpoint grids and by O(mesh) on endpoint grids.
 *
 * Throws InputError naming the condition that fails.
 */
export function m1Symmetric(ground: Ground, { version = "exact" }: Choice = {}): Mechanism {
  requireEfficientPrivateGround("M1", ground);
  requireIdenticalTypes("M1", ground.environment);
  const view = highestTypeView("M1", ground, (_, type) => type);
  const prices =
    version === "formula"
      ? formulaPrices(continuousGround("M1", ground)).map(Rational.fromDouble)
      : exactPrices(ground, (type) => view.surplus(diagonal(ground.environment, type)));
  return mechanismOfPayoffs(
    ground,
    winnerPaysPayoffs(ground, view, (_, type) => prices[type]),
  );
}

/** The profile in which everybody has the same type. */
function diagonal({ profiles, agentCount }: Environment, type: number): number {
  return profiles.profileOf(new Array<number>(agentCount).fill(type));
}

/** `(n-1)/n E[S(highest of n) | highest <= theta]`, KE (4), at each of the grid's types. */
export function formulaPrices(ground: ContinuousGround): number[] {
  requireCommonInterval("M1", ground);
  const { agents, surplus, points } = ground;
  const n = agents.length;
  const { from, distribution, density } = agents[0];
  const alone = (type: number) => surplus.total(agents.map((_, agent) => (agent === 0 ? type : from)));
  return points[0].map((type) => {
    const reached = distribution(type) ** n;
    if (!(reached > 0)) return ((n - 1) / n) * alone(from);
    const below = integral((t) => alone(t) * distribution(t) ** (n - 1) * density(t), from, type);
    return ((n - 1) * below) / reached;
  });
}

/**
 * Prices whose interim payments differ from those of VCG by a constant. With `F` the distribution below and up to a type
 * and `Q(a) = (F(a)^n - F(a-1)^n) / (n p(a))` its chance of winning, they follow from one type to the next:
 *
 *   `M(a) (n Q(a) - F(a-1)^(n-1)) = M(a-1) (n Q(a-1) - F(a-1)^(n-1)) + (n-1) (T(a) - T(a-1))`,
 *   `T(a) - T(a-1) = S(a-1) (F(a-1)^(n-1) - Q(a-1)) + S(a) (Q(a) - F(a-1)^(n-1))`,
 *
 * from `M(0) = (n-1)/n S(0)`, at which the lowest type wins as gladly as it loses. Each price is an average of the one
 * before and of `(n-1)/n` times surpluses of types up to its own: hence ex post IR.
 */
export function exactPrices({ environment }: Ground, surplus: (type: number) => Rational): Rational[] {
  requirePositiveProbabilities("M1", environment);
  const n = environment.agentCount;
  const chances = winningChances(environment.prior.marginals[0].toRationals(), n);
  const weight = (chance: WinningChance, allLower: Rational) =>
    chance.winning.multiply(Rational.of(n)).subtract(allLower);
  const prices: Rational[] = [];
  chances.forEach((chance, type) => {
    if (type === 0) {
      prices.push(surplus(0).multiply(Rational.of(n - 1, n)));
      return;
    }
    const before = chances[type - 1];
    const increment = interimIncrement(before, chance, [surplus(type - 1), surplus(type)]);
    const carried = prices[type - 1].multiply(weight(before, chance.allLower));
    const total = carried.add(increment.multiply(Rational.of(n - 1)));
    prices.push(total.divide(weight(chance, chance.allLower)));
  });
  return prices;
}

export const m1Construction: Construction = {
  name: "m1",
  summary: "The highest type buys out the others.",
  about: "The highest type buys the good from the others at a price that depends on its type alone.",
  source: "Ke 2009, (4) and Theorem 2",
  example: "private-good-production-4",
  versions: ["exact", "formula"],
  build: m1Symmetric,
};
