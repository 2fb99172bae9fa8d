/** Types with all that can be said of them. */
const types = (points: number, from: number | string = 0, to: number | string = 1) => ({
  points,
  placement: "midpoint",
  distribution: "uniform",
  from,
  to,
});

/**
 * Parameters to start from, by family: small, with an answer worth a look, and with every parameter that has a default or does not
 * exclude another.
 */
export const startingParameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "bilateral-trade": { buyer: types(10), seller: types(10), convention: "cost" },
  "interdependent-trade": { buyer: types(4), seller: types(4), a: "1/2", convention: "cost" },
  partnership: { agents: 2, grid: types(4), shares: ["1/2", "1/2"] },
  "public-good": { agents: 2, grid: types(4), cost: 1 },
  "interdependent-public-good": {
    agents: 2,
    grid: types(4),
    cost: "3/2",
    valuation: { own: 1, other: "1/2", constant: 0 },
  },
  "public-projects": {
    agents: 2,
    grid: { values: [1, 5, 9], weights: [1, 1, 1] },
    projects: [
      { name: "neither", constant: 0, slope: 0, cost: 0 },
      { name: "swimming pool", constant: 5, slope: 1, cost: 14 },
      { name: "bridge", constant: 0, slope: 2, cost: 14 },
    ],
    outsideOptions: [0, 0],
  },
  "single-good-auction": { agents: 2, grid: types(4), sellerValue: 0 },
  "private-good-production": { agents: 2, grid: types(4), gamma: 2, production: "by-owner" },
  "two-residents": { agents: 2, grid: types(4, "1/2"), c: 1, autarky: "own-good" },
  "fixed-endowment": { agents: 2, grid: types(4), endowments: ["1/2", "1/2"] },
  "square-root-good": { agents: 2, grid: types(3), endowments: ["1/2", "1/2"] },
  "correlated-pair": { situation: "auction", grid: types(4), correlation: "1/4" },
  "conditionally-independent": { grid: types(3), imitation: "1/2", cost: "3/2" },
};
