import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, inject, it } from "vitest";
import type { Result } from "../../src/sweep/result.js";
import { sweep } from "../../src/sweep/sweep.js";
import { partners, randomPriors } from "./specifications.js";

/** The script as it is built: threads read no TypeScript. */
const script = join(dirname(inject("builtCommand")), "../src/sweep/thread.js");
const worker = () => new Worker(script);

describe("sweep of the library", () => {
  it("yields every point once, whatever the number of workers, and tells how far it is", async () => {
    const results: Result[] = [];
    const told: number[] = [];
    const onPoint = (_: Result, { done, of }: { done: number; of: number }) => told.push(done / of);
    for await (const result of sweep(partners, { concurrency: 2, worker, onPoint })) results.push(result);
    expect(told).toEqual(Array.from({ length: 10 }, (_, k) => (k + 1) / 10));
    results.sort((a, b) => a.point - b.point);
    expect(results.map(({ point }) => point)).toEqual(Array.from({ length: 10 }, (_, k) => k + 1));
    const one: Result[] = [];
    for await (const result of sweep(partners, { concurrency: 1, worker })) one.push(result);
    expect(one).toEqual(results);
  });

  it("ends at a signal, and where nobody asks for more", async () => {
    const stop = new AbortController();
    let count = 0;
    for await (const _ of sweep(randomPriors, { concurrency: 2, worker, signal: stop.signal })) {
      count++;
      if (count === 3) stop.abort();
    }
    // What was finished by then is not lost.
    expect(count).toBeGreaterThanOrEqual(3);
    expect(count).toBeLessThan(24);
    for await (const { point } of sweep(randomPriors, { concurrency: 2, worker })) {
      expect(point).toBeGreaterThan(0);
      break;
    }
  });

  it("refuses a specification of which no point can be", async () => {
    const none = sweep({ instance: { model: "partners" }, vary: { n: [1, 2] } }, { worker });
    await expect(none.next()).rejects.toThrow('instance.model: the unknown family "partners"');
  });
});
