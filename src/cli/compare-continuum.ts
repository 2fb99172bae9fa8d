import { compareContinuum } from "../comparison/compare-continuum.js";
import { designContinuumFor } from "../continuum/design-continuum.js";
import { InputError } from "../fault/input-error.js";
import { compareContinuumJson } from "../report/compare-continuum-json.js";
import { compareContinuumDocument } from "../report/compare-continuum-text.js";
import { faultIn } from "./file-fault.js";
import { askedBy, askedIn, inFlag, loadContinuousInstance } from "./instance-file.js";
import { type OutputFlags, printDocument } from "./output-flags.js";
import { print } from "./terminal.js";
import { watchedProgress, watchedSignal } from "./watched.js";

/** `mechlp compare INSTANCE [NAMES...] --continuum`: proofs and counterexamples for all types, beside what is proved of the optimum. */
export async function compareEveryType(
  path: string,
  names: readonly string[],
  flags: OutputFlags,
): Promise<void> {
  const { name, environment, question } = loadContinuousInstance(path);
  const asked = askedIn(question, flags);
  const options = { progress: watchedProgress, signal: watchedSignal };
  const best = await designContinuumFor(environment, asked, options).catch((fault: unknown) => {
    // Where no method answers the question, constructions are compared all the same.
    if (fault instanceof InputError && fault.path === "") return { reason: fault.found };
    throw inFlag(fault, askedBy(flags)) ?? faultIn(path, fault);
  });
  const comparison = compareContinuum(environment, asked, names, { progress: watchedProgress });
  const shown = { name, comparison, best };
  if (flags.json) await print(`${JSON.stringify(compareContinuumJson(shown))}\n`);
  else await printDocument(compareContinuumDocument(shown), flags);
}
