import * as z from "zod";
import type { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";
import { type PointWeight, type Price, pointWeightSchema, priceSchema } from "./price.js";

/**
 * A proof about mechanisms whose requirements all hold in expectation. A price proves a bound on all of them, and names a rule:
 * choose what is best by virtual values at that price. A mixture of such rules is a mechanism.
 */
export interface ExpectationCertificate {
  readonly kind: "free-interim";
  /** Virtual values are averaged over so many cells of each agent's types; absent where integrals are exact without. */
  readonly cells?: number;
  /** Proves that no mechanism attains more. */
  readonly bound: Price;
  /** For each agent how far virtual values may exceed their averages; absent where that is not limited. See `levelled`. */
  readonly levels?: readonly Rational[];
  /** The mechanism; empty where none is known that meets every requirement. */
  readonly rules: readonly MixedRule[];
  /** A price of 1 of money that proves that no mechanism covers its cost: then there is none. */
  readonly shortage?: Price;
}

/** With this probability the rule that is best at this price. */
export interface MixedRule {
  readonly probability: Rational;
  readonly price: Price;
}

export const expectationCertificateSchema: z.ZodType<ExpectationCertificate> = z.strictObject({
  kind: z.literal("free-interim"),
  cells: z.int().min(1).max(10_000).optional(),
  bound: priceSchema,
  levels: z.array(rationalSchema).optional(),
  rules: z.array(z.strictObject({ probability: rationalSchema, price: priceSchema })),
  shortage: priceSchema.optional(),
});

/**
 * A proof about two agents who never lose and whose budget holds at every profile, telling the truth paying in expectation. Cells are
 * numbered from 0 in increasing order, products of cells with the second agent's cell fastest.
 */
export interface ExPostCertificate {
  readonly kind: "free-ex-post";
  readonly cells: number;
  /** Absent where only whether there is a mechanism is asked. */
  readonly bound?: ExPostBound;
  /** What proves more where requirements at profiles cost nothing: a bound on mechanisms that meet them in expectation. */
  readonly inExpectation?: ExpectationCertificate;
  /** Absent where none is known. */
  readonly mechanism?: ExPostMechanism;
}

/** Multipliers that bound what every mechanism attains. */
export interface ExPostBound {
  /** `weights[i][a]`, on agent `i`'s expected gain being the same computed from profiles and from the envelope. */
  readonly weights: readonly (readonly Rational[])[];
  /** On the participation of single types, for each agent. */
  readonly participation: readonly (readonly PointWeight[])[];
  /** For each agent what is added to the worth of its slope on single cells: where it is not 0, types are pooled. */
  readonly shifts: readonly (readonly CellWeight[])[];
  /** The part of the weight on types themselves that is averaged over cells before outcomes are chosen. */
  readonly averaged: Rational;
  /** For each agent how far virtual values may exceed their averages; absent where that is not limited. See `levelled`. */
  readonly levels?: readonly Rational[];
}

export interface CellWeight {
  readonly cell: number;
  readonly weight: Rational;
}

/** A lottery that is constant on products of cells, and gains that are affine there. */
export interface ExPostMechanism {
  /** The expected utility of each agent's lowest type. */
  readonly base: readonly Rational[];
  /** For each product of cells an outcome, by its place, or a lottery. */
  readonly lotteries: readonly Lottery[];
  /** For each product of cells the first agent's gain at the mean types, and its slopes in both types. */
  readonly gains: readonly (readonly Rational[])[];
  /** For each product of cells the money that nobody gets; absent where there is none. */
  readonly left?: readonly Rational[];
}

export type Lottery = number | readonly Rational[];

const cellWeights = z.array(z.strictObject({ cell: z.int().min(0), weight: rationalSchema }));
const participation = z.array(z.array(pointWeightSchema));
const lotteries = z.array(z.union([z.int().min(0), z.array(rationalSchema)]));

export const exPostCertificateSchema: z.ZodType<ExPostCertificate> = z.strictObject({
  kind: z.literal("free-ex-post"),
  cells: z.int().min(1).max(1000),
  bound: z
    .strictObject({
      weights: z.array(z.array(rationalSchema)),
      participation,
      shifts: z.array(cellWeights),
      averaged: rationalSchema,
      levels: z.array(rationalSchema).optional(),
    })
    .optional(),
  inExpectation: expectationCertificateSchema.optional(),
  mechanism: z
    .strictObject({
      base: z.array(rationalSchema),
      lotteries,
      gains: z.array(z.array(rationalSchema)),
      left: z.array(rationalSchema).optional(),
    })
    .optional(),
});

/** A proof about two agents who never lose, for whom telling the truth is best at every profile, and whose budget holds there. */
export interface DominantCertificate {
  readonly kind: "free-dominant";
  readonly cells: number;
  /** Absent where only whether there is a mechanism is asked. */
  readonly bound?: DominantBound;
  /** What proves more where requirements at profiles cost nothing: a bound on mechanisms that meet them in expectation. */
  readonly inExpectation?: ExpectationCertificate;
  /** Absent where none is known. */
  readonly mechanism?: DominantMechanism;
}

/** Multipliers that bound what every mechanism attains. */
export interface DominantBound {
  /** For each product of cells, on the budget there. */
  readonly budget: readonly Rational[];
  /** `participation[i][other]`: on the participation of single types of agent `i` where the other's type is in that cell. */
  readonly participation: readonly (readonly (readonly PointWeight[])[])[];
  /** `shifts[i][other]`: what is added to the worth of agent `i`'s slope on single cells: where it is not 0, types are pooled. */
  readonly shifts: readonly (readonly (readonly CellWeight[])[])[];
}

/** A lottery that is constant on products of cells, with the payments that follow from it. */
export interface DominantMechanism {
  readonly lotteries: readonly Lottery[];
  /** `base[i][other]`: the utility of agent `i`'s lowest type where the other's type is in that cell. */
  readonly base: readonly (readonly Rational[])[];
}

export const dominantCertificateSchema: z.ZodType<DominantCertificate> = z.strictObject({
  kind: z.literal("free-dominant"),
  cells: z.int().min(1).max(1000),
  bound: z
    .strictObject({
      budget: z.array(rationalSchema),
      participation: z.array(participation),
      shifts: z.array(z.array(cellWeights)),
    })
    .optional(),
  inExpectation: expectationCertificateSchema.optional(),
  mechanism: z.strictObject({ lotteries, base: z.array(z.array(rationalSchema)) }).optional(),
});
