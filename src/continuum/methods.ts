import type * as z from "zod";
import { exPostCertificateSchema } from "./ex-post/certificate.js";
import { exPostMethod } from "./ex-post/method.js";
import { interimCertificateSchema } from "./interim/certificate.js";
import { interimMethod } from "./interim/method.js";
import type { ContinuumMethod } from "./method.js";

/** A method, and how its certificates are read from files. */
export interface RegisteredMethod {
  // biome-ignore lint/suspicious/noExplicitAny: each method has a certificate of its own, which only itself reads
  readonly method: ContinuumMethod<any>;
  /** Reads what `JSON.stringify` writes of a certificate. */
  readonly certificate: z.ZodType;
}

/** Every method, in the order in which they are asked whether they answer a question. */
export const continuumMethods: readonly RegisteredMethod[] = [
  { method: interimMethod, certificate: interimCertificateSchema },
  { method: exPostMethod, certificate: exPostCertificateSchema },
];

/** The method of that name, if there is one. */
export function methodOf(kind: string): RegisteredMethod | undefined {
  return continuumMethods.find(({ method }) => method.kind === kind);
}
