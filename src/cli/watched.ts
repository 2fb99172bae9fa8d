import { parentPort, workerData } from "node:worker_threads";
import type { Progress, StopSignal } from "../progress/progress.js";
import type { BoundsJson } from "../report/number-json.js";

/** What the thread that works tells the one that watches. */
export type Report =
  | { readonly kind: "stage"; readonly words: string }
  | { readonly kind: "done"; readonly count: number; readonly of: string }
  /** What is known of the optimum so far. */
  | { readonly kind: "known"; readonly known: KnownSoFar }
  /** A file is being written under another name; absent when it is whole. */
  | { readonly kind: "writing"; readonly part: string | undefined }
  /** An answer lies ready under another name, to be left under its own if the work is cut short. */
  | { readonly kind: "standby"; readonly part: string; readonly path: string };

/** What is known of an optimum, in a form that goes from thread to thread. */
export interface KnownSoFar {
  readonly verdict: "possible" | "impossible" | "undecided";
  /** `the optimum lies between 1/8 and 1/4`. */
  readonly words: string;
  readonly bounds?: BoundsJson | undefined;
}

/** Why work is to be stopped, by the number that the watching thread puts into the shared memory. */
export const STOP_REASONS = ["", "interrupted", "time limit reached", "memory limit reached"] as const;

/** Milliseconds between two reports of how much is done. */
const BETWEEN_REPORTS = 100;

/** Tells the watching thread, where there is one. */
export function report(what: Report): void {
  parentPort?.postMessage(what);
}

let reported = Number.NEGATIVE_INFINITY;

/** Progress as the watching thread is told of it. */
export const watchedProgress: Progress = {
  stage: (words) => report({ kind: "stage", words }),
  done(count, of) {
    const now = performance.now();
    if (now - reported < BETWEEN_REPORTS) return;
    reported = now;
    report({ kind: "done", count, of });
  },
};

const shared = (workerData as { readonly stop?: Int32Array } | null)?.stop;

/** Whether the watching thread wants the work to end, and why. It needs no message, which busy work would not hear. */
export const watchedSignal: StopSignal = {
  get aborted() {
    return shared !== undefined && Atomics.load(shared, 0) > 0;
  },
  get reason() {
    return shared && STOP_REASONS[Atomics.load(shared, 0)];
  },
};
