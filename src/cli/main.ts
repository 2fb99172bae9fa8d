#!/usr/bin/env node
import { isMainThread, workerData } from "node:worker_threads";
import type { PoolThread } from "./thread-pool.js";

/** Commands that may take long. */
const LONG = new Set(["solve", "check", "verify", "construct", "compare", "window", "table", "reproduce"]);

// Neither solvers nor exact arithmetic give way: long work runs in a thread of its own, so that this one can show progress, keep
// limits and answer Ctrl-C. Nothing else is loaded here, so that it starts at once.
if (isMainThread && LONG.has(process.argv[2])) {
  const { supervise } = await import("./supervise.js");
  process.exitCode = await supervise(new URL(import.meta.url), process.argv.slice(2));
} else if (workerData === "points") {
  const { servePoints } = await import("../sweep/serve.js");
  servePoints();
} else if (!isMainThread && (workerData as Partial<PoolThread> | null)?.pool) {
  (await import("./pool-thread.js")).doJobs();
} else {
  const { runCommandLine } = await import("./command-line.js");
  await runCommandLine();
}
