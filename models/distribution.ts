import * as z from "zod";
import type { ContinuousTypes } from "../src/environment/continuum.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { rationalPower } from "./rational-power.js";

/** A distribution on [0, 1], to be stretched over a grid's interval. */
export const distributionSchema = z
  .union([
    z.literal("uniform"),
    z.strictObject({ power: rationalSchema.describe("Exponent k of F(x) = x^k, from 1/1000 to 1000.") }),
    z.strictObject({
      weights: z.array(rationalSchema).min(1).describe("One weight for each point, normalised exactly."),
    }),
  ])
  .meta({
    id: "distribution",
    description: "uniform, {power: k} for F(x) = x^k, or {weights: [...]} for each point.",
  });

export type Distribution = z.output<typeof distributionSchema>;

/**
 * `F(x)` on [0, 1]: exact where it is a fraction, else rounded to 12 decimals.
 * Throws RangeError when the distribution has no distribution function (weights).
 */
export function distributionFunction(distribution: Distribution, x: Rational): Rational {
  if (distribution === "uniform") return x;
  if ("weights" in distribution) throw new RangeError("weights describe points, not a distribution function");
  return rationalPower(x, distribution.power);
}

/** `F^-1(q)` on [0, 1]: exact where it is a fraction, else rounded to 12 decimals. Throws RangeError for weights. */
export function quantile(distribution: Distribution, q: Rational): Rational {
  if (distribution === "uniform") return q;
  if ("weights" in distribution) throw new RangeError("weights describe points, not a distribution function");
  return rationalPower(q, Rational.ONE.divide(distribution.power));
}

/** The distribution stretched over [from, to], in doubles; undefined for weights. */
export function continuousTypes(
  distribution: Distribution,
  from: Rational,
  to: Rational,
): ContinuousTypes | undefined {
  if (distribution !== "uniform" && "weights" in distribution) return undefined;
  const power = distribution === "uniform" ? 1 : distribution.power.toNumber();
  const start = from.toNumber();
  const length = to.subtract(from).toNumber();
  const unit = (type: number) => Math.min(1, Math.max(0, (type - start) / length));
  return {
    from: start,
    to: to.toNumber(),
    distribution: (type) => unit(type) ** power,
    density: (type) =>
      type < start || type > start + length ? 0 : (power * unit(type) ** (power - 1)) / length,
    quantile: (q) => start + length * q ** (1 / power),
  };
}
