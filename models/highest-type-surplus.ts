import type { ContinuousSurplus } from "../src/environment/continuum.js";

/**
 * The surplus of a good for whoever has the highest type, who makes `alone(theta)` of it (KE 3). In a tie each of the
 * highest has the derivative from above.
 */
export function highestTypeSurplus(
  alone: (type: number) => number,
  derivative: (type: number) => number,
): ContinuousSurplus {
  return {
    total: (types) => alone(Math.max(...types)),
    marginal: (agent, types) => (types[agent] >= Math.max(...types) ? derivative(types[agent]) : 0),
  };
}
