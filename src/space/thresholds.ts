import type { Choices } from "./choices.js";
import type { Space } from "./space.js";

/**
 * By agent and profile of the others: how many of the agent's types get the first outcome, where the others are as in the
 * profile, which the answer format calls a cut. Counted one by one, for a rule without lotteries; a space of single profiles.
 */
export function thresholds(space: Space, choices: Choices): Int32Array[] {
  const { profiles, agentCount } = space.environment;
  const last = agentCount - 1;
  const counts = profiles.sizes.map((_, agent) => new Int32Array(profiles.othersCount(agent) + 1));
  space.rows((row) => {
    choices.fill(row);
    let start = row.from;
    for (const end of choices.ends) {
      if (choices.sure[start] === 0) {
        counts[last][profiles.othersOf(last, row.first)] += end - start;
        for (let i = 0; i < last; i++) {
          // The last agent is fastest among the others of any other agent as well: one more here, and no more from there on.
          const others = profiles.othersOf(i, row.first);
          counts[i][others + start]++;
          counts[i][others + end]--;
        }
      }
      start = end;
    }
  });
  for (const own of counts.slice(0, last)) for (let k = 1; k < own.length; k++) own[k] += own[k - 1];
  return counts;
}
