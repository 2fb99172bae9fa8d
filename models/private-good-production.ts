import * as z from "zod";
import type { Surplus } from "../src/environment/continuous-environment.js";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { Environment } from "../src/environment/environment.js";
import { briefLine } from "../src/fault/inert-text.js";
import { InputError } from "../src/fault/input-error.js";
import { Polynomial } from "../src/number/polynomial.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { continuousAgent } from "./affine-model.js";
import { LARGEST_DEGREE } from "./density.js";
import { divisibleGood } from "./divisible-good.js";
import { family } from "./family.js";
import { continuumOf, type Grid } from "./grid.js";
import { highestTypeSurplus } from "./highest-type-surplus.js";
import { privateValues } from "./private-values.js";
import { rationalPower } from "./rational-power.js";
import { agentGrids, nonNegativeGrids, numbered } from "./symmetric-agents.js";

/** Beyond it the powers of types below 1 round to nothing. */
const GREATEST_GAMMA = Rational.of(1000);

/**
 * The right to one unit of a private good in a quantity or quality x that is produced for its owner, worth theta x at a
 * cost of x^rho/rho, gamma = rho/(rho - 1). The best x = theta^(gamma - 1) leaves S(theta) = theta^gamma/gamma.
 */
export const privateGoodProduction = family(
  {
    name: "private-good-production",
    summary: "One of several agents gets a good made to measure.",
    about:
      "One of several agents gets a private good that is produced to measure; the best production leaves S(theta) = theta^gamma/gamma. Powers are exact where rational, else rounded to 12 decimals.",
    source: "Ke 2009, Section 3, Examples 1 and 2",
    example: { question: { ir: "ex-post" }, parameters: { agents: 2, grid: { points: 4 } } },
    parameters: z.strictObject({
      ...agentGrids,
      gamma: rationalSchema.prefault(2).describe("The exponent of the surplus, from 1 to 1000."),
      production: z
        .enum(["by-owner", "by-designer"])
        .default("by-owner")
        .describe(
          "by-owner: an outcome says who gets the good, produces its best quantity and bears the cost, so that getting it is worth " +
            "S(theta); by-designer: an outcome says who gets which quantity, and payments must cover its cost.",
        ),
    }),
  },
  (parameters) => {
    const { gamma, production } = parameters;
    const grids = nonNegativeGrids(parameters, "a type is the good's marginal value");
    if (gamma.compare(Rational.ONE) < 0 || gamma.compare(GREATEST_GAMMA) > 0)
      throw new InputError("gamma", briefLine(`${gamma}`, 100), `a number >= 1 and <= ${GREATEST_GAMMA}`);
    return {
      environment: production === "by-owner" ? byOwner(grids, gamma) : byDesigner(grids, gamma),
      continuum: continuumOf(grids, surplusOf(gamma.toNumber())),
      continuous: () => ({
        name: nameOf(grids, gamma),
        // Payments differ by the cost that whoever produces bears; what types expect, and outside money, do not.
        description: "Whoever gets the good gets its best quantity.",
        agents: numbered("agent", grids.length).map((name, i) => continuousAgent(name, grids[i])),
        surplus: exactSurplusOf(gamma),
      }),
    };
  },
);

function nameOf(grids: readonly Grid[], gamma: Rational): string {
  return `private good for one of ${grids.length}, S = theta^gamma/gamma with gamma ${gamma}`;
}

function surplusOf(gamma: number): ContinuousSurplus {
  return highestTypeSurplus(
    (type) => type ** gamma / gamma,
    (type) => type ** (gamma - 1),
  );
}

/** The same exactly: whichever quantity somebody gets is worth its type a unit. Throws InputError for powers that are no polynomials. */
function exactSurplusOf(gamma: Rational): Surplus {
  if (gamma.denominator !== 1n || gamma.numerator > LARGEST_DEGREE)
    throw new InputError("gamma", `${gamma}`, `for continuous types a whole number up to ${LARGEST_DEGREE}`);
  const above = (types: readonly Rational[]) => rationalPower(highest(types), gamma).divide(gamma);
  return {
    formula: `theta^${gamma}/${gamma} for the highest type theta`,
    symmetric: true,
    highestType: new Polynomial([
      ...new Array<Rational>(Number(gamma.numerator)).fill(Rational.ZERO),
      Rational.ONE.divide(gamma),
    ]),
    above,
    tangent: (types) => {
      const most = highest(types);
      const owner = types.findIndex((type) => type.equals(most));
      const quantity = rationalPower(most, gamma.subtract(Rational.ONE));
      return { value: above(types), slopes: types.map((_, i) => (i === owner ? quantity : Rational.ZERO)) };
    },
  };
}

function highest(types: readonly Rational[]): Rational {
  return types.reduce((a, b) => Rational.maximum(a, b));
}

function byOwner(grids: readonly Grid[], gamma: Rational): Environment {
  const names = numbered("agent", grids.length);
  return new Environment({
    name: nameOf(grids, gamma),
    description: "Whoever gets the good produces it and bears the cost.",
    agents: grids.map(({ values, labels }, i) => {
      const surplus = values.map((type) => rationalPower(type, gamma).divide(gamma));
      return {
        name: names[i],
        types: labels,
        values: privateValues(surplus, names.length, (worth, owner) => (owner === i ? worth : Rational.ZERO)),
      };
    }),
    outcomes: names.map((name) => `to ${name}`),
    prior: { kind: "independent", marginals: grids.map(({ prior }) => prior) },
  });
}

function byDesigner(grids: readonly Grid[], gamma: Rational): Environment {
  const names = numbered("agent", grids.length);
  // Cost by quantity: x = tau^(gamma - 1) costs x^rho/rho = tau^gamma (gamma - 1)/gamma.
  const share = gamma.subtract(Rational.ONE).divide(gamma);
  const best = new Map<string, { quantity: Rational; cost: Rational }>();
  const costs = new Map<string, Rational>();
  for (const type of grids.flatMap(({ values }) => values)) {
    const quantity = rationalPower(type, gamma.subtract(Rational.ONE));
    const cost = rationalPower(type, gamma).multiply(share);
    best.set(type.toString(), { quantity, cost });
    costs.set(quantity.toString(), cost);
  }
  const quantityOf = (quantities: readonly Rational[]) =>
    quantities.find((quantity) => !quantity.isZero) ?? Rational.ZERO;
  return divisibleGood({
    name: nameOf(grids, gamma),
    description: "The designer produces the good in the quantity that it allocates, and bears the cost.",
    agents: names,
    grids,
    efficient: (types) => {
      const most = highest(types);
      const quantity = best.get(most.toString())?.quantity ?? Rational.ZERO;
      return types.flatMap((type, owner) =>
        type.equals(most) ? [types.map((_, i) => (i === owner ? quantity : Rational.ZERO))] : [],
      );
    },
    label: (quantities) => {
      const owner = quantities.findIndex((quantity) => !quantity.isZero);
      return owner < 0 ? "nothing" : `${decimalOrFraction(quantities[owner])} to ${names[owner]}`;
    },
    value: (agent, type, quantities) => type.multiply(quantities[agent]),
    cost: (quantities) => costs.get(quantityOf(quantities).toString()) ?? Rational.ZERO,
  });
}
