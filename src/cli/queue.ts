import type { Redis } from "ioredis";
import { InputError } from "../fault/input-error.js";
import type { Evaluated } from "../sweep/evaluate.js";
import type { PointTask } from "../sweep/plan.js";

/** The queue at which workers of all machines wait for points. */
export const WORK = "mechlp-work";

/** A point at the queue. */
export interface QueuedPoint {
  readonly version: string;
  readonly point: number;
  readonly task: PointTask;
  /** The queue that what became of it is put into. */
  readonly results: string;
}

/** What became of a point, at the queue of its sweep. */
export interface QueuedResult extends Pick<Evaluated, "outcome" | "proof"> {
  readonly point: number;
}

/** Nothing stays at a queue that has been taken from it. */
export const TAKEN = { removeOnComplete: true, removeOnFail: true } as const;

/** The same as workers have it. */
export const TAKEN_BY_WORKERS = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } } as const;

/**
 * A point whose worker has not been heard of for so many milliseconds is given to another, and so often; then it has failed. Workers
 * compute in threads, so that they are heard of however long a point takes.
 */
export const PATIENCE = { lockDuration: 10_000, stalledInterval: 10_000, maxStalledCount: 3 } as const;

const EXPECTED = "the address of a Redis server, such as redis://HOST:6379";
/** Milliseconds in which it must answer at first. */
const FIRST_ANSWER = 5000;
/** Most milliseconds between two attempts to reach it again. */
const RETRY = 1000;

/** What queues are made of: packages that are there only where somebody has installed them. */
export async function queueEngine() {
  try {
    const [{ Queue, QueueEvents, WaitingError, Worker }, { Redis }] = await Promise.all([
      import("bullmq"),
      import("ioredis"),
    ]);
    return { Queue, QueueEvents, WaitingError, Worker, Redis };
  } catch {
    throw new InputError(
      "--queue",
      "no bullmq or no ioredis, which are optional packages",
      "both: npm install bullmq ioredis",
    );
  }
}

/**
 * A server that answers. Later it may be away for a while, and is waited for. Throws InputError where nothing answers, or it is no
 * server that can be used.
 */
export async function connectedTo(address: string): Promise<Redis> {
  const host = hostOf(address);
  const { Redis } = await queueEngine();
  let isKnown = false;
  let complaint: Error | undefined;
  const client = new Redis(address, {
    lazyConnect: true,
    connectTimeout: FIRST_ANSWER,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isKnown ? Math.min(100 * times, RETRY) : null),
  });
  client.on("error", (fault: Error) => {
    complaint ??= fault;
  });
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    clock = setTimeout(() => reject(new Error("no answer")), FIRST_ANSWER);
  });
  try {
    await Promise.race([client.connect().then(() => client.info("server")), late]);
    if (complaint) throw complaint;
    isKnown = true;
    return client;
  } catch (fault) {
    client.disconnect();
    const { code, message } = (complaint ?? fault) as NodeJS.ErrnoException;
    throw new InputError("--queue", `${host}: ${REASONS[code ?? ""] ?? message}`, EXPECTED);
  } finally {
    clearTimeout(clock);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing that answers there",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "no such host, as far as is known",
  ETIMEDOUT: "no answer",
  ECONNRESET: "an answer that is none",
};

/** The host, without user and password. */
function hostOf(address: string): string {
  try {
    const { protocol, host } = new URL(address);
    if (/^rediss?:$/.test(protocol) && host !== "") return host;
  } catch {
    // Told below.
  }
  throw new InputError("--queue", address, EXPECTED);
}
