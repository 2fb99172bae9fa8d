import * as z from "zod";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { Rational } from "../src/number/rational.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { divisibleGood } from "./divisible-good.js";
import { checkEndowments, endowmentsSchema } from "./endowments.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import { rationalPower } from "./rational-power.js";
import { agentGrids, checkNonNegative, gridsOfAgents, numbered } from "./symmetric-agents.js";

const HALF = Rational.of(1, 2);
const TWO = Rational.of(2);

/** One unit of a divisible good, a share x being worth 2 theta sqrt(x). Outcomes: the shares of all agents. */
export const squareRootGood = family(
  {
    name: "square-root-good",
    summary: "Bidders for a divisible unit, square-root values.",
    about:
      "Bidders for one unit of a divisible good, a share x being worth 2 theta sqrt(x). Outcomes are the efficient divisions theta_i^2 / sum_j theta_j^2, exact; square roots are exact where rational, else rounded to 12 decimals.",
    source: "Ke 2009, Sections 5.1 (uniform-price auction) and 5.2",
    example: {
      question: { objective: "max-surplus", budget: "none" },
      parameters: { agents: 2, grid: { points: 3 } },
    },
    parameters: z.strictObject({ ...agentGrids, endowments: endowmentsSchema }),
  },
  (parameters) => {
    const { endowments } = parameters;
    const grids = gridsOfAgents(parameters);
    checkNonNegative(grids, parameters, "a type weighs the good's value");
    checkEndowments(endowments, grids.length);
    const roots = new Map<string, Rational>();
    const value = (type: Rational, share: Rational) => {
      const key = share.toString();
      const root = roots.get(key) ?? rationalPower(share, HALF);
      roots.set(key, root);
      return TWO.multiply(type).multiply(root);
    };
    return {
      environment: divisibleGood({
        name: `one divisible unit for ${grids.length}, square-root utility`,
        description: endowments ? `Endowments ${endowments.join(", ")}.` : "Nobody owns any of it.",
        agents: numbered("bidder", grids.length),
        grids,
        efficient: (types) => [squareShares(types)],
        label: (shares) => shares.map(decimalOrFraction).join(", "),
        value: (agent, type, shares) => value(type, shares[agent]),
        outsideOption: endowments && ((agent, type) => value(type, endowments[agent])),
      }),
      continuum: continuumOf(grids, squareRootSurplus),
    };
  },
);

/** Shares in proportion to the squares of the types, which maximise `sum_i 2 theta_i sqrt(x_i)`; equal if all are 0. */
function squareShares(types: readonly Rational[]): Rational[] {
  const squares = types.map((type) => type.multiply(type));
  const total = Rational.sum(squares);
  return squares.map((square) => (total.isZero ? Rational.of(1, types.length) : square.divide(total)));
}

/** `2 |theta|`, whose derivative `2 theta_i / |theta|` is twice the root of the share. */
const squareRootSurplus: ContinuousSurplus = {
  total: (types) => 2 * Math.hypot(...types),
  marginal: (agent, types) => {
    const length = Math.hypot(...types);
    return length === 0 ? 2 / Math.sqrt(types.length) : (2 * types[agent]) / length;
  },
};
