import * as z from "zod";
import type { Rational } from "../../number/rational.js";
import { integerSchema, rationalSchema } from "../../number/rational-schema.js";

/** What proves an answer about the efficient rule with requirements in expectation: all else the judge computes anew. */
export interface InterimCertificate {
  readonly kind: "interim";
  /** Into how many cells each agent's types are cut to enclose the expected surplus; absent where it is known exactly. */
  readonly cells?: number;
  /** For each agent what its participation asks for, where it is asked for knowing the own type; else none. */
  readonly participation: readonly LeastConstant[];
}

/** The least constant on top of `E[S | t_i]` with which no type of the agent loses: `sup (u_i - E[S | t_i])`. */
export interface LeastConstant {
  /** The types that the constant is for: with less these lose. */
  readonly types: readonly Rational[];
  readonly lower: Rational;
  readonly upper: Rational;
}

/** More cells than that are refused: their number to the power of agents is looked at. */
export const MOST_CELLS = 10_000;

export const interimCertificateSchema: z.ZodType<InterimCertificate> = z
  .strictObject({
    kind: z.literal("interim"),
    cells: integerSchema(1, MOST_CELLS)
      .optional()
      .describe(
        "Cells of each agent's types that enclose the expected surplus; absent where it is known exactly.",
      ),
    participation: z
      .array(
        z.strictObject({
          types: z
            .array(rationalSchema)
            .min(1)
            .describe(
              "Types that ask for the most: at each, outside option less expected surplus is at least `lower`.",
            ),
          lower: rationalSchema.describe("At most the supremum of outside option less expected surplus."),
          upper: rationalSchema.describe("At least that supremum."),
        }),
      )
      .describe(
        "For each agent the constant that its participation asks for; empty where no type's participation is asked for.",
      ),
  })
  .describe("The efficient rule with requirements in expectation.") as z.ZodType<InterimCertificate>;
