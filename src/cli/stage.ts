import { parentPort } from "node:worker_threads";

/** What the thread that solves tells the one that watches. */
export interface StageReport {
  readonly stage: string;
  /** What is known of the optimum so far, in words. */
  readonly known?: string;
}

/** Tells the watching thread, where there is one, what is being done. */
export function reportStage(report: StageReport): void {
  parentPort?.postMessage(report);
}
