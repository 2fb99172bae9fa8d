import * as z from "zod";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { affineModel } from "./affine-model.js";
import { family } from "./family.js";
import { agentGrids, gridsOfAgents, numbered } from "./symmetric-agents.js";

/** Bidders for one good. Outcomes: `kept` by the seller, then `to bidder i`. */
export const singleGoodAuction = family(
  {
    name: "single-good-auction",
    summary: "Bidders for one good, which the seller may keep.",
    about: "Bidders with private values for one good, which the seller may keep: which auction raises most?",
    source: "Myerson 1981",
    example: {
      question: { objective: "max-surplus", allocation: "free", budget: "none" },
      parameters: { agents: 2, grid: { points: 10 } },
    },
    parameters: z.strictObject({
      ...agentGrids,
      sellerValue: rationalSchema
        .prefault(0)
        .describe("What the good is worth to the seller: the resource cost of giving it away."),
    }),
  },
  (parameters) => {
    const grids = gridsOfAgents(parameters);
    const names = numbered("bidder", grids.length);
    const { sellerValue } = parameters;
    return affineModel({
      name: `auction of one good to ${grids.length}`,
      agents: grids.map((grid, i) => ({
        name: names[i],
        grid,
        value: (type, outcome) => (outcome === i + 1 ? type : Rational.ZERO),
      })),
      outcomes: ["kept", ...names.map((name) => `to ${name}`)],
      costs: [Rational.ZERO, ...names.map(() => sellerValue)],
    });
  },
);
