import type * as z from "zod";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Question } from "../question/question.js";
import type { ContinuumMethod } from "./method.js";
import { ROUNDED_KIND } from "./rounded/kind.js";

/** A method, and how its certificates are read from files. */
export interface RegisteredMethod {
  // biome-ignore lint/suspicious/noExplicitAny: each method has a certificate of its own, which only itself reads
  readonly method: ContinuumMethod<any>;
  /** Reads what `JSON.stringify` writes of a certificate. */
  readonly certificate: z.ZodType;
  /** The allocations that it is about: it is not asked about others. */
  readonly allocation: "efficient" | "free";
  /** The theorems on which its judge relies for a question, in a few words each; the judge's head states them whole. */
  theorems(environment: ContinuousEnvironment, question: Question): readonly string[];
}

/** Whether a method is about such environments at all: outside options that are rounded have a method of their own. */
export function isAbout({ method }: RegisteredMethod, { roundedDown }: ContinuousEnvironment): boolean {
  return (roundedDown !== undefined) === (method.kind === ROUNDED_KIND);
}

/** Why a method does not answer a question; one that takes numbers for exact is not asked where they are rounded. */
export function refusalOf(
  { method }: RegisteredMethod,
  environment: ContinuousEnvironment,
  question: Question,
): string | undefined {
  if (environment.roundedDown && method.kind !== ROUNDED_KIND)
    return "outside options that are no polynomials with fractions are covered between ones that are";
  return method.refusal(environment, question);
}
