import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Job, Outcome } from "./pool-thread.js";

/** By which a thread knows that it is one of the pool. */
export interface PoolThread {
  readonly pool: true;
}

/**
 * Works in as many threads as there are processors. `next` gives the next job, undefined once none is left that is not begun; `done` is told
 * of each as it ends. Rejects with what a thread throws.
 */
export function inThreads<Own extends Job>(
  next: () => Own | undefined,
  done: (job: Own, outcome: Outcome<Own>) => void,
): Promise<void> {
  // The script that this thread runs, too.
  const program = pathToFileURL(process.argv[1]);
  const threads = Array.from({ length: availableParallelism() }, async () => {
    for (let job = next(), worker: Worker | undefined; job || worker; job = next()) {
      if (!job) return void (await worker!.terminate());
      worker ??= new Worker(program, { workerData: { pool: true } satisfies PoolThread });
      done(job, await answered(worker, job));
    }
  });
  return Promise.all(threads).then(() => {});
}

function answered<Own extends Job>(worker: Worker, job: Own): Promise<Outcome<Own>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", hear);
      worker.off("error", fail);
      act();
    };
    const hear = (outcome: Outcome<Own>) => settle(() => resolve(outcome));
    const fail = (fault: Error) => settle(() => reject(fault));
    worker.on("message", hear);
    worker.on("error", fail);
    worker.postMessage(job);
  });
}
