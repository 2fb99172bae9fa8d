import { type HighsConfiguration, highsConfiguration } from "../solver/highs-runtime.js";
import { type AnyWorker, listen, threadsOfNode } from "../worker/port.js";
import type { Evaluated } from "./evaluate.js";
import type { PointTask } from "./plan.js";
import type { Found } from "./result.js";
import type { PointReply, PointRequest } from "./serve.js";

/** How many workers there are, and where they come from. */
export interface PoolOptions {
  /** How many workers there are at most; as many as the machine has processors when absent. */
  readonly concurrency?: number;
  /**
   * Starts a worker whose script calls `servePoints`, where the one that comes with mechlp cannot be found at its address. In Node it
   * is to end when its objects take more mebibytes than `memory`.
   */
  readonly worker?: (memory: number | undefined) => AnyWorker;
}

interface Job {
  readonly task: PointTask;
  readonly resolve: (evaluated: Evaluated) => void;
  readonly reject: (fault: Error) => void;
}

interface Thread {
  readonly worker: AnyWorker;
  readonly memory: number | undefined;
  isReady: boolean;
  job?: Job;
  /** What is proved of its point by now. */
  known?: Found | undefined;
  clock?: ReturnType<typeof setTimeout>;
  highs?: HighsConfiguration;
}

/** A point that keeps no limit of time by itself is ended after so much of it, and milliseconds besides. */
const [PATIENCE, GRACE] = [1.1, 2000];

/** Workers, each of which evaluates a point at a time; one that dies is replaced, and its point has failed. */
export class Pool {
  /** How many workers there are at most. */
  readonly size: number;
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];
  private isEnded = false;

  constructor(private readonly options: PoolOptions) {
    this.size = options.concurrency ?? processors();
  }

  /** What becomes of a point. Rejects where workers cannot be started. */
  run(task: PointTask): Promise<Evaluated> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.handOut();
    });
  }

  /** Ends all workers; points in hand come to nothing. */
  end(): void {
    this.isEnded = true;
    this.waiting.length = 0;
    for (const thread of this.threads) this.drop(thread);
  }

  private handOut(): void {
    for (let job = this.waiting[0]; job && !this.isEnded; job = this.waiting[0]) {
      const thread = this.threadFor(job.task);
      if (!thread) return;
      this.waiting.shift();
      this.give(thread, job);
    }
  }

  private threadFor({ memory }: PointTask): Thread | undefined {
    const free = [...this.threads].filter(({ job }) => !job);
    const fitting = free.find((thread) => thread.memory === memory);
    if (fitting) return fitting;
    if (this.threads.size >= this.size) {
      if (free.length === 0) return undefined;
      this.drop(free[0]);
    }
    return this.start(memory);
  }

  private start(memory: number | undefined): Thread {
    const { worker = startWorker } = this.options;
    const thread: Thread = { worker: worker(memory), memory, isReady: false };
    this.threads.add(thread);
    listen(
      thread.worker,
      (message) => {
        const reply = message as PointReply;
        if (reply === "ready") {
          thread.isReady = true;
          this.startClock(thread);
        } else if ("known" in reply) thread.known = reply.known;
        else this.finish(thread, reply);
      },
      (fault) => {
        if (!this.threads.has(thread)) return;
        this.drop(thread);
        if (thread.isReady) this.finish(thread, { outcome: { failure: deathOf(fault, memory) } });
        else thread.job?.reject(fault);
      },
    );
    return thread;
  }

  private give(thread: Thread, job: Job): void {
    thread.job = job;
    thread.known = undefined;
    if (thread.isReady) this.startClock(thread);
    const highs = highsConfiguration();
    const request: PointRequest = { task: job.task, ...(highs !== thread.highs && { highs }) };
    thread.highs = highs;
    thread.worker.postMessage(request);
  }

  private startClock(thread: Thread): void {
    const { seconds } = thread.job?.task ?? {};
    if (seconds === undefined) return;
    const end = () => {
      this.drop(thread);
      const { known } = thread;
      const shortfall = `time limit of ${seconds} s`;
      this.finish(thread, { outcome: known ? { ...known, shortfall } : { failure: shortfall } });
    };
    thread.clock = setTimeout(end, seconds * 1000 * PATIENCE + GRACE);
  }

  private finish(thread: Thread, evaluated: Evaluated): void {
    clearTimeout(thread.clock);
    const { job } = thread;
    thread.job = undefined;
    job?.resolve(evaluated);
    this.handOut();
  }

  private drop(thread: Thread): void {
    this.threads.delete(thread);
    clearTimeout(thread.clock);
    thread.worker.terminate();
  }
}

function deathOf(fault: Error, memory: number | undefined): string {
  const isMemory = "code" in fault && fault.code === "ERR_WORKER_OUT_OF_MEMORY";
  if (!isMemory) return `the worker died: ${fault.message}`;
  return memory === undefined ? "the worker ran out of memory" : `memory limit of ${memory} MiB`;
}

/** More than any machine has. */
const UNLIMITED = 1 << 16;

function startWorker(memory = UNLIMITED): AnyWorker {
  const threads = threadsOfNode();
  if (!threads) return new Worker(new URL("./thread.js", import.meta.url), { type: "module" });
  // In two steps, or bundlers would put a second copy beside the one for browsers.
  const script = "./thread.js";
  return new threads.Worker(new URL(script, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memory },
    execArgv: [],
  });
}

function processors(): number {
  const node = globalThis.process?.getBuiltinModule?.("node:os");
  return node?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
