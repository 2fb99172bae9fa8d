import type { SweepData } from "../../src/sweep/specification.js";

/** Buyers and sellers of a few types with random priors. */
export const randomPriors: SweepData = {
  name: "random priors",
  instance: {
    model: "bilateral-trade",
    parameters: {
      buyer: { points: "=types", distribution: { weights: "=buyer" } },
      seller: { points: "=types", distribution: { weights: "=seller" } },
    },
  },
  vary: { types: [2, 4], kind: { cases: { any: 1, even: 5 } } },
  draw: {
    buyer: { of: "simplex", shape: ["=types"], parts: 1000, concentration: "=kind" },
    seller: { of: "simplex", shape: ["=types"], parts: 1000 },
  },
  draws: 3,
  seed: 7,
  questions: [{ name: "interim" }, { name: "ex post", question: { ir: "ex-post" } }],
};

/** The least subsidy of unequal partners. */
export const partners: SweepData = {
  instance: {
    model: "partnership",
    parameters: {
      agents: "=partners",
      grid: { points: 3 },
      shares: ["=share", { repeat: "=(1-share)/(partners-1)", times: "=partners-1" }],
    },
  },
  vary: { partners: [2, 3], share: { from: 0, to: 1, points: 5 } },
};
