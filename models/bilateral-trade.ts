import * as z from "zod";
import { Environment } from "../src/environment/environment.js";
import { within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { buildGrid, continuumOf, gridSchema } from "./grid.js";

/** Myerson and Satterthwaite's buyer and seller of one good. Outcomes: `no trade`, `trade`. */
export const bilateralTrade = family(
  {
    name: "bilateral-trade",
    summary: "A buyer and a seller of one good, private values.",
    about:
      "A buyer and a seller of one good, with independent private values. With continuous types on overlapping intervals, efficient trade always needs outside money; on a grid it need not.",
    source: "Myerson and Satterthwaite 1983",
    example: { parameters: { buyer: { points: 10 }, seller: { points: 10 } } },
    parameters: z.strictObject({
      buyer: gridSchema.describe(
        "The buyer's types, as {points, placement, distribution, from, to} or {values, weights}.",
      ),
      seller: gridSchema.describe("The seller's types, in the same way."),
      convention: z
        .enum(["cost", "value"])
        .default("cost")
        .describe(
          "The seller's type is its cost of supplying (outside option 0), or its value of keeping the good (outside option: that value).",
        ),
    }),
  },
  ({ buyer, seller, convention }) => {
    const buyers = within("buyer", () => buildGrid(buyer));
    const sellers = within("seller", () => buildGrid(seller));
    const byValue = convention === "value";
    return {
      environment: new Environment({
        name: `bilateral trade, ${buyers.values.length} x ${sellers.values.length} types`,
        description: `The seller's type is its ${convention}.`,
        agents: [
          {
            name: "buyer",
            types: buyers.labels,
            values: {
              shape: "type-outcome",
              entries: RationalVector.from(buyers.values.flatMap((value) => [Rational.ZERO, value])),
            },
          },
          {
            name: "seller",
            types: sellers.labels,
            values: {
              shape: "type-outcome",
              entries: RationalVector.from(
                sellers.values.flatMap((value) =>
                  byValue ? [value, Rational.ZERO] : [Rational.ZERO, value.negate()],
                ),
              ),
            },
            outsideOption: byValue
              ? { shape: "type", entries: RationalVector.from(sellers.values) }
              : undefined,
          },
        ],
        outcomes: ["no trade", "trade"],
        prior: { kind: "independent", marginals: [buyers.prior, sellers.prior] },
      }),
      continuum: continuumOf([buyers, sellers]),
    };
  },
);
