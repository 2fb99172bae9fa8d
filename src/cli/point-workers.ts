import { realpathSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { Pool } from "../sweep/pool.js";

/** What a thread of this program is given where it is to evaluate points. */
export const POINTS = "points";

/** Threads of this program that evaluate points. */
export function pointWorkers(concurrency: number | undefined): Pool {
  const program = realpathSync(process.argv[1]);
  const worker = (memory = UNLIMITED) =>
    new Worker(program, {
      workerData: POINTS,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
  return new Pool({ concurrency, worker });
}

/** More than any machine has. */
const UNLIMITED = 1 << 16;
