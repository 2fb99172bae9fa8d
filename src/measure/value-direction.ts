import type { Environment } from "../environment/environment.js";

/**
 * Which way an agent's values go with its listed types, whatever the outcome and the others: 1 where they rise (or
 * stay), -1 where they fall, as for a seller whose type is its cost, undefined where they do both.
 */
export function valueDirection(environment: Environment, agent: number): 1 | -1 | undefined {
  const { profiles, values, outcomes } = environment;
  let rises = false;
  let falls = false;
  const others = values[agent].dependsOnProfile ? profiles.othersCount(agent) : 1;
  for (let k = 0; k < others; k++) {
    const first = profiles.withOthers(agent, k);
    for (let type = 1; type < profiles.sizes[agent]; type++) {
      const [lower, higher] = [type - 1, type].map((t) => first + t * profiles.strides[agent]);
      for (let x = 0; x < outcomes.length; x++) {
        const before = values[agent].numerator(type - 1, lower, x);
        const after = values[agent].numerator(type, higher, x);
        if (after > before) rises = true;
        if (after < before) falls = true;
      }
    }
  }
  if (rises && falls) return undefined;
  return falls ? -1 : 1;
}
