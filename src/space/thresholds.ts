import type { Choices } from "./choices.js";
import type { Space } from "./space.js";

/**
 * By agent and profile of the others: how many of the agent's types get the first outcome, where the others are as in the
 * profile, which the answer format calls a cut. Counted one by one, for a rule without lotteries; a space of single profiles.
 */
export function thresholds(space: Space, choices: Choices): Int32Array[] {
  const { profiles, agentCount } = space.environment;
  const last = agentCount - 1;
  const counts = profiles.sizes.map((_, agent) => new Int32Array(profiles.othersCount(agent)));
  space.rows((row) => {
    choices.fill(row);
    const { first, from, to } = row;
    for (let b = from; b < to; b++) if (choices.sure[b] === 0) counts[last][profiles.othersOf(last, first)]++;
    for (let i = 0; i < last; i++) {
      // The last agent is fastest among the others of any other agent as well.
      const start = profiles.othersOf(i, first);
      for (let b = from; b < to; b++) if (choices.sure[b] === 0) counts[i][start + b]++;
    }
  });
  return counts;
}
