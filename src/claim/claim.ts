import type { Trial } from "./trial.js";

export type ClaimKind = "construction" | "theorem" | "figure";

/** A row of the ledger: what a paper constructs, proves or prints, and how that is tested. */
export interface Claim {
  /** The paper's two letters and a short name: `LN-53`. */
  readonly id: string;
  readonly kinds: readonly ClaimKind[];
  /** Where in the paper: `Section 5.2, example`. */
  readonly place: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** What the paper says, in a sentence or two. */
  readonly says: string;
  /** What the paper assumes there. */
  readonly assumes: string;
  /** How it was read where the text leaves that open, one reading a sentence. */
  readonly readings?: readonly string[];
  /** Tests the claim; what it finds is written down by the trial. */
  test(trial: Trial): void | Promise<void>;
}

/** The claims of one text. */
export interface Paper {
  /** By which its claims' names begin: `LN`. */
  readonly key: string;
  /** As docs/references.md has it. */
  readonly source: string;
  readonly claims: readonly Claim[];
}
