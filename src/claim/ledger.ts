import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Claim, Paper } from "./claim.js";
import { type ClaimFinding, verdictOf } from "./finding.js";
import { papers } from "./registry.js";
import { Trial, type TrialOptions } from "./trial.js";

/** A claim with the paper that it is from. */
export interface Entry {
  readonly paper: Paper;
  readonly claim: Claim;
}

/** Every claim, in the order of the ledger. */
export const entries: readonly Entry[] = papers.flatMap((paper) =>
  paper.claims.map((claim) => ({ paper, claim })),
);

/** The claims that are named, a paper's key standing for all of its; all where none are. Throws InputError for a name that is none. */
export function entriesNamed(names: readonly string[]): readonly Entry[] {
  if (names.length === 0) return entries;
  const wanted = names.flatMap((name) => {
    const found = entries.filter(({ paper, claim }) => name === claim.id || name === paper.key);
    if (found.length > 0) return found;
    const known = [...papers.map(({ key }) => key), ...entries.map(({ claim }) => claim.id)];
    throw unknownName("", "claim", name, known);
  });
  return entries.filter((entry) => wanted.includes(entry));
}

/** Tests a claim. A test that cannot be carried out is an error of the ledger, and told. */
export async function findingOf(claim: Claim, options: TrialOptions = {}): Promise<ClaimFinding> {
  const trial = new Trial(options);
  const { id } = claim;
  options.progress?.stage(`testing ${id}`);
  try {
    await claim.test(trial);
    const { checks, letter } = trial;
    return { id, verdict: verdictOf(checks), checks, letter };
  } catch (fault) {
    const { checks, letter } = trial;
    const words = fault instanceof Error ? fault.message : String(fault);
    // A construction that refuses an instance of the ledger's is told as it is.
    const told = fault instanceof InputError ? `an instance of the ledger was refused: ${words}` : words;
    return { id, verdict: "in error", checks, letter, fault: told };
  }
}
