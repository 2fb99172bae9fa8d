import * as z from "zod";
import type { ContinuousTypes } from "../src/environment/continuum.js";
import { InputError } from "../src/fault/input-error.js";
import { PiecewisePolynomial } from "../src/number/piecewise-polynomial.js";
import { Polynomial } from "../src/number/polynomial.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { densitySchema, distributionOf, type ExactDistribution, LARGEST_DEGREE } from "./density.js";
import { rationalPower } from "./rational-power.js";

/** A distribution on [0, 1], to be stretched over a grid's interval. */
export const distributionSchema = z
  .union([
    z.literal("uniform"),
    z.strictObject({ power: rationalSchema.describe("Exponent k of F(x) = x^k, from 1/1000 to 1000.") }),
    densitySchema,
    z.strictObject({
      weights: z.array(rationalSchema).min(1).describe("One weight for each point, normalised exactly."),
    }),
  ])
  .meta({
    id: "distribution",
    description:
      "uniform, {power: k} for F(x) = x^k, {density: [...]} for a density on [0, 1] that is a polynomial by pieces, or {weights: [...]} for each point.",
  });

export type Distribution = z.output<typeof distributionSchema>;

/**
 * A distribution by its density, on [0, 1]. Throws InputError, relative to the distribution, where it has none that is a
 * polynomial by pieces.
 */
export function exactDistribution(distribution: Distribution): ExactDistribution {
  if (distribution === "uniform") return onUnitInterval(Polynomial.ONE);
  if ("density" in distribution) return distributionOf(distribution);
  if ("weights" in distribution)
    throw new InputError(
      "weights",
      "weights of points",
      "a distribution of continuous types: uniform, a power or a density",
    );
  const { power } = distribution;
  if (power.denominator !== 1n || power.sign <= 0 || power.numerator > LARGEST_DEGREE)
    throw new InputError(
      "power",
      `${power}`,
      `for continuous types a whole exponent up to ${LARGEST_DEGREE}, for the density to be a polynomial`,
    );
  const zeros = Array.from({ length: Number(power.numerator) - 1 }, () => Rational.ZERO);
  return onUnitInterval(new Polynomial([...zeros, power]));
}

function onUnitInterval(density: Polynomial): ExactDistribution {
  return { density: PiecewisePolynomial.of(density, Rational.ZERO, Rational.ONE), atoms: [] };
}

/**
 * `F(x)` on [0, 1]: exact where it is a fraction, else rounded to 12 decimals.
 * Throws RangeError when the distribution has no distribution function (weights).
 */
export function distributionFunction(distribution: Distribution): (x: Rational) => Rational {
  if (distribution === "uniform") return (x) => x;
  if ("weights" in distribution) throw new RangeError("weights describe points, not a distribution function");
  if ("power" in distribution) return (x) => rationalPower(x, distribution.power);
  const { density, atoms } = distributionOf(distribution);
  const integral = density.antiderivative();
  return (x) =>
    Rational.sum([
      integral.at(x),
      ...atoms.flatMap(({ type, probability }) => (type.compare(x) <= 0 ? [probability] : [])),
    ]);
}

/** `F^-1(q)` on [0, 1]: exact where it is a fraction, else rounded to 12 decimals. Throws RangeError where it is neither. */
export function quantile(distribution: Distribution, q: Rational): Rational {
  if (distribution === "uniform") return q;
  if (!("power" in distribution)) throw new RangeError("only a power has quantiles that can be computed");
  return rationalPower(q, Rational.ONE.divide(distribution.power));
}

/** The distribution stretched over [from, to], in doubles; undefined for weights and atoms. */
export function continuousTypes(
  distribution: Distribution,
  from: Rational,
  to: Rational,
): ContinuousTypes | undefined {
  const unit = onUnitIntervalInDoubles(distribution);
  if (!unit) return undefined;
  const start = from.toNumber();
  const length = to.subtract(from).toNumber();
  const share = (type: number) => Math.min(1, Math.max(0, (type - start) / length));
  return {
    from: start,
    to: to.toNumber(),
    distribution: (type) => unit.distribution(share(type)),
    density: (type) => (type < start || type > start + length ? 0 : unit.density(share(type)) / length),
    quantile: (q) => start + length * unit.quantile(q),
  };
}

type InDoubles = Pick<ContinuousTypes, "distribution" | "density" | "quantile">;

function onUnitIntervalInDoubles(distribution: Distribution): InDoubles | undefined {
  if (distribution !== "uniform" && "weights" in distribution) return undefined;
  if (distribution === "uniform" || "power" in distribution) {
    const power = distribution === "uniform" ? 1 : distribution.power.toNumber();
    return {
      distribution: (x) => x ** power,
      density: (x) => power * x ** (power - 1),
      quantile: (q) => q ** (1 / power),
    };
  }
  const { density, atoms } = distributionOf(distribution);
  if (atoms.length > 0) return undefined;
  const below = inDoubles(density.antiderivative());
  return { distribution: below, density: inDoubles(density), quantile: (q) => firstAtLeast(below, q) };
}

function inDoubles({ nodes, pieces }: PiecewisePolynomial): (x: number) => number {
  const starts = nodes.map((node) => node.toNumber());
  const coefficients = pieces.map((piece) => piece.coefficients.map((c) => c.toNumber()));
  return (x) => {
    const piece = coefficients.findLastIndex((_, k) => starts[k] <= x);
    return coefficients[Math.max(0, piece)].reduceRight((sum, c) => sum * x + c, 0);
  };
}

/** The least x of [0, 1] at which a function that does not fall is at least q, to the last digit. */
function firstAtLeast(rising: (x: number) => number, q: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) >= q) high = middle;
    else low = middle;
  }
  return high;
}
