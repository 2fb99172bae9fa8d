import * as z from "zod";
import type { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";
import { type InterimCertificate, interimCertificateSchema } from "../interim/certificate.js";

/** What proves an answer about an efficient rule with participation and budget at every profile: see docs/continuum-ex-post.md. */
export interface ExPostCertificate {
  readonly kind: typeof EX_POST_KIND;
  /** For each agent the types at which its interval is cut into cells, both ends included. */
  readonly nodes: readonly (readonly Rational[])[];
  /** Each cell is cut into so many equal fine cells. */
  readonly fine: number;
  readonly lower?: readonly WeightedTypes[];
  /** Of the same question with participation interim, which needs no more: a lower end too. */
  readonly inExpectation?: InterimCertificate;
  readonly upper?: ShareList;
  readonly withoutMoney?: MechanismWithoutMoney;
}

/** How the lower bound weighs one agent's types; in any unit, weights are divided by their sum. */
export interface WeightedTypes {
  /** For each cell, the weight's density in terms of the prior. */
  readonly density: readonly Rational[];
  /** Masses at nodes besides, as [number of the node, mass]. */
  readonly atoms?: readonly (readonly [node: number, mass: Rational])[];
}

/**
 * Which part of the gains each agent gets at products of nodes, the last agent's node fastest. Between nodes shares are affine in each type.
 * With an exact budget what is left over goes in equal parts to the agents without a list, or to all where all have one; with a budget
 * without deficit it is left over.
 */
export interface ShareList {
  /** One list for each of the first agents, or all of them. */
  readonly shares: readonly (readonly Rational[])[];
  /**
   * Whether all agents are treated alike: then there is one list, of an agent's share by its own node and, fastest, the
   * multisets of the others' nodes, in increasing order of their sorted lists.
   */
  readonly alike?: true;
}

/** A mechanism that needs no outside money at any profile. */
export interface MechanismWithoutMoney extends ShareList {
  /** Types and probabilities: the efficient outcomes at these types, in a lottery, make up for everybody's outside option at every profile. */
  readonly statusQuo: readonly { readonly types: readonly Rational[]; readonly probability: Rational }[];
  readonly routes: readonly Route[];
}

/**
 * Money between two agents that makes up for what shares miss: types of each block pay to, or are paid by, the other agent where its
 * type is in the block's target. Where money may be left over and no route has blocks of its second agent, each brings its first
 * agent what its shares miss out of what all shares leave over.
 */
export interface Route {
  readonly agents: readonly [number, number];
  readonly blocks: readonly [readonly Block[], readonly Block[]];
  /** Cells of the second agent, from the first to before the second. */
  readonly hub?: readonly [number, number];
}

/** Ranges of cells, from the first to before the second. */
export interface Block {
  readonly cells: readonly [number, number];
  readonly target: readonly [number, number];
}

export const EX_POST_KIND = "efficient-ex-post";

const count = z.number().int().min(0);
const range = z.tuple([count, count]).readonly();
const shareFields = {
  shares: z.array(z.array(rationalSchema).readonly()).readonly(),
  alike: z.literal(true).optional(),
};
const block = z.strictObject({ cells: range, target: range });

export const exPostCertificateSchema: z.ZodType<ExPostCertificate> = z.strictObject({
  kind: z.literal(EX_POST_KIND),
  nodes: z.array(z.array(rationalSchema).readonly()).readonly(),
  fine: z.number().int().min(1).max(1000),
  lower: z
    .array(
      z.strictObject({
        density: z.array(rationalSchema).readonly(),
        atoms: z
          .array(z.tuple([count, rationalSchema]).readonly())
          .readonly()
          .optional(),
      }),
    )
    .readonly()
    .optional(),
  inExpectation: interimCertificateSchema.optional(),
  upper: z.strictObject(shareFields).optional(),
  withoutMoney: z
    .strictObject({
      ...shareFields,
      statusQuo: z
        .array(z.strictObject({ types: z.array(rationalSchema).readonly(), probability: rationalSchema }))
        .readonly(),
      routes: z
        .array(
          z.strictObject({
            agents: z.tuple([count, count]).readonly(),
            blocks: z.tuple([z.array(block).readonly(), z.array(block).readonly()]).readonly(),
            hub: range.optional(),
          }),
        )
        .readonly(),
    })
    .optional(),
});
