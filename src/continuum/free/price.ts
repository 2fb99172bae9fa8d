import * as z from "zod";
import type { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";

/** What money and participation are worth to the designer, in units of what it maximises. */
export interface Price {
  /** The weight of one unit of expected payments beyond the cost; not negative. */
  readonly money: Rational;
  /** For each agent how that weight is spread over the types that might stay out: probabilities of types, which sum to 1. */
  readonly participation: readonly (readonly PointWeight[])[];
}

export interface PointWeight {
  readonly type: Rational;
  readonly weight: Rational;
}

export const pointWeightSchema: z.ZodType<PointWeight> = z.strictObject({
  type: rationalSchema,
  weight: rationalSchema,
});

export const priceSchema: z.ZodType<Price> = z.strictObject({
  money: rationalSchema,
  participation: z.array(z.array(pointWeightSchema)),
});
