import * as z from "zod";
import { Environment } from "../src/environment/environment.js";
import { within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { buildGrid, continuumOf, gridSchema } from "./grid.js";
import { type Valuation, valuationSchema, valuesAtProfiles } from "./valuation.js";

/** Trade in which each side's signal matters to both. Outcomes: `no trade`, `trade`. */
export const interdependentTrade = family(
  {
    name: "interdependent-trade",
    summary: "A buyer and a seller, values of both signals.",
    about:
      "A buyer and a seller of one good whose values depend on both signals: v_i = s_i + a s_-i, or any rising valuations.",
    source: "Chung and Ely 2006, Section 4 (linear values: 4.4)",
    example: {
      question: { ic: "ex-post", ir: "ex-post" },
      parameters: { buyer: { points: 4 }, seller: { points: 4 }, a: "1/4" },
    },
    parameters: z.strictObject({
      buyer: gridSchema.describe(
        "The buyer's types, as {points, placement, distribution, from, to} or {values, weights}.",
      ),
      seller: gridSchema.describe("The seller's types, in the same way."),
      a: rationalSchema
        .prefault(0)
        .describe("The weight of the other's signal where no valuation is given: v_i = s_i + a s_-i."),
      buyerValuation: valuationSchema
        .optional()
        .describe(
          "The buyer's value in place of the linear one: {own, other, constant}, {terms} or {table} (rows: buyer's types).",
        ),
      sellerValuation: valuationSchema
        .optional()
        .describe(
          "The seller's value in place of the linear one: {own, other, constant}, {terms} or {table} (rows: seller's types).",
        ),
      convention: z
        .enum(["cost", "value"])
        .default("cost")
        .describe(
          "The seller's valuation is its cost of supplying (outside option 0), or its value of keeping the good (outside option: that value).",
        ),
    }),
  },
  ({ buyer, seller, a, buyerValuation, sellerValuation, convention }) => {
    const grids = [
      within("buyer", () => buildGrid(buyer)),
      within("seller", () => buildGrid(seller)),
    ] as const;
    const linear: Valuation = { own: Rational.ONE, other: a, constant: Rational.ZERO };
    const worth = within("buyerValuation", () => valuesAtProfiles(buyerValuation ?? linear, 0, grids));
    const cost = within("sellerValuation", () => valuesAtProfiles(sellerValuation ?? linear, 1, grids));
    const byValue = convention === "value";
    return {
      environment: new Environment({
        name: `interdependent trade, ${grids.map(({ values }) => values.length).join(" x ")} types`,
        description: `The seller's valuation is its ${convention}.`,
        agents: [
          {
            name: "buyer",
            types: grids[0].labels,
            values: {
              shape: "profile-outcome",
              entries: RationalVector.from(worth.flatMap((value) => [Rational.ZERO, value])),
            },
          },
          {
            name: "seller",
            types: grids[1].labels,
            values: {
              shape: "profile-outcome",
              entries: RationalVector.from(
                cost.flatMap((value) => (byValue ? [value, Rational.ZERO] : [Rational.ZERO, value.negate()])),
              ),
            },
            outsideOption: byValue ? { shape: "profile", entries: RationalVector.from(cost) } : undefined,
          },
        ],
        outcomes: ["no trade", "trade"],
        prior: { kind: "independent", marginals: grids.map(({ prior }) => prior) },
      }),
      continuum: continuumOf(grids),
    };
  },
);
