import type { Progress } from "./progress.js";

/** Milliseconds between two reports of how much is done. */
const BETWEEN_REPORTS = 100;

/** Every stage, and of what is done only so much as somebody can follow. */
export function throttled(progress: Progress): Progress {
  let reported = Number.NEGATIVE_INFINITY;
  return {
    stage: (words) => progress.stage(words),
    done(count, of) {
      const now = performance.now();
      if (now - reported < BETWEEN_REPORTS) return;
      reported = now;
      progress.done(count, of);
    },
  };
}
