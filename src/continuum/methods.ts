import { exPostCertificateSchema } from "./ex-post/certificate.js";
import { exPostMethod } from "./ex-post/method.js";
import {
  dominantCertificateSchema,
  expectationCertificateSchema,
  exPostCertificateSchema as freeExPostCertificateSchema,
} from "./free/certificate.js";
import { freeDominant, freeExPost, freeInterim } from "./free/method.js";
import { interimCertificateSchema } from "./interim/certificate.js";
import { interimTheorems } from "./interim/description.js";
import { interimMethod } from "./interim/method.js";
import type { RegisteredMethod } from "./registered-method.js";
import { roundedCertificateSchema, roundedMethod } from "./rounded/method.js";

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

/** Methods for environments that are known exactly. */
const exactMethods: readonly RegisteredMethod[] = [
  {
    method: interimMethod,
    certificate: interimCertificateSchema,
    allocation: "efficient",
    theorems: interimTheorems,
  },
  {
    method: exPostMethod,
    certificate: exPostCertificateSchema,
    allocation: "efficient",
    theorems: () => [
      EFFICIENT,
      "Weights of types: however types are weighed, what they gain on average bounds the constants, and so the outside money, from below.",
      "Who loses at no profile does not lose in expectation: what participation in expectation needs is needed.",
      "Shares of the gains: however gains are shared out, topping types up to what they have to expect makes a mechanism.",
      "Routes: what shares miss may be moved between agents as long as nobody is left with less than nothing; then no profile needs money.",
      CONVEX,
    ],
  },
  {
    method: freeInterim,
    certificate: expectationCertificateSchema,
    allocation: "free",
    theorems: () => [ENVELOPE, VIRTUAL],
  },
  {
    method: freeExPost,
    certificate: freeExPostCertificateSchema,
    allocation: "free",
    theorems: () => [ENVELOPE, VIRTUAL],
  },
  {
    method: freeDominant,
    certificate: dominantCertificateSchema,
    allocation: "free",
    theorems: () => [EVERYWHERE, VIRTUAL],
  },
];

/** Every method, in the order in which they are asked whether they answer a question. */
export const continuumMethods: readonly RegisteredMethod[] = [
  ...exactMethods,
  {
    method: roundedMethod(exactMethods),
    certificate: roundedCertificateSchema,
    allocation: "efficient",
    theorems: () => [
      "Outside options: a mechanism that leaves everybody at least what staying out is worth, rounded up, leaves them at least that; one that leaves them at least that leaves them at least what it is worth, rounded down.",
      EFFICIENT,
      CONVEX,
    ],
  },
];

export { type RegisteredMethod, refusalOf } from "./registered-method.js";

/** The method of that name, if there is one. */
export function methodOf(kind: string): RegisteredMethod | undefined {
  return continuumMethods.find(({ method }) => method.kind === kind);
}
