import type { Job } from "bullmq";
import type { Command } from "commander";
import { InputError } from "../fault/input-error.js";
import { plural } from "../number/count-text.js";
import { version } from "../version.js";
import { pointWorkers } from "./point-workers.js";
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
import { whole } from "./sweep-flags.js";
import { print } from "./terminal.js";
import { SIGNALS } from "./writing.js";

/** Milliseconds in which points in hand may be finished once the worker is to end; those that are not go back. */
const GRACE = 1500;
const EXIT_INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

interface WorkerFlags {
  readonly queue: string;
  readonly concurrency?: number;
}

/** `mechlp worker --queue redis://HOST:6379` */
export function addWorkerCommand(program: Command): void {
  program
    .command("worker")
    .summary("Works for sweeps on other machines.")
    .description("Answers the points that `mechlp sweep --queue` puts into a queue, until Ctrl-C.")
    .requiredOption("--queue <url>", "the Redis server of the queue: redis://HOST:6379")
    .option(
      "--concurrency <count>",
      "points at once (default: one for each processor)",
      whole("--concurrency"),
    )
    .action(work);
}

async function work({ queue, concurrency }: WorkerFlags): Promise<void> {
  const client = await connectedTo(queue);
  const { Queue, WaitingError, Worker } = await queueEngine();
  const pool = pointWorkers(concurrency);
  const results = new Map<string, InstanceType<typeof Queue<QueuedResult>>>();
  const inHand = new Map<Job<QueuedPoint>, string>();
  let done = 0;
  let end: (why: InputError | Error | undefined) => void = () => {};
  const ended = new Promise<InputError | Error | undefined>((resolve) => {
    end = resolve;
  });

  const worker = new Worker<QueuedPoint>(WORK, answer, {
    connection: client.duplicate(),
    name: version,
    concurrency: pool.size,
    ...PATIENCE,
    ...TAKEN_BY_WORKERS,
  });
  // Connections that break are made again.
  worker.on("error", () => {});

  async function answer(job: Job<QueuedPoint>, token = ""): Promise<void> {
    const { data } = job;
    inHand.set(job, token);
    try {
      if (data.version !== version)
        throw new InputError(
          "--queue",
          `points for mechlp ${data.version}, where this is mechlp ${version}`,
          "workers of the version that put them there",
        );
      const { outcome, proof } = await pool.run(data.task);
      const result = { point: data.point, outcome, ...(proof && { proof }) };
      await resultsAt(data.results).add("result", result, { jobId: `point-${data.point}` });
      done++;
    } catch (fault) {
      // What is wrong with this worker is nothing that is wrong with the point: another one shall have it.
      end(fault instanceof Error ? fault : new Error(String(fault)));
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      inHand.delete(job);
    }
  }

  function resultsAt(name: string) {
    const known = results.get(name);
    if (known) return known;
    const own = new Queue<QueuedResult>(name, { connection: client, defaultJobOptions: TAKEN });
    own.on("error", () => {});
    results.set(name, own);
    return own;
  }

  let signalled: (typeof SIGNALS)[number] | undefined;
  const hear = (signal: (typeof SIGNALS)[number]) => {
    if (signalled) process.exit(EXIT_INTERRUPTED[signal]);
    signalled = signal;
    end(undefined);
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  await print(`a worker of mechlp ${version} with ${plural(pool.size, "thread")}; Ctrl-C ends it\n`);
  const fault = await ended;
  await Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, GRACE))]);
  for (const [job, token] of inHand) await job.moveToWait(token).catch(() => {});
  pool.end();
  client.disconnect();
  await print(`${plural(done, "point")} done\n`);
  if (fault instanceof InputError) process.stderr.write(`mechlp: ${fault.message}\n`);
  else if (fault) process.stderr.write(`mechlp: the worker cannot go on: ${fault.message}\n`);
  process.exit(signalled ? EXIT_INTERRUPTED[signalled] : fault instanceof InputError ? 2 : 70);
}
