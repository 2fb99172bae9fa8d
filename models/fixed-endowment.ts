import * as z from "zod";
import type { Rational } from "../src/number/rational.js";
import { integerSchema } from "../src/number/rational-schema.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { continuousAgent } from "./affine-model.js";
import { divisibleGood, roundDown } from "./divisible-good.js";
import { checkEndowments, endowmentsSchema } from "./endowments.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import {
  exactQuadraticSurplus,
  quadraticShares,
  quadraticSurplus,
  quadraticUtility,
} from "./quadratic-utility.js";
import { agentGrids, nonNegativeGrids, numbered } from "./symmetric-agents.js";

/** One unit of a divisible good with concave utility. Outcomes: the shares of all agents, such as `1/3, 2/3`. */
export const fixedEndowment = family(
  {
    name: "fixed-endowment",
    summary: "Agents divide one unit, from any endowments.",
    about:
      "Agents divide one unit of a good, a share x being worth theta (2x - x^2), from any endowments. Outcomes are the efficient divisions at the grid's profiles (two agents: theta_i/(theta_1 + theta_2)), exact unless `decimals` is given.",
    source: "Ke 2009, Sections 4.2 and 5.2, Examples 4 (no outside option) and 5 (endowments)",
    example: { parameters: { agents: 2, grid: { points: 4 }, endowments: ["1/2", "1/2"] } },
    parameters: z.strictObject({
      ...agentGrids,
      endowments: endowmentsSchema,
      decimals: integerSchema(4, 100)
        .optional()
        .describe(
          "Rounds shares down to so many decimals, which keeps fractions short on large grids; exact when absent.",
        ),
    }),
  },
  (parameters) => {
    const { endowments, decimals } = parameters;
    const grids = nonNegativeGrids(parameters, "a type weighs the good's value");
    checkEndowments(endowments, grids.length);
    const names = numbered("agent", grids.length);
    const description = endowments ? `Endowments ${endowments.join(", ")}.` : "Nobody owns any of it.";
    const kept = endowments?.map(quadraticUtility) ?? [];
    const outside = (agent: number, type: Rational) => type.multiply(kept[agent]);
    return {
      environment: divisibleGood({
        name: `one divisible unit for ${grids.length}, quadratic utility`,
        description,
        agents: names,
        grids,
        efficient: (types) => {
          const shares = quadraticShares(types);
          return [decimals === undefined ? shares : shares.map((share) => roundDown(share, decimals))];
        },
        label: (shares) => shares.map(decimalOrFraction).join(", "),
        value: (agent, type, shares) => type.multiply(quadraticUtility(shares[agent])),
        outsideOption: endowments && outside,
      }),
      continuum: continuumOf(grids, quadraticSurplus),
      continuous: () => ({
        name: `one divisible unit for ${grids.length}, quadratic utility`,
        description,
        agents: grids.map((grid, i) =>
          continuousAgent(names[i], grid, endowments && ((type) => outside(i, type))),
        ),
        surplus: exactQuadraticSurplus,
      }),
    };
  },
);
