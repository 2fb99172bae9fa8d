import * as z from "zod";
import type { Atom } from "../src/environment/continuous-environment.js";
import { InputError, within } from "../src/fault/input-error.js";
import { PiecewisePolynomial } from "../src/number/piecewise-polynomial.js";
import { Polynomial } from "../src/number/polynomial.js";
import { wherePiecesNegative } from "../src/number/polynomial-sign.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { decimalOrFraction } from "../src/number/rational-text.js";

/** Degrees beyond this are refused: exact work with them takes very long. */
export const LARGEST_DEGREE = 64;

/** A polynomial on a part of an interval. */
export const pieceSchema = z.strictObject(
  {
    from: rationalSchema.describe("Where the piece begins."),
    to: rationalSchema.describe("Where it ends, and the next one begins."),
    coefficients: z
      .array(rationalSchema)
      .min(1)
      .max(LARGEST_DEGREE + 1, { error: `expected at most ${LARGEST_DEGREE + 1} coefficients` })
      .describe("The polynomial's coefficients, of x^0, x^1, x^2 and so on."),
  },
  {
    error: ({ code }) =>
      code === "invalid_type"
        ? 'expected a piece {"from": 0, "to": 1, "coefficients": [0, 2]}, here the polynomial 2x from 0 to 1'
        : undefined,
  },
);

pieceSchema.register(z.globalRegistry, {
  id: "piece",
  description: "A polynomial on a part of an interval.",
});

/** A distribution on [0, 1] by its density, with atoms. */
export const densitySchema = z.strictObject({
  density: z.array(pieceSchema).min(1).describe("Pieces of the density, one after the other from 0 to 1."),
  atoms: z
    .array(
      z.strictObject({
        at: rationalSchema.describe("A point of [0, 1]."),
        probability: rationalSchema.describe("Its probability, > 0."),
      }),
    )
    .optional()
    .describe("Points of positive probability, increasing; with the density it is 1 in all."),
});

export type Pieces = readonly z.output<typeof pieceSchema>[];

/** A distribution that is known by a density and atoms, exactly. */
export interface ExactDistribution {
  readonly density: PiecewisePolynomial;
  readonly atoms: readonly Atom[];
}

/** Throws InputError, relative to the pieces, unless they follow each other from one end of an interval to the other. */
export function piecewise(pieces: Pieces, from: Rational, to: Rational): PiecewisePolynomial {
  let end = from;
  pieces.forEach((piece, k) => {
    const where = k === 0 ? "where the interval begins" : "where the piece before it ends";
    if (!piece.from.equals(end)) throw new InputError(`[${k}].from`, `${piece.from}`, `${end}, ${where}`);
    if (piece.to.compare(piece.from) <= 0)
      throw new InputError(`[${k}].to`, `${piece.to}`, `more than from, which is ${piece.from}`);
    end = piece.to;
  });
  if (!end.equals(to))
    throw new InputError(`[${pieces.length - 1}].to`, `${end}`, `${to}, where the interval ends`);
  return new PiecewisePolynomial(
    [from, ...pieces.map((piece) => piece.to)],
    pieces.map(({ coefficients }) => new Polynomial(coefficients)),
  );
}

/** Throws InputError, relative to the distribution, for what is no distribution on [0, 1]. */
export function distributionOf({
  density: pieces,
  atoms = [],
}: z.output<typeof densitySchema>): ExactDistribution {
  const density = within("density", () => piecewise(pieces, Rational.ZERO, Rational.ONE)).joined();
  const negative = wherePiecesNegative(density);
  if (negative) {
    const values = density.pieces.map((piece) => piece.at(negative)).filter(({ sign }) => sign < 0);
    const value = decimalOrFraction(values[0]);
    throw new InputError(
      "density",
      `a density of ${value} at ${decimalOrFraction(negative)}`,
      "a density >= 0",
    );
  }
  atoms.forEach(({ at, probability }, k) => {
    if (at.sign < 0 || at.compare(Rational.ONE) > 0)
      throw new InputError(`atoms[${k}].at`, `${at}`, "a point of [0, 1]");
    if (k > 0 && at.compare(atoms[k - 1].at) <= 0)
      throw new InputError(`atoms[${k}].at`, `${at} after ${atoms[k - 1].at}`, "increasing points");
    if (probability.sign <= 0)
      throw new InputError(`atoms[${k}].probability`, `${probability}`, "a positive probability");
  });
  const integral = density.integral();
  const total = Rational.sum([integral, ...atoms.map(({ probability }) => probability)]);
  if (!total.equals(Rational.ONE)) {
    const found = `a density that integrates to ${integral}`;
    throw atoms.length === 0
      ? new InputError("density", found, "one that integrates to 1")
      : new InputError("density", `${found}, with atoms to ${total}`, "1 in all");
  }
  return { density, atoms: atoms.map(({ at, probability }) => ({ type: at, probability })) };
}

/** A distribution moved by the affine map that takes 0 to `from` and 1 to `to`: one on [0, 1] is stretched over `[from, to]`. */
export function stretched(
  { density, atoms }: ExactDistribution,
  from: Rational,
  to: Rational,
): ExactDistribution {
  const length = to.subtract(from);
  const slope = Rational.ONE.divide(length);
  const moved = (x: Rational) => from.add(length.multiply(x));
  return {
    density: new PiecewisePolynomial(
      density.nodes.map(moved),
      density.pieces.map((piece) => piece.ofAffine(from.negate().multiply(slope), slope).scaled(slope)),
    ),
    atoms: atoms.map(({ type, probability }) => ({ type: moved(type), probability })),
  };
}
