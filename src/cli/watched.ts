import { parentPort, workerData } from "node:worker_threads";
import type { Progress, StopSignal } from "../progress/progress.js";
import type { KnownSoFar } from "./known-so-far.js";

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

/** Memory that both threads see: why work is to be stopped, and who says how it ended. */
export const SHARED = { stop: 0, answer: 1, length: 2 } as const;

const NOBODY = 0;
const WORKING_THREAD = 1;
const WATCHING_THREAD = 2;

/** Whether the watching thread may say how the work ended: not once its answer is being printed. */
export function mayEndWork(memory: Int32Array): boolean {
  return Atomics.compareExchange(memory, SHARED.answer, NOBODY, WATCHING_THREAD) !== WORKING_THREAD;
}

/** Called before an answer is printed. Never returns where the watching thread has said how the work ended. */
export function claimAnswer(): void {
  if (!shared) return;
  Atomics.compareExchange(shared, SHARED.answer, NOBODY, WORKING_THREAD);
  Atomics.wait(shared, SHARED.answer, WATCHING_THREAD);
}

const shared = (workerData as { readonly shared?: Int32Array } | null)?.shared;

/** Whether the watching thread wants the work to end, and why. It needs no message, which busy work would not hear. */
export const watchedSignal: StopSignal = {
  get aborted() {
    return shared !== undefined && Atomics.load(shared, SHARED.stop) > 0;
  },
  get reason() {
    return shared && STOP_REASONS[Atomics.load(shared, SHARED.stop)];
  },
};
