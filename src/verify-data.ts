import { readAnswerFile } from "./certificate/answer-file.js";
import { CONTINUUM_FORMAT } from "./continuum/answer-file.js";
import { verifyContinuumAnswer } from "./continuum/verify.js";
import { type ContinuousModel, continuousEnvironmentOf } from "./continuum-library.js";
import { continuousDigest } from "./environment/continuous-digest.js";
import { environmentDigest } from "./environment/digest.js";
import type { Environment } from "./environment/environment.js";
import type { AllocationRule } from "./environment/lottery.js";
import { InputError } from "./fault/input-error.js";
import * as kernel from "./kernel/verify.js";
import type { Progress } from "./progress/progress.js";

/** What an answer is about: a model or an instance, or continuous types. */
type Subject = Verified | ContinuousModel;

/** A model, or an instance, whose digest is known already. */
interface Verified {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  readonly digest?: string;
}

/**
 * Checks an answer against the model that it is about, trusting nothing in it; `answerFile` is what `JSON.parse` makes of an answer
 * file, or a design's own field of that name. With parts of a question, an answer to another one is refuted. Throws InputError for what
 * is no answer file.
 */
export function verifyAnswer(
  answerFile: unknown,
  model: Subject,
  wanted: kernel.Wanted = {},
): kernel.Verification {
  if (isAboutContinuousTypes(answerFile)) return verifiedForAllTypes(answerFile, model, wanted);
  if (!isGrid(model))
    throw new InputError("format", "an answer about a grid", "an answer about continuous types, as they are");
  return kernel.verifyAnswer(readAnswerFile(answerFile), subject(model), wanted);
}

/** The same from chunks of the file's text, as it is read. */
export function verifyAnswerText(
  chunks: Iterable<Uint8Array>,
  model: Verified,
  wanted: kernel.Wanted = {},
  progress?: Progress,
): kernel.Verification {
  return kernel.verifyAnswerText(chunks, subject(model), wanted, progress);
}

function isAboutContinuousTypes(file: unknown): boolean {
  return typeof file === "object" && file !== null && "format" in file && file.format === CONTINUUM_FORMAT;
}

function isGrid(model: Subject): model is Verified {
  return "environment" in model && !("surplus" in model.environment);
}

function verifiedForAllTypes(file: unknown, model: Subject, wanted: kernel.Wanted): kernel.Verification {
  const environment = continuousEnvironmentOf(model);
  const digest = continuousDigest(environment);
  const verification = verifyContinuumAnswer(file, { environment, digest }, wanted);
  if (!verification.verified) return verification;
  const { question, claim } = verification;
  const proved = claim.infeasible || claim.lower !== undefined || claim.upper !== undefined;
  return { verified: true, question, judgement: { ...claim, findings: [] }, proved };
}

function subject({ environment, givenRule, digest }: Verified) {
  return { environment, givenRule, digest: digest ?? environmentDigest(environment, givenRule) };
}
