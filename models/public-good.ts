import * as z from "zod";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { affineModel } from "./affine-model.js";
import { family } from "./family.js";
import { agentGrids, gridsOfAgents, numbered } from "./symmetric-agents.js";

/** Neighbours who need a bridge. Outcomes: `not provided`, `provided`. */
export const publicGood = family(
  {
    name: "public-good",
    summary: "Neighbours who need a bridge, private values.",
    about: "Neighbours who each value a public good at their own type; providing it costs a fixed amount.",
    source: "Chung and Ely 2006, Section 5, with private values",
    example: { parameters: { agents: 3, grid: { points: 5 }, cost: "3/2" } },
    parameters: z.strictObject({
      ...agentGrids,
      cost: rationalSchema.describe("Resource cost of providing the good."),
    }),
  },
  (parameters) => {
    const grids = gridsOfAgents(parameters);
    const names = numbered("neighbour", grids.length);
    return affineModel({
      name: `public good of cost ${parameters.cost} for ${grids.length}`,
      agents: grids.map((grid, i) => ({
        name: names[i],
        grid,
        value: (type, provided) => (provided ? type : Rational.ZERO),
      })),
      outcomes: ["not provided", "provided"],
      costs: [Rational.ZERO, parameters.cost],
    });
  },
);
