import { readAnswerFile } from "./certificate/answer-file.js";
import { environmentDigest } from "./environment/digest.js";
import type { Environment } from "./environment/environment.js";
import type { AllocationRule } from "./environment/lottery.js";
import * as kernel from "./kernel/verify.js";
import type { Progress } from "./progress/progress.js";

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
  model: Verified,
  wanted: kernel.Wanted = {},
): kernel.Verification {
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

function subject({ environment, givenRule, digest }: Verified) {
  return { environment, givenRule, digest: digest ?? environmentDigest(environment, givenRule) };
}
