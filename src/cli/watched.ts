import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Progress, StopSignal } from "../progress/progress.js";
import type { KnownSoFar } from "./known-so-far.js";
import type { Part } from "./writing.js";

/** What the thread that works tells the one that watches. */
export type Report =
  | { readonly kind: "stage"; readonly words: string }
  | { readonly kind: "done"; readonly count: number; readonly of: string }
  /** What is known of the optimum so far. */
  | { readonly kind: "known"; readonly known: KnownSoFar }
  /** A file is being written under another name, is whole and about to take its own, or has gone from under the other. */
  | ({ readonly kind: "part" | "whole" } & Part)
  | { readonly kind: "gone"; readonly part: string }
  /** An answer lies ready under another name, to be left under its own (`path`) if the work is cut short; in place of any before it. */
  | ({ readonly kind: "standby"; readonly path: string } & Part)
  /** What a flag asks for is written. */
  | { readonly kind: "written"; readonly flag: string }
  /** The next of standard input is wanted. */
  | { readonly kind: "input" };

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

/** Memory that both threads see: why work is to be stopped, who says how it ended, and how much of the input has come. */
export const SHARED = { stop: 0, answer: 1, input: 2, length: 3 } as const;

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

/** What the watching thread gives the working one. */
export interface Watch {
  readonly shared: Int32Array;
  /** Where standard input arrives. */
  readonly input: MessagePort;
}

const watch = workerData as Partial<Watch> | null;
const shared = watch?.shared;

/** What comes from standard input: bytes, its end, or the fault that ended it. */
export type Input = Uint8Array | undefined | { readonly code: string };

/** Waits for the next of standard input, which the watching thread reads: reading it here could not be stopped. */
export function nextInput({ shared, input }: Watch): Input {
  const before = Atomics.load(shared, SHARED.input);
  report({ kind: "input" });
  for (;;) {
    const came = receiveMessageOnPort(input);
    if (came) return came.message as Input;
    Atomics.wait(shared, SHARED.input, before);
  }
}

/** The watching thread, where there is one. */
export function watching(): Watch | undefined {
  return watch?.shared && watch.input ? { shared: watch.shared, input: watch.input } : undefined;
}

/** Whether the watching thread wants the work to end, and why. It needs no message, which busy work would not hear. */
export const watchedSignal: StopSignal = {
  get aborted() {
    return shared !== undefined && Atomics.load(shared, SHARED.stop) > 0;
  },
  get reason() {
    return shared && STOP_REASONS[Atomics.load(shared, SHARED.stop)];
  },
};
