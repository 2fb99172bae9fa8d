import type { Mechanism } from "../mechanism/mechanism.js";
import type { Construction, Ground } from "./construction.js";
import { integral } from "./integral.js";
import { m1AtPoints } from "./m1-asymmetric.js";
import { type ContinuousGround, continuousGround, requireCommonInterval } from "./numeric-types.js";
import { requireEfficientPrivateGround } from "./payoff-mechanism.js";
import { notDefined } from "./preconditions.js";

/**
 * M1 for two agents with different distributions, in closed form (KE (7), Prop. 5): the same prices as the system of
 * differential equations (6). By formula only; its discrete counterpart is the exact version of `m1-asymmetric`.
 * Throws InputError naming the condition that fails.
 */
export function m1TwoAgents(ground: Ground): Mechanism {
  requireTwoAgents("M1 in closed form", ground);
  requireEfficientPrivateGround("M1 in closed form", ground);
  const continuous = continuousGround("M1", ground);
  return m1AtPoints(ground, continuous, closedFormPrices(continuous));
}

/** `M_i(theta) = S(lowest)/2 + int f_j / (F_i F_j^2) (int F_i F_j S')`, KE (7), at each of the grid's types. */
export function closedFormPrices(ground: ContinuousGround): number[][] {
  requireCommonInterval("M1", ground);
  const { agents, surplus, points } = ground;
  const { from } = agents[0];
  const product = (type: number) => agents[0].distribution(type) * agents[1].distribution(type);
  const rise = (upTo: number) =>
    integral((type) => product(type) * surplus.marginal(0, [type, from]), from, upTo);
  return points.map((own, i) => {
    const other = agents[1 - i];
    const slope = (type: number) =>
      (other.density(type) * rise(type)) / (product(type) * other.distribution(type));
    return own.map((type) => surplus.total([from, from]) / 2 + integral(slope, from, type));
  });
}

/** Throws InputError unless there are exactly two agents. */
export function requireTwoAgents(construction: string, { environment }: Ground): void {
  if (environment.agentCount === 2) return;
  throw notDefined(construction, "exactly two agents", `this instance has ${environment.agentCount}`);
}

export const m1TwoAgentsConstruction: Construction = {
  name: "m1-two-agents",
  summary: "M1 for two agents, by the closed form of its prices.",
  about: "M1 for two agents with different distributions, by the closed form of its prices.",
  source: "Ke 2009, (7) and Proposition 5",
  example: "private-good-production-4",
  versions: ["formula"],
  build: m1TwoAgents,
};
