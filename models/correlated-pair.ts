import * as z from "zod";
import type { AgentSpecification } from "../src/environment/environment.js";
import { Environment } from "../src/environment/environment.js";
import { InputError, within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { buildGrid, type Grid, gridSchema } from "./grid.js";
import { privateValues } from "./private-values.js";
import { checkTableSize } from "./table-size.js";

/** Two agents whose types are correlated, in an auction or in trade. */
export const correlatedPair = family(
  {
    name: "correlated-pair",
    summary: "Two bidders, or traders, with correlated types.",
    about:
      "Two bidders, or a buyer and a seller, with private values and correlated types: their beliefs give their types away.",
    source: "Crémer and McLean 1985, Crémer and McLean 1988 (auction); McAfee and Reny 1992 (trade)",
    example: { parameters: { situation: "trade", grid: { points: 4 }, correlation: "1/4" } },
    parameters: z.strictObject({
      situation: z
        .enum(["auction", "trade"])
        .default("auction")
        .describe(
          "auction: outcomes kept, to bidder 1, to bidder 2; trade: outcomes no trade, trade, the seller's type being its cost.",
        ),
      grid: gridSchema.describe("The types of both agents, and their marginal probabilities."),
      correlation: rationalSchema
        .optional()
        .describe(
          "From 0 to 1: with this probability both have the same type, else types are independent. Marginals stay the grid's.",
        ),
      weights: z
        .array(z.array(rationalSchema))
        .optional()
        .describe(
          "Instead of correlation: a joint weight for each pair of types (a row for each type of the first), normalised exactly.",
        ),
    }),
  },
  (parameters) => {
    const grid = within("grid", () => buildGrid(parameters.grid));
    const { situation } = parameters;
    checkTableSize(grid.values.length, grid.values.length);
    return {
      environment: new Environment({
        name: `correlated ${situation}, ${grid.values.length} x ${grid.values.length} types`,
        agents: situation === "auction" ? bidders(grid) : traders(grid),
        outcomes: situation === "auction" ? ["kept", "to bidder 1", "to bidder 2"] : ["no trade", "trade"],
        prior: { kind: "joint", table: jointPrior(grid, parameters) },
      }),
    };
  },
);

function bidders({ values, labels }: Grid): AgentSpecification[] {
  return [1, 2].map((bidder) => ({
    name: `bidder ${bidder}`,
    types: labels,
    values: privateValues(values, 3, (type, outcome) => (outcome === bidder ? type : Rational.ZERO)),
  }));
}

function traders({ values, labels }: Grid): AgentSpecification[] {
  return ["buyer", "seller"].map((name) => ({
    name,
    types: labels,
    values: privateValues(values, 2, (type, trade) =>
      trade === 0 ? Rational.ZERO : name === "buyer" ? type : type.negate(),
    ),
  }));
}

interface Correlation {
  readonly correlation?: Rational;
  readonly weights?: readonly (readonly Rational[])[];
}

function jointPrior({ values, prior }: Grid, { correlation, weights }: Correlation): RationalVector {
  if (weights) {
    if (correlation) throw new InputError("weights", "weights beside correlation", "one or the other");
    return normalisedMatrix(weights, values.length);
  }
  if (!correlation) {
    throw new InputError("correlation", "nothing (the field is missing)", "a correlation, or weights");
  }
  if (correlation.sign < 0 || correlation.compare(Rational.ONE) > 0) {
    throw new InputError("correlation", `${correlation}`, "a number from 0 to 1");
  }
  const marginal = prior.toRationals();
  marginal.forEach((probability, k) => {
    if (probability.isZero) {
      throw new InputError("grid", `probability 0 of type ${values[k]}`, "types of positive probability");
    }
  });
  const apart = Rational.ONE.subtract(correlation);
  return RationalVector.from(
    marginal.flatMap((first, a) =>
      marginal.map((second, b) => {
        const independent = apart.multiply(first).multiply(second);
        return a === b ? independent.add(correlation.multiply(first)) : independent;
      }),
    ),
  );
}

function normalisedMatrix(weights: readonly (readonly Rational[])[], size: number): RationalVector {
  if (weights.length !== size) {
    throw new InputError("weights", `${weights.length} rows`, `${size}, one for each type`);
  }
  weights.forEach((row, a) => {
    if (row.length !== size) {
      throw new InputError(`weights[${a}]`, `${row.length} weights`, `${size}, one for each type`);
    }
    row.forEach((weight, b) => {
      if (weight.sign < 0) {
        throw new InputError(`weights[${a}][${b}]`, `the negative weight ${weight}`, "a number >= 0");
      }
    });
    if (Rational.sum(row).isZero) {
      throw new InputError(`weights[${a}]`, "weights that sum to 0", "a positive probability for every type");
    }
  });
  for (let b = 0; b < size; b++) {
    if (weights.every((row) => row[b].isZero)) {
      throw new InputError(
        "weights",
        `column ${b} without weight`,
        "a positive probability for every type of the second",
      );
    }
  }
  const total = Rational.sum(weights.flat());
  return RationalVector.from(weights.flat().map((weight) => weight.divide(total)));
}
