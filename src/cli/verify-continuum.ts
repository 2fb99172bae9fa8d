import { CONTINUUM_FORMAT, readContinuumAnswer } from "../continuum/answer-file.js";
import { type ContinuumVerification, verifyContinuumAnswer } from "../continuum/verify.js";
import type { ContinuousInstance } from "../instance/continuous-instance.js";
import { exactDocument } from "../json/exact-document.js";
import { continuumVerificationJson } from "../report/continuum-json.js";
import { continuumClaimText, explainedContinuum, verifiedContinuum } from "../report/continuum-text.js";
import { textDocument } from "../report/text-document.js";
import { inFile } from "./file-fault.js";
import { askedBy } from "./instance-file.js";
import { print, terminalScreen, terminalStyle } from "./terminal.js";

/** Whether a file's first part says that its answer is about continuous types. */
export function isContinuumAnswer(text: string): boolean {
  return text.includes(`"${CONTINUUM_FORMAT}"`);
}

/** `mechlp verify INSTANCE ANSWER` of an answer about continuous types. */
export async function verifyContinuum(
  instance: ContinuousInstance,
  path: string,
  chunks: Iterable<Uint8Array>,
  flags: { readonly json?: boolean },
): Promise<void> {
  const verification = inFile(path, () =>
    verifyContinuumAnswer(exactDocument(chunks), instance, askedBy(flags)),
  );
  if (!verification.verified) process.exitCode = 1;
  if (flags.json) await print(`${JSON.stringify(continuumVerificationJson(verification))}\n`);
  else if (verification.verified)
    await print(textDocument(verifiedContinuum(verification), terminalScreen()));
  else await printRefuted(verification);
}

/** `mechlp explain [INSTANCE] ANSWER` of an answer about continuous types: without the instance no more than what it claims. */
export async function explainContinuum(
  instance: ContinuousInstance | undefined,
  path: string,
  chunks: Iterable<Uint8Array>,
): Promise<void> {
  const file = inFile(path, () => exactDocument(chunks));
  if (!instance) {
    const claimed = inFile(path, () => readContinuumAnswer(file));
    await print(textDocument(continuumClaimText(claimed), terminalScreen()));
    return;
  }
  const verification = inFile(path, () => verifyContinuumAnswer(file, instance));
  if (verification.verified) {
    await print(textDocument(explainedContinuum(instance, verification), terminalScreen()));
    return;
  }
  process.exitCode = 1;
  await printRefuted(verification);
}

function printRefuted({ fault }: ContinuumVerification & { verified: false }): Promise<void> {
  const { bold, bad } = terminalStyle();
  return print(`${bold(bad("refuted"))}: ${fault}\n`);
}
