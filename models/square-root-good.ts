import * as z from "zod";
import type { Surplus } from "../src/environment/continuous-environment.js";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { InputError } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { continuousAgent } from "./affine-model.js";
import { divisibleGood } from "./divisible-good.js";
import { checkEndowments, endowmentsSchema } from "./endowments.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import { exactRootOf, rationalPower, wholeRootBelow } from "./rational-power.js";
import { agentGrids, nonNegativeGrids, numbered } from "./symmetric-agents.js";

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
    const grids = nonNegativeGrids(parameters, "a type weighs the good's value");
    checkEndowments(endowments, grids.length);
    const roots = new Map<string, Rational>();
    const value = (type: Rational, share: Rational) => {
      const key = share.toString();
      const root = roots.get(key) ?? rationalPower(share, HALF);
      roots.set(key, root);
      return TWO.multiply(type).multiply(root);
    };
    const names = numbered("bidder", grids.length);
    const description = endowments ? `Endowments ${endowments.join(", ")}.` : "Nobody owns any of it.";
    return {
      environment: divisibleGood({
        name: `one divisible unit for ${grids.length}, square-root utility`,
        description,
        agents: names,
        grids,
        efficient: (types) => [squareShares(types)],
        label: (shares) => shares.map(decimalOrFraction).join(", "),
        value: (agent, type, shares) => value(type, shares[agent]),
        outsideOption: endowments && ((agent, type) => value(type, endowments[agent])),
      }),
      continuum: continuumOf(grids, squareRootSurplus),
      continuous: () => ({
        name: `one divisible unit for ${grids.length}, square-root utility`,
        description,
        agents: grids.map((grid, i) => {
          const kept = endowments ? TWO.multiply(exactRoot(endowments, i)) : Rational.ZERO;
          return continuousAgent(names[i], grid, (type) => type.multiply(kept));
        }),
        surplus: exactSquareRootSurplus,
      }),
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

/** The root of an endowment. Throws InputError where it is no fraction. */
function exactRoot(endowments: readonly Rational[], agent: number): Rational {
  const root = exactRootOf(endowments[agent], 2n);
  if (root) return root;
  throw new InputError(
    `endowments[${agent}]`,
    `${endowments[agent]}, whose square root is no fraction`,
    "for continuous types endowments such as 9/25 and 16/25, or none",
  );
}

/**
 * `2 |t|`, between fractions that differ by about 1e-19 of one. With `r_i = t_i/u` for any `u >= |t|` the shares `r_i^2` sum to at most 1,
 * and leave `sum_i 2 r_i t_i` to types t.
 */
const exactSquareRootSurplus: Surplus = {
  formula: "max of sum_i 2 t_i sqrt(x_i) over x_i >= 0 with sum_i x_i = 1",
  symmetric: true,
  above: (types) => TWO.multiply(lengthAbove(types)),
  tangent: (types) => {
    const length = lengthAbove(types);
    const slopes = length.isZero
      ? types.map(() => TWO.multiply(Rational.of(1, types.length)))
      : types.map((type) => TWO.multiply(type).divide(length));
    return { value: Rational.sum(types.map((type, i) => type.multiply(slopes[i]))), slopes };
  },
};

const SCALE = 1n << 64n;

/** At least `|t|`, and itself where that is a fraction. */
function lengthAbove(types: readonly Rational[]): Rational {
  const square = Rational.sum(types.map((type) => type.multiply(type)));
  const exact = exactRootOf(square, 2n);
  if (exact) return exact;
  const scaled = (square.numerator * SCALE * SCALE) / square.denominator + 1n;
  return Rational.of(wholeRootBelow(scaled, 2n) + 1n, SCALE);
}
