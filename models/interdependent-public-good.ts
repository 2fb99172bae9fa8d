import * as z from "zod";
import { Environment } from "../src/environment/environment.js";
import { InputError, within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import { agentGrids, gridsOfAgents, numbered } from "./symmetric-agents.js";
import { type Valuation, valuationSchema, valuesAtProfiles } from "./valuation.js";

/** A public good whose worth to each depends on everybody's signals. Outcomes: `not provided`, `provided`. */
export const interdependentPublicGood = family(
  {
    name: "interdependent-public-good",
    summary: "Neighbours whose values depend on all signals.",
    about:
      "Neighbours whose values of a public good depend on everybody's signals: v_i = own s_i + other (sum of the others' signals). Differences increase if own > other, decrease if own < other, and values are common if own = other.",
    source: "Chung and Ely 2006, Section 5",
    example: {
      question: { ic: "ex-post", ir: "ex-post" },
      parameters: { agents: 2, grid: { points: 4 }, cost: "1", valuation: { own: 1, other: "1/2" } },
    },
    parameters: z.strictObject({
      ...agentGrids,
      cost: rationalSchema.describe("Resource cost of providing the good."),
      valuation: valuationSchema
        .optional()
        .describe("Everybody's valuation: {own, other, constant}, {terms} or {table}."),
      valuations: z
        .array(valuationSchema)
        .optional()
        .describe("Instead of valuation: one for each neighbour."),
    }),
  },
  (parameters) => {
    const grids = gridsOfAgents(parameters, 2);
    const valuations = valuationsOf(parameters, grids.length);
    const names = numbered("neighbour", grids.length);
    return {
      environment: new Environment({
        name: `public good of cost ${parameters.cost} for ${grids.length}, interdependent values`,
        agents: grids.map((grid, i) => ({
          name: names[i],
          types: grid.labels,
          values: {
            shape: "profile-outcome",
            entries: RationalVector.from(
              within(valuations[i].path, () => valuesAtProfiles(valuations[i].valuation, i, grids)).flatMap(
                (value) => [Rational.ZERO, value],
              ),
            ),
          },
        })),
        outcomes: ["not provided", "provided"],
        cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, parameters.cost]) },
        prior: { kind: "independent", marginals: grids.map(({ prior }) => prior) },
      }),
      continuum: continuumOf(grids),
    };
  },
);

function valuationsOf(
  { valuation, valuations }: { valuation?: Valuation; valuations?: readonly Valuation[] },
  agents: number,
): { valuation: Valuation; path: string }[] {
  if (valuation && valuations) {
    throw new InputError("valuations", "valuations beside valuation", "one or the other");
  }
  if (valuation) return Array.from({ length: agents }, () => ({ valuation, path: "valuation" }));
  if (!valuations) {
    throw new InputError("valuation", "nothing (the field is missing)", "a valuation, or valuations");
  }
  if (valuations.length !== agents) {
    throw new InputError(
      "valuations",
      `${valuations.length} valuations`,
      `${agents}, one for each neighbour`,
    );
  }
  return valuations.map((own, i) => ({ valuation: own, path: `valuations[${i}]` }));
}
