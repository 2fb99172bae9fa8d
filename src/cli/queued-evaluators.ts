import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { hostname } from "node:os";
import type { Evaluated } from "../sweep/evaluate.js";
import type { Plan, PointTask } from "../sweep/plan.js";
import { failedSchema, foundSchema } from "../sweep/result.js";
import type { Evaluators } from "../sweep/sweep.js";
import { version } from "../version.js";
import {
  connectedTo,
  PATIENCE,
  type QueuedPoint,
  type QueuedResult,
  queueEngine,
  TAKEN,
  TAKEN_BY_WORKERS,
  WORK,
} from "./queue.js";

/** Half as many points as are at the queue at once, whatever the size of the sweep. */
const SIZE = 250;
/** Results that may wait for the disk together. */
const MOST_KEPT = 200;
/** Milliseconds after which a point is put into the queue again: it is there once, unless it was lost. */
const AGAIN = 30_000;
/** Milliseconds between two looks at who is there. */
const LOOK = 2000;

interface Waiting {
  readonly data: QueuedPoint;
  readonly resolve: (evaluated: Evaluated) => void;
  since: number;
}

/**
 * Workers that wait at a queue, on whatever machine. A point is delivered at least once, and again where its worker dies; its result
 * leaves the queue only once it is kept. Throws InputError where the queue cannot be used.
 */
export async function queuedEvaluators(address: string, plan: Plan, out: string): Promise<Evaluators> {
  const client = await connectedTo(address);
  const { Queue, QueueEvents, Worker } = await queueEngine();
  // The same for a sweep that goes on, another for one into another file.
  const id = createHash("sha256")
    .update(JSON.stringify([plan.digest, hostname(), realpathSync(out)]))
    .digest("hex")
    .slice(0, 16);
  const results = `mechlp-results-${id}`;
  const waiting = new Map<number, Waiting>();
  const connections = [client, client.duplicate(), client.duplicate()] as const;
  for (const connection of connections) connection.on("error", () => {});
  const work = new Queue<QueuedPoint>(WORK, { connection: client, defaultJobOptions: TAKEN });
  const events = new QueueEvents(WORK, { connection: connections[1] });
  const taker = new Worker<QueuedResult>(results, async ({ data }) => take(data), {
    connection: connections[2],
    concurrency: MOST_KEPT,
    ...PATIENCE,
    ...TAKEN_BY_WORKERS,
  });
  // Connections that break are made again.
  work.on("error", () => {});
  events.on("error", () => {});
  taker.on("error", () => {});
  const put = (data: QueuedPoint) => work.add("point", data, { jobId: `${id}-${data.point}` });

  function resolve(point: number, evaluated: Evaluated): boolean {
    const entry = waiting.get(point);
    waiting.delete(point);
    entry?.resolve(evaluated);
    return entry !== undefined;
  }

  /** Takes a result, until it is kept. One that nobody waits for has been kept already. */
  function take({ point, outcome, proof }: QueuedResult): Promise<void> | undefined {
    const read = "failure" in outcome ? failedSchema.safeParse(outcome) : foundSchema.safeParse(outcome);
    const told = read.data ?? { failure: "a worker's answer that is none" };
    let keep = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    return resolve(point, { outcome: told, ...(proof && { proof }), kept: keep }) ? kept : undefined;
  }

  events.on("failed", ({ jobId, failedReason }) => {
    const [own, point] = jobId.split("-");
    if (own === id) resolve(Number(point), { outcome: { failure: failureOf(failedReason) } });
  });

  const again = setInterval(() => {
    for (const entry of waiting.values()) {
      if (performance.now() - entry.since < AGAIN) continue;
      entry.since = performance.now();
      void put(entry.data).catch(() => {});
    }
  }, AGAIN / 3);

  let workers: number | undefined;
  let isTold = false;
  const look = setInterval(async () => {
    workers = await work.getWorkersCount().catch(() => workers);
    if (workers !== 0 || isTold || process.stderr.isTTY) return;
    isTold = true;
    process.stderr.write(`mechlp: no worker is at the queue yet; mechlp worker --queue starts one\n`);
  }, LOOK);

  return {
    size: SIZE,
    run: (task: PointTask, point: number) =>
      new Promise((resolve, reject) => {
        const data = { version, point, task, results };
        waiting.set(point, { data, resolve, since: performance.now() });
        put(data).catch(reject);
      }),
    note() {
      if (client.status !== "ready") return "the queue does not answer and is waited for";
      if (workers === undefined) return undefined;
      return workers === 0 ? "no worker is at the queue" : `${workers} at the queue`;
    },
    async end() {
      clearInterval(again);
      clearInterval(look);
      const isDone = waiting.size === 0;
      await taker.close(!isDone);
      if (isDone) await new Queue(results, { connection: client }).obliterate({ force: true });
      await Promise.all([events.close(), work.close()]);
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** What the engine says of a point that went from worker to worker, in words. */
function failureOf(reason: string): string {
  return /stalled/.test(reason)
    ? `${PATIENCE.maxStalledCount + 1} workers died or were not heard of any more while they had this point`
    : `the worker failed: ${reason}`;
}
