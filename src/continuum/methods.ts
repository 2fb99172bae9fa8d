import type * as z from "zod";
import { exPostCertificateSchema } from "./ex-post/certificate.js";
import { exPostMethod } from "./ex-post/method.js";
import {
  dominantCertificateSchema,
  expectationCertificateSchema,
  exPostCertificateSchema as freeExPostCertificateSchema,
} from "./free/certificate.js";
import { freeDominant, freeExPost, freeInterim } from "./free/method.js";
import { interimCertificateSchema } from "./interim/certificate.js";
import { interimMethod } from "./interim/method.js";
import type { ContinuumMethod } from "./method.js";

/** A method, and how its certificates are read from files. */
export interface RegisteredMethod {
  // biome-ignore lint/suspicious/noExplicitAny: each method has a certificate of its own, which only itself reads
  readonly method: ContinuumMethod<any>;
  /** Reads what `JSON.stringify` writes of a certificate. */
  readonly certificate: z.ZodType;
  /** The allocations that it is about: it is not asked about others. */
  readonly allocation: "efficient" | "free";
  /** The theorems on which its judge relies, in a few words each; the judge's head states them whole. */
  readonly theorems: readonly string[];
}

const EFFICIENT =
  "Payoff equivalence: with an efficient rule the truth pays just when every type expects the surplus given its type and a constant of its agent's.";
const ENVELOPE =
  "Payoff equivalence: what a type expects is, up to a constant of its agent's, the integral of its expected slope.";
const EVERYWHERE =
  "Payoff equivalence, given the others' types: what a type gets is, up to what depends on them alone, the integral of its slope.";
const VIRTUAL =
  "Weak duality: at any prices of what is required no mechanism is worth more than the best choice by virtual values; where these fall, types are pooled.";
const CONVEX =
  "A convex function lies above its tangents and below the interpolation of its corners, a polynomial below its largest Bernstein coefficient.";

/** Every method, in the order in which they are asked whether they answer a question. */
export const continuumMethods: readonly RegisteredMethod[] = [
  {
    method: interimMethod,
    certificate: interimCertificateSchema,
    allocation: "efficient",
    theorems: interimMethod.theorems ?? [],
  },
  {
    method: exPostMethod,
    certificate: exPostCertificateSchema,
    allocation: "efficient",
    theorems: [
      EFFICIENT,
      "Weights of types: however types are weighed, what they gain on average bounds the constants, and so the outside money, from below.",
      "Shares of the gains: however gains are shared out, topping types up to what they have to expect makes a mechanism.",
      "Routes: what shares miss may be moved between agents as long as nobody is left with less than nothing; then no profile needs money.",
      CONVEX,
    ],
  },
  {
    method: freeInterim,
    certificate: expectationCertificateSchema,
    allocation: "free",
    theorems: [ENVELOPE, VIRTUAL],
  },
  {
    method: freeExPost,
    certificate: freeExPostCertificateSchema,
    allocation: "free",
    theorems: [ENVELOPE, VIRTUAL],
  },
  {
    method: freeDominant,
    certificate: dominantCertificateSchema,
    allocation: "free",
    theorems: [EVERYWHERE, VIRTUAL],
  },
];

/** The method of that name, if there is one. */
export function methodOf(kind: string): RegisteredMethod | undefined {
  return continuumMethods.find(({ method }) => method.kind === kind);
}
