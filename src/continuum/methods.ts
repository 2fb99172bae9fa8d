import type * as z from "zod";
import type { ContinuumMethod } from "./method.js";

/** A method, and how its certificates are read from files. */
export interface RegisteredMethod {
  // biome-ignore lint/suspicious/noExplicitAny: each method has a certificate of its own, which only itself reads
  readonly method: ContinuumMethod<any>;
  /** Reads what `JSON.stringify` writes of a certificate. */
  readonly certificate: z.ZodType;
}

/** Every method, in the order in which they are asked whether they answer a question. */
export const continuumMethods: readonly RegisteredMethod[] = [];
