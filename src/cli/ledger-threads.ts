import { availableParallelism } from "node:os";
import { parentPort, Worker } from "node:worker_threads";
import type { ClaimFinding } from "../claim/finding.js";
import { entries, findingOf } from "../claim/ledger.js";

/** What a thread that tests claims is told, and what it answers. */
interface Task {
  readonly id: string;
  readonly quick: boolean;
}

/** By which a thread knows that it is there to test claims. */
export interface LedgerThread {
  readonly ledger: true;
}

/** Tests claims in as many threads as there are processors; `done` is told of every one as it is found. */
export function testedClaims(
  program: URL,
  tasks: readonly Task[],
  done: (finding: ClaimFinding) => void,
): Promise<void> {
  const waiting = [...tasks];
  const threads = Array.from(
    { length: Math.min(availableParallelism(), tasks.length) },
    () =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(program, { workerData: { ledger: true } satisfies LedgerThread });
        const next = () => {
          const task = waiting.shift();
          if (task) worker.postMessage(task);
          else void worker.terminate().then(() => resolve());
        };
        worker.on("error", reject);
        worker.on("message", (finding: ClaimFinding) => {
          done(finding);
          next();
        });
        next();
      }),
  );
  return Promise.all(threads).then(() => {});
}

/** Answers every task that comes, in a thread that is there for that. */
export function answerClaims(): void {
  parentPort!.on("message", async ({ id, quick }: Task) => {
    const { claim } = entries.find((entry) => entry.claim.id === id)!;
    parentPort!.postMessage(await findingOf(claim, { quick }));
  });
}
