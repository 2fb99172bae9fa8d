/** Most agents: with two types each there are more profiles than numbers long before. */
export const MOST_AGENTS = 100;
/** Most types of an agent, and most outcomes. */
export const MOST_LABELS = 100_000;
