import * as z from "zod";
import type { ContinuousSurplus, ContinuousTypes, Continuum } from "../src/environment/continuum.js";
import { MOST_LABELS } from "../src/environment/size-limits.js";
import { briefLine } from "../src/fault/inert-text.js";
import { InputError, within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { integerSchema, rationalSchema } from "../src/number/rational-schema.js";
import { decimalOrFraction } from "../src/number/rational-text.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { type ExactDistribution, stretched } from "./density.js";
import {
  continuousTypes,
  distributionFunction,
  distributionSchema,
  exactDistribution,
  quantile,
} from "./distribution.js";
import { DECIMALS } from "./rational-power.js";

/** Types of one agent: values with labels, and their probabilities. */
export interface Grid {
  readonly values: readonly Rational[];
  readonly labels: readonly string[];
  readonly prior: RationalVector;
  /** The continuous types that the points stand for, in doubles; absent for weights, atoms and lists. */
  readonly continuous?: ContinuousTypes;
  /** The same exactly. Throws InputError, with the path from the parameters, where no density by polynomials says it. */
  readonly distribution: () => ExactDistribution;
}

const placedGridSchema = z.strictObject({
  points: integerSchema(1, MOST_LABELS).describe("Number of types."),
  placement: z
    .enum(["midpoint", "endpoint", "equal-probability"])
    .default("midpoint")
    .describe(
      "midpoint: the middle of each of n equal cells, with the cell's probability (an atom between two is of the lower one); endpoint: the same probabilities on n equally " +
        "spaced points from end to end; equal-probability: quantiles (k + 1/2)/n, each with probability 1/n.",
    ),
  distribution: distributionSchema.prefault("uniform"),
  from: rationalSchema.prefault(0).describe("Lower end of the interval."),
  to: rationalSchema.prefault(1).describe("Upper end of the interval."),
});

const listedGridSchema = z.strictObject({
  values: z.array(rationalSchema).min(1).describe("The types' values, increasing."),
  weights: z
    .array(rationalSchema)
    .optional()
    .describe("One weight for each value, normalised exactly; equal when absent."),
});

/** How a family's user describes the types of one agent. */
export const gridSchema = z.union([placedGridSchema, listedGridSchema]).meta({
  id: "grid",
  description: "The types: a number of points on an interval with a distribution, or a list of values.",
});

export type GridSpecification = z.output<typeof gridSchema>;

/** The grid that a parameter describes. Throws InputError, with the parameter's path, for wrong weights or an empty interval. */
export function gridAt(path: string, specification: GridSpecification): Grid {
  const grid = within(path, () => buildGrid(specification));
  return { ...grid, distribution: () => within(path, grid.distribution) };
}

/** Places the points. Throws InputError, relative to the grid, for wrong weights or an empty interval. */
export function buildGrid(specification: GridSpecification): Grid {
  if ("values" in specification) {
    const { values, weights = values.map(() => Rational.ONE) } = specification;
    for (let k = 1; k < values.length; k++) {
      if (values[k].compare(values[k - 1]) <= 0) {
        throw new InputError(`values[${k}]`, `${values[k]} after ${values[k - 1]}`, "increasing values");
      }
    }
    return labelled(values, normalised(weights, values.length, "weights"), noDistribution);
  }
  const { points: n, placement, distribution, from, to } = specification;
  if (to.compare(from) <= 0) throw new InputError("to", `${to}`, `more than from, which is ${from}`);
  if (typeof distribution === "object" && "power" in distribution) checkPower(distribution.power);
  const exact = () => within("distribution", () => stretched(exactDistribution(distribution), from, to));
  if (placement === "equal-probability") {
    if (distribution !== "uniform" && !("power" in distribution)) {
      const found = "weights" in distribution ? "weights" : "a density";
      throw new InputError("distribution", found, "uniform or a power, for points of equal probability");
    }
    const length = to.subtract(from);
    const quantiles = Array.from({ length: n }, (_, k) =>
      quantile(distribution, Rational.of(2 * k + 1, 2 * n)),
    );
    const values = increasing(quantiles.map((q) => from.add(length.multiply(q))));
    return labelled(values, equally(n), exact, continuousTypes(distribution, from, to));
  }
  const points = placedPoints(placement, n, from, to);
  if (distribution === "uniform")
    return labelled(points, equally(n), exact, continuousTypes(distribution, from, to));
  if ("weights" in distribution)
    return labelled(points, normalised(distribution.weights, n, "distribution.weights"), exact);
  const below = within("distribution", () => distributionFunction(distribution));
  // An atom at the lower end is of the first cell.
  const ends = Array.from({ length: n + 1 }, (_, k) => (k === 0 ? Rational.ZERO : below(Rational.of(k, n))));
  const prior = RationalVector.from(points.map((_, k) => ends[k + 1].subtract(ends[k])));
  return labelled(points, prior, exact, continuousTypes(distribution, from, to));
}

function equally(n: number): RationalVector {
  return new RationalVector(new Float64Array(n).fill(1), BigInt(n));
}

/** Beyond these nearly all probability lies within one rounding of an end. */
const [LEAST_POWER, GREATEST_POWER] = [Rational.of(1, 1000), Rational.of(1000)];

function checkPower(power: Rational): void {
  if (power.compare(LEAST_POWER) >= 0 && power.compare(GREATEST_POWER) <= 0) return;
  throw new InputError(
    "distribution.power",
    briefLine(`${power}`, 100),
    `a positive exponent, from ${LEAST_POWER} to ${GREATEST_POWER}`,
  );
}

/** The middles of n equal cells of an interval, or n equally spaced points from end to end; its middle for n = 1. */
function placedPoints(
  placement: "midpoint" | "endpoint",
  n: number,
  from: Rational,
  to: Rational,
): readonly Rational[] {
  const length = to.subtract(from);
  // from + length * step / cells, over one denominator: large grids are built of few fractions.
  const cells = placement === "endpoint" && n > 1 ? n - 1 : 2 * n;
  const start = from.numerator * length.denominator * BigInt(cells);
  const stride = length.numerator * from.denominator;
  const denominator = from.denominator * length.denominator * BigInt(cells);
  return Array.from({ length: n }, (_, k) => {
    const step = placement === "endpoint" && n > 1 ? k : 2 * k + 1;
    return Rational.of(start + stride * BigInt(step), denominator);
  });
}

/** The continuous environment of several agents, if every one of them has continuous types; its surplus where known. */
export function continuumOf(grids: readonly Grid[], surplus?: ContinuousSurplus): Continuum | undefined {
  const agents = grids.flatMap(({ continuous }) => continuous ?? []);
  return agents.length === grids.length ? { agents, surplus } : undefined;
}

/** Quantiles that rounding has made equal would be two types of one value. Throws InputError. */
function increasing(values: readonly Rational[]): readonly Rational[] {
  for (let k = 1; k < values.length; k++) {
    if (values[k].compare(values[k - 1]) <= 0) {
      throw new InputError(
        "points",
        `${values.length} points, two of which round to ${values[k]}`,
        `fewer points, or a power nearer to 1, so that types differ within ${DECIMALS} decimals`,
      );
    }
  }
  return values;
}

function labelled(
  values: readonly Rational[],
  prior: RationalVector,
  distribution: Grid["distribution"],
  continuous?: ContinuousTypes,
): Grid {
  return { values, labels: values.map(decimalOrFraction), prior, continuous, distribution };
}

function noDistribution(): never {
  throw new InputError("values", "a list of types", "for continuous types an interval with a distribution");
}

/** Weights as probabilities. Throws InputError for a wrong number, a negative weight or no weight at all. */
export function normalised(weights: readonly Rational[], expected: number, path: string): RationalVector {
  if (weights.length !== expected)
    throw new InputError(path, `${weights.length} weights`, `${expected}, one for each type`);
  weights.forEach((weight, k) => {
    if (weight.sign < 0)
      throw new InputError(`${path}[${k}]`, `the negative weight ${weight}`, "a number >= 0");
  });
  if (weights.every((weight) => weight.isZero))
    throw new InputError(path, "weights that sum to 0", "a positive sum");
  return RationalVector.normalised(weights);
}
