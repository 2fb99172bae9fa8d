import * as z from "zod";
import { type Bracket, type ContinuumMethod, ContinuumRefuted } from "../../src/continuum/method.js";
import type { RegisteredMethod } from "../../src/continuum/methods.js";
import { Rational } from "../../src/number/rational.js";
import { rationalSchema } from "../../src/number/rational-schema.js";

/** A certificate that states a bracket; the judge believes it as far as it has an inside. */
export interface Stated extends Bracket {
  readonly kind: "stated";
}

const statedSchema = z.strictObject({
  kind: z.literal("stated"),
  lower: rationalSchema.optional(),
  upper: rationalSchema.optional(),
  contradiction: rationalSchema.optional(),
});

/** A method for tests of the walk around methods: it proposes what it is told to, and covers efficient allocations. */
export function statedMethod(
  bracket: Bracket,
  change: Partial<ContinuumMethod<Stated>> = {},
): RegisteredMethod {
  const method: ContinuumMethod<Stated> = {
    kind: "stated",
    refusal: (_, { allocation }) =>
      allocation === "efficient" ? undefined : "stated: efficient allocations are covered",
    find: async () => ({ bracket, certificate: { kind: "stated", ...bracket } }),
    judge: (_environment, _question, { lower, upper, contradiction }) => {
      if (lower && upper && lower.compare(upper) > 0)
        throw new ContinuumRefuted("the lower end is above the upper one");
      if (lower?.equals(Rational.of(13))) throw new RangeError("no mesh has 13 cells");
      return { ...(lower && { lower }), ...(upper && { upper }), ...(contradiction && { contradiction }) };
    },
    ...change,
  };
  return {
    method,
    certificate: statedSchema,
    allocation: "efficient",
    theorems: () => ["Theorem T: what is stated is true."],
  };
}
