/** Whoever watches long work: told what is being done, and how far it is. No method may take long. */
export interface Progress {
  /** What is done from now on, in words that may follow "while": `solving by direct`. */
  stage(words: string): void;
  /** How much of it is done: `done(4200, "simplex iterations")`. May be called very often. */
  done(count: number, of: string): void;
}

/** Asks long work to stop as soon as it can; an AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
  /** Why, in words, where it is known. */
  readonly reason?: unknown;
}

/** Why work was stopped, in words. */
export function stopReason({ reason }: StopSignal): string {
  return typeof reason === "string" ? reason : "stopped by the caller";
}
