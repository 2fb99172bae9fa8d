/** A worker of a browser, or of Node's `worker_threads`. */
export type AnyWorker = Worker | ThreadOfNode;

/** What is used of a worker of Node. */
interface ThreadOfNode {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "error", listener: (fault: Error) => void): unknown;
  on(event: "exit", listener: (status: number) => void): unknown;
  terminate(): unknown;
  ref(): void;
  unref(): void;
}

/** Starts a thread that serves HiGHS. Bundlers know this way to name a script. */
export function startThread(): AnyWorker {
  const threads = threadsOfNode();
  if (!threads) return new Worker(new URL("./thread.js", import.meta.url), { type: "module" });
  // In two steps, or bundlers would put a second copy beside the one for browsers.
  const script = "./thread.js";
  // What a question needs is not for the thread to limit; and flags of the process, as `--input-type`, are not meant for it.
  const options = { resourceLimits: { maxOldGenerationSizeMb: 1 << 16 }, execArgv: [] };
  return new threads.Worker(new URL(script, import.meta.url), options);
}

/** Hears what a worker says, and how it fails. */
export function listen(
  worker: AnyWorker,
  hear: (message: unknown) => void,
  fail: (fault: Error) => void,
): void {
  if ("on" in worker) {
    worker.on("message", hear);
    worker.on("error", fail);
    worker.on("exit", (status: number) => fail(new Error(`the worker ended with status ${status}`)));
    return;
  }
  worker.onmessage = ({ data }) => hear(data);
  worker.onmessageerror = () => fail(new Error("the worker's answer cannot be read"));
  // Where the script itself cannot be loaded the event says nothing.
  worker.onerror = ({ message }) => fail(new Error(message || "the worker's script cannot be loaded"));
}

/** How a worker's own script hears and answers. Throws where it is no worker. */
export function ownPort(): {
  post(message: unknown): void;
  listen(hear: (message: unknown) => void): void;
} {
  const parent = threadsOfNode()?.parentPort;
  if (parent) {
    return { post: (message) => parent.postMessage(message), listen: (hear) => parent.on("message", hear) };
  }
  if (typeof globalThis.postMessage !== "function" || globalThis.document !== undefined) {
    throw new Error("serve is for the script of a worker");
  }
  return {
    // In a page the function of this name wants an origin; in a worker it does not.
    post: (message) => (globalThis.postMessage as (message: unknown) => void)(message),
    listen: (hear) => {
      globalThis.addEventListener("message", ({ data }) => hear(data));
    },
  };
}

/** Node's threads, where this is Node and has no workers as browsers have them: found without an import, which no browser could load. */
export function threadsOfNode() {
  if (typeof Worker !== "undefined") return undefined;
  return globalThis.process?.getBuiltinModule?.("node:worker_threads");
}
