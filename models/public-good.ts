import * as z from "zod";
import { Environment } from "../src/environment/environment.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import { privateValues } from "./private-values.js";
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
    return {
      environment: new Environment({
        name: `public good of cost ${parameters.cost} for ${grids.length}`,
        agents: grids.map((grid, i) => ({
          name: names[i],
          types: grid.labels,
          values: privateValues(grid.values, 2, (type, provided) => (provided ? type : Rational.ZERO)),
        })),
        outcomes: ["not provided", "provided"],
        cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, parameters.cost]) },
        prior: { kind: "independent", marginals: grids.map((grid) => grid.prior) },
      }),
      continuum: continuumOf(grids),
    };
  },
);
