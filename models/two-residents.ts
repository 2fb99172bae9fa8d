import * as z from "zod";
import type { Surplus } from "../src/environment/continuous-environment.js";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { InputError } from "../src/fault/input-error.js";
import { Polynomial } from "../src/number/polynomial.js";
import { Rational } from "../src/number/rational.js";
import { integerSchema, rationalSchema } from "../src/number/rational-schema.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { betweenPolynomials, continuousAgent } from "./affine-model.js";
import { divisibleGood, roundDown } from "./divisible-good.js";
import { family } from "./family.js";
import { continuumOf } from "./grid.js";
import { quadraticUtility } from "./quadratic-utility.js";
import { agentGrids, nonNegativeGrids, numbered } from "./symmetric-agents.js";

/** Residents who build a public good of any size together, or smaller ones on their own. Outcomes: sizes, increasing. */
export const twoResidents = family(
  {
    name: "two-residents",
    summary: "Residents who choose the size of a public good.",
    about:
      "Residents choose the size x of a shared public good, worth theta (2x - x^2) to each at cost c x^2, or build their own, worth theta^2/(c + theta) at its best. Outcomes are the efficient sizes T/(c + T) at the grid's sums of types T, exact unless `decimals` is given.",
    source: "Ke 2009, Section 4.1, Example 3 (types uniform on [1/2, 1], c = 1)",
    example: { question: { ir: "ex-post" }, parameters: { agents: 2, grid: { points: 4, from: "1/2" } } },
    parameters: z.strictObject({
      ...agentGrids,
      c: rationalSchema.prefault(1).describe("The cost of size x is c x^2, c > 0."),
      autarky: z
        .enum(["own-good", "none"])
        .default("own-good")
        .describe("Staying out means building the best good alone, or having none (outside option 0)."),
      decimals: integerSchema(4, 100)
        .optional()
        .describe(
          "Rounds sizes down to so many decimals, which keeps fractions short on large grids; exact when absent.",
        ),
    }),
  },
  (parameters) => {
    const { c, autarky, decimals } = parameters;
    const grids = nonNegativeGrids(parameters, "a type weighs the good's value");
    if (c.sign <= 0) throw new InputError("c", `${c}`, "a positive coefficient of cost");
    const best = (total: Rational) => {
      const size = total.divide(c.add(total));
      return decimals === undefined ? size : roundDown(size, decimals);
    };
    const names = numbered("resident", grids.length);
    const cost = (size: Rational) => c.multiply(size).multiply(size);
    return {
      environment: divisibleGood({
        name: `${grids.length} residents, cost ${c} x^2`,
        description:
          autarky === "own-good" ? "Each could build a good alone." : "Nobody could build a good alone.",
        agents: names,
        grids,
        efficient: (types) => [[best(Rational.sum(types))]],
        label: ([size]) => `size ${decimalOrFraction(size)}`,
        value: (_, type, [size]) => type.multiply(quadraticUtility(size)),
        cost: ([size]) => cost(size),
        outsideOption:
          autarky === "own-good"
            ? (_, type) => type.multiply(quadraticUtility(best(type))).subtract(cost(best(type)))
            : undefined,
      }),
      continuum: continuumOf(grids, surplusOf(c.toNumber())),
      continuous: () => {
        const environment = {
          name: `${grids.length} residents, cost ${c} x^2`,
          description:
            autarky === "own-good" ? "Each could build a good alone." : "Nobody could build a good alone.",
          agents: grids.map((grid, i) => continuousAgent(names[i], grid)),
          surplus: exactSurplusOf(c),
        };
        return autarky === "own-good"
          ? betweenPolynomials(environment, (_, from, to) => ownGood(c, from, to))
          : environment;
      },
    };
  },
);

/**
 * What a good of one's own is worth, `t^2/(c + t) = t - c + c^2/(c + t)`, near a polynomial: a geometric series about the middle of the
 * interval, whose rest is at most its first term that is left out, over `1 - ratio`.
 */
function ownGood(c: Rational, from: Rational, to: Rational): { near: Polynomial; within: Rational } {
  const half = Rational.of(1, 2);
  const middle = c.add(from.add(to).multiply(half));
  const ratio = to.subtract(from).multiply(half).divide(middle);
  // c^2/middle (1 - y + y^2 - ...), y = (c + t)/middle - 1.
  const y = Polynomial.affine(c.divide(middle).subtract(Rational.ONE), Rational.ONE.divide(middle));
  const first = c.multiply(c).divide(middle);
  let near = Polynomial.affine(c.negate(), Rational.ONE);
  let term = Polynomial.constant(first);
  let rest = first.divide(Rational.ONE.subtract(ratio));
  for (let k = 0; k < MOST_TERMS && rest.compare(CLOSE) > 0; k++) {
    near = near.plus(term);
    term = term.times(y).scaled(Rational.of(-1));
    rest = rest.multiply(ratio);
  }
  return { near, within: rest };
}

/** So near the outside option is known, or with so many terms. */
const CLOSE = Rational.of(1, 10_000_000);
const MOST_TERMS = 24;

/** The same exactly: at each size the surplus is affine in the types. */
function exactSurplusOf(c: Rational): Surplus {
  const value = (types: readonly Rational[]) => {
    const total = Rational.sum(types);
    return total.multiply(total).divide(c.add(total));
  };
  return {
    formula: `T^2/(${c} + T) for the sum T of the types`,
    symmetric: true,
    above: value,
    tangent: (types) => {
      const total = Rational.sum(types);
      const slope = quadraticUtility(total.divide(c.add(total)));
      return { value: value(types), slopes: types.map(() => slope) };
    },
  };
}

/** `T^2/(c + T)` for the sum T of types, any number of residents: the size T/(c + T) is worth `1 - (c/(c + T))^2` a unit of type. */
function surplusOf(c: number): ContinuousSurplus {
  const sum = (types: readonly number[]) => types.reduce((total, type) => total + type, 0);
  return {
    total: (types) => sum(types) ** 2 / (c + sum(types)),
    marginal: (_, types) => 1 - (c / (c + sum(types))) ** 2,
  };
}
