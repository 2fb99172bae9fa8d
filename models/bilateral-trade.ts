import * as z from "zod";
import { Rational } from "../src/number/rational.js";
import { affineModel } from "./affine-model.js";
import { family } from "./family.js";
import { gridAt, gridSchema } from "./grid.js";

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
    const buyers = gridAt("buyer", buyer);
    const sellers = gridAt("seller", seller);
    const byValue = convention === "value";
    return affineModel({
      name: `bilateral trade, ${buyers.values.length} x ${sellers.values.length} types`,
      continuousName: "bilateral trade",
      description: `The seller's type is its ${convention}.`,
      agents: [
        { name: "buyer", grid: buyers, value: (type, traded) => (traded ? type : Rational.ZERO) },
        byValue
          ? {
              name: "seller",
              grid: sellers,
              value: (type, traded) => (traded ? Rational.ZERO : type),
              outsideOption: (type) => type,
            }
          : {
              name: "seller",
              grid: sellers,
              value: (type, traded) => (traded ? type.negate() : Rational.ZERO),
            },
      ],
      outcomes: ["no trade", "trade"],
    });
  },
);
