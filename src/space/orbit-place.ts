import type { Environment } from "../environment/environment.js";

/**
 * The place of a profile with increasing types among all such profiles, in their order: how many multisets of types come before
 * it. Agents must have equally many types.
 */
export function orbitPlace({ profiles }: Environment): (profile: number) => number {
  const [types] = profiles.sizes;
  const agents = profiles.agentCount;
  // `count[k][m]`: multisets of k out of m types.
  const count = Array.from({ length: agents + 1 }, () => new Float64Array(types + 1).fill(1));
  for (let k = 1; k <= agents; k++) {
    count[k][0] = 0;
    for (let m = 1; m <= types; m++) count[k][m] = count[k][m - 1] + count[k - 1][m];
  }
  return (profile) => {
    let place = 0;
    let least = 0;
    for (let i = 0; i < agents; i++) {
      const type = profiles.typeOf(profile, i);
      // Those that have a smaller type here: all of this many behind it that are no smaller.
      for (let smaller = least; smaller < type; smaller++) place += count[agents - 1 - i][types - smaller];
      least = type;
    }
    return place;
  };
}
