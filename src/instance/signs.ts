/** How values are written, for whoever writes them. */
export const SIGNS =
  "A value is what an outcome is worth to the agent, before any payment. What an outcome costs the agent is a negative value, " +
  "as a seller's cost of supplying; what it costs nobody in particular is a resource cost, a positive number under cost.";
