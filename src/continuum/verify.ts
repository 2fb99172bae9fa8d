import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import { InputError, shown } from "../fault/input-error.js";
import { schemaFault } from "../fault/schema-fault.js";
import type { Rational } from "../number/rational.js";
import type { AskedQuestion, Question } from "../question/question.js";
import { questionDifference } from "../question/question-difference.js";
import { type ContinuumAnswerFile, readContinuumAnswer } from "./answer-file.js";
import { type ContinuumClaim, claimOf, nothingProved } from "./claim.js";
import { type Bracket, ContinuumRefuted } from "./method.js";
import { continuumMethods, type RegisteredMethod, refusalOf } from "./methods.js";

/** What was found of an answer about continuous types: the claim that its certificate proves, or the first thing that fails. */
export type ContinuumVerification =
  | {
      readonly verified: true;
      readonly question: Question;
      readonly claim: ContinuumClaim;
      /** The method whose judge accepts the certificate; absent where nothing had to be proved. */
      readonly method?: string;
      /** The theorems on which that rests. */
      readonly theorems: readonly string[];
      /** As it was read; absent with the method. */
      readonly certificate?: { readonly kind: string };
    }
  | { readonly verified: false; readonly fault: string };

/** What an answer is checked against. */
export interface ContinuumSubject {
  readonly environment: ContinuousEnvironment;
  readonly digest: string;
}

/**
 * Checks an answer file against continuous types, trusting nothing in it: the bracket is computed anew from the certificate, and the
 * claim must be exactly that. `file` is what has been parsed. Throws InputError for what is no such answer file.
 */
export function verifyContinuumAnswer(
  file: unknown,
  subject: ContinuumSubject,
  wanted: AskedQuestion = {},
  methods: readonly RegisteredMethod[] = continuumMethods,
): ContinuumVerification {
  const answer = readContinuumAnswer(file);
  try {
    return verified(answer, subject, wanted, methods);
  } catch (fault) {
    // A RangeError is of numbers that make no function or no mesh.
    if (fault instanceof InputError || fault instanceof ContinuumRefuted || fault instanceof RangeError)
      return refuted(fault.message);
    throw fault;
  }
}

function verified(
  { instance, question, claim, certificate }: ContinuumAnswerFile,
  { environment, digest }: ContinuumSubject,
  wanted: AskedQuestion,
  methods: readonly RegisteredMethod[],
): ContinuumVerification {
  if (instance.digest !== digest) {
    const name = instance.name === "" ? "" : `, ${shown(instance.name)}`;
    return refuted(
      `instance.digest: the digest of other types${name} (${instance.digest.slice(0, 12)}…); expected ${digest.slice(0, 12)}…, the digest of these`,
    );
  }
  const other = questionDifference(question, wanted);
  if (other) return refuted(other);
  if (!certificate) {
    const difference = claimDifference(claim, nothingProved(question), question);
    if (difference) return refuted(difference);
    const proved = claimOf(question, nothingProved(question));
    return { verified: true, question, claim: proved, theorems: [] };
  }
  const registered = methods.find(({ method }) => method.kind === certificate.kind);
  if (!registered)
    return refuted(
      `certificate.kind: ${shown(certificate.kind)}; expected one of ${methods.map(({ method }) => method.kind).join(", ")}`,
    );
  const { method } = registered;
  const refusal = refusalOf(registered, environment, question);
  if (refusal !== undefined)
    return refuted(`the certificate is of a method that does not cover this: ${refusal}`);
  const parsed = registered.certificate.safeParse(certificate);
  if (!parsed.success)
    throw schemaFault(parsed.error, certificate, registered.certificate).within("certificate");
  const bracket = method.judge(environment, question, parsed.data);
  const difference = claimDifference(claim, bracket, question);
  if (difference) return refuted(difference);
  return {
    verified: true,
    question,
    claim: claimOf(question, bracket),
    method: method.kind,
    theorems: registered.theorems(environment, question),
    certificate: parsed.data as { readonly kind: string },
  };
}

function refuted(fault: string): ContinuumVerification {
  return { verified: false, fault };
}

/** The first respect in which a claim is not what is proved. */
function claimDifference(
  claim: ContinuumAnswerFile["claim"],
  bracket: Bracket,
  question: Question,
): string | undefined {
  const proved = claimOf(question, bracket);
  const names = { contradiction: "contradiction", lower: "lower end", upper: "upper end" } as const;
  for (const end of ["contradiction", "lower", "upper"] as const) {
    if (!same(claim[end], proved[end]))
      return `the ${names[end]} is claimed to be ${claim[end] ?? "none"}; the certificate proves ${proved[end] ?? "none"}`;
  }
  if (claim.verdict !== proved.verdict)
    return `the verdict is claimed to be ${claim.verdict}; the certificate supports ${proved.verdict}`;
  return undefined;
}

function same(claimed: Rational | undefined, proved: Rational | undefined): boolean {
  return claimed === undefined ? proved === undefined : proved?.equals(claimed) === true;
}
