import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { Pool } from "../../src/sweep/pool.js";

/** A worker that does what its tasks say. */
const script = `
  const { parentPort } = require("node:worker_threads");
  parentPort.postMessage("ready");
  parentPort.on("message", ({ task: { instance } }) => {
    if (instance === "die") process.exit(3);
    if (instance === "fill") for (const all = []; ; ) all.push(new Array(1e5).fill({}));
    if (instance === "know") parentPort.postMessage({ known: { key: "k", verdict: "undecided" } });
    if (instance === "know" || instance === "hang") return;
    parentPort.postMessage({ outcome: { failure: instance } });
  });`;

function poolOf(concurrency: number) {
  let started = 0;
  const worker = (memory = 64) => {
    started++;
    return new Worker(script, { eval: true, resourceLimits: { maxOldGenerationSizeMb: memory } });
  };
  return { pool: new Pool({ concurrency, worker }), started: () => started };
}

it("a worker that dies takes its point with it, and no other", async () => {
  const { pool, started } = poolOf(2);
  const outcomes = await Promise.all(
    ["a", "die", "b", "fill", "c"].map((instance) => pool.run({ instance, ask: {} })),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    { failure: "a" },
    { failure: "the worker died: the worker ended with status 3" },
    { failure: "b" },
    { failure: "the worker ran out of memory" },
    { failure: "c" },
  ]);
  expect(started()).toBeLessThanOrEqual(4);
  expect((await pool.run({ instance: "fill", ask: {}, memory: 32 })).outcome).toEqual({
    failure: "memory limit of 32 MiB",
  });
  pool.end();
});

it("a point that keeps no limit of time is ended with what was proved by then", async () => {
  const { pool } = poolOf(2);
  const run = (instance: string) => pool.run({ instance, ask: {}, seconds: 0.01 });
  const [known, unknown] = await Promise.all([run("know"), run("hang")]);
  expect(known.outcome).toEqual({ key: "k", verdict: "undecided", shortfall: "time limit of 0.01 s" });
  expect(unknown.outcome).toEqual({ failure: "time limit of 0.01 s" });
  pool.end();
});

it("workers that cannot be started are a fault of the sweep, and not of its points", async () => {
  const pool = new Pool({
    concurrency: 1,
    worker: () => new Worker("throw new Error('no such script')", { eval: true }),
  });
  await expect(pool.run({ instance: {}, ask: {} })).rejects.toThrow("no such script");
  pool.end();
});
