import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Choice, Construction, Ground } from "./construction.js";
import { solutionAt } from "./differential-equation.js";
import { highestTypeView, winnerPaysPayoffs } from "./highest-type.js";
import { requireEquallyManyTypes, requirePositiveProbabilities } from "./identical-types.js";
import { solveLinearSystem } from "./linear-system.js";
import { type ContinuousGround, continuousGround, requireCommonInterval } from "./numeric-types.js";
import { mechanismOfPayoffs, requireEfficientPrivateGround } from "./payoff-mechanism.js";
import { priceConditions } from "./price-conditions.js";

/**
 * M1 for types with different distributions on the same interval, any number of agents (KE (5), (6), Prop. 4): as M1,
 * but the price depends on who wins as well. The printed start `M(lowest) = S(lowest)/n` holds for two agents only: the
 * lowest type wins as gladly as it loses where `S - M = M/(n-1)`, that is at `(n-1)/n S`.
 *
 * `exact` (agents with the same list of types) is Bayesian IC and ex post balanced on any grid, and the interim payoffs
 * of the lowest types sum to `E Delta`. `formula` solves the system of differential equations; where
 * the agents' points differ it is IC up to O(mesh).
 *
 * Throws InputError naming the condition that fails.
 */
export function m1Asymmetric(ground: Ground, { version = "exact" }: Choice = {}): Mechanism {
  requireEfficientPrivateGround("M1", ground);
  if (version === "formula") {
    const continuous = continuousGround("M1", ground);
    return m1AtPoints(ground, continuous, systemPrices(continuous));
  }
  requireEquallyManyTypes("M1", ground.environment);
  const view = highestTypeView("M1", ground, (_, type) => type);
  const prices = exactPrices(ground, (type) => view.surplus(type * ground.environment.profiles.strides[0]));
  return mechanismOfPayoffs(
    ground,
    winnerPaysPayoffs(ground, view, (agent, type) => prices[type][agent]),
  );
}

/** M1 where prices were computed for the grid's points: `prices[agent][type]`. */
export function m1AtPoints(
  ground: Ground,
  { points }: ContinuousGround,
  prices: readonly (readonly number[])[],
): Mechanism {
  const view = highestTypeView("M1", ground, (agent, type) => points[agent][type]);
  const exact = prices.map((row) => row.map(Rational.fromDouble));
  return mechanismOfPayoffs(
    ground,
    winnerPaysPayoffs(ground, view, (agent, type) => exact[agent][type]),
  );
}

/** Where the solution is started, as a share of the interval: nearer to its lower end than any grid's first point. */
const START = 1e-10;

/**
 * `M_i` at each of the grid's types, by KE (6). Near the lowest type `f/F` grows without bound, so the system is solved
 * in the logarithm of the distance from it, in which its coefficients are bounded.
 */
export function systemPrices(ground: ContinuousGround): number[][] {
  requireCommonInterval("M1", ground);
  const { agents, surplus, points } = ground;
  const n = agents.length;
  const { from, to } = agents[0];
  const alone = (type: number) => surplus.total(agents.map((_, agent) => (agent === 0 ? type : from)));
  const typeAt = (x: number) => from + (to - from) * Math.exp(x);
  const derivative = (x: number, prices: readonly number[]) => {
    const type = typeAt(x);
    const rates = agents.map((own) => ((type - from) * own.density(type)) / own.distribution(type));
    return prices.map((price, i) =>
      rates.reduce(
        (sum, rate, k) => (k === i ? sum : sum + rate * (alone(type) - price - prices[k] / (n - 1))),
        0,
      ),
    );
  };
  const all = [...new Set(points.flat())].sort((a, b) => a - b);
  const place = (type: number) => Math.max(Math.log((type - from) / (to - from)), Math.log(START));
  const start = agents.map(() => ((n - 1) / n) * alone(typeAt(Math.log(START))));
  const solution = solutionAt(derivative, Math.log(START), start, all.map(place));
  const known = new Map(all.map((type, k) => [type, solution[k]]));
  return points.map((own, agent) => own.map((type) => known.get(type)![agent]));
}

/** The discrete counterpart of (6): prices, by type and agent, whose interim payments are those of VCG up to a constant. */
export function exactPrices({ environment }: Ground, surplus: (type: number) => Rational): Rational[][] {
  requirePositiveProbabilities("M1", environment);
  const n = environment.agentCount;
  const marginals = environment.prior.marginals.map((marginal) => marginal.toRationals());
  const prices: Rational[][] = [];
  for (let type = 0; type < marginals[0].length; type++) {
    if (type === 0) {
      prices.push(marginals.map(() => surplus(0).multiply(Rational.of(n - 1, n))));
      continue;
    }
    const { matrix, right } = priceConditions(marginals, type, surplus, prices[type - 1]);
    prices.push(solveLinearSystem(matrix, right));
  }
  return prices;
}

export const m1AsymmetricConstruction: Construction = {
  name: "m1-asymmetric",
  summary: "M1 for types of different distributions.",
  about: "M1 for types with different distributions: the winner's price depends on who wins as well.",
  source: "Ke 2009, (5), (6) and Proposition 4",
  example: "private-good-production-4",
  versions: ["exact", "formula"],
  build: m1Asymmetric,
};
