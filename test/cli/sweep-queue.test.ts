import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { version } from "../../src/version.js";
import { randomPriors } from "../sweep/specifications.js";
import { mechlp, scratch } from "./command.js";
import { hasRedis, RedisServer } from "./redis.js";

const many = { ...randomPriors, draws: 5 };
const POINTS = 40;

describe.skipIf(!hasRedis)("a sweep through a queue", () => {
  const files = scratch();
  const started: ChildProcess[] = [];
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.started(files.path("."));
  });
  afterAll(async () => {
    for (const child of started) child.kill("SIGKILL");
    await redis.stop();
  });

  /** A process of the built command. */
  function start(...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [inject("builtCommand"), ...args], { stdio: "ignore" });
    started.push(child);
    return child;
  }
  const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once("exit", resolve));
  const worker = () => start("worker", "--queue", redis.address, "--concurrency", "1");
  const pointsIn = (file: string) =>
    existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 2 : 0;
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it("loses nothing where workers, the server and the sweep itself are ended: the same bytes as without any of that", async () => {
    const specification = files.write("many.json", many);
    const out = files.path("queued.jsonl");
    const sweep = () => start("sweep", specification, "--out", out, "--queue", redis.address);
    const first = sweep();
    const [one] = [worker(), worker()];
    await until(() => pointsIn(out) >= 5);
    // In the midst of a point.
    one.kill("SIGKILL");
    await until(() => pointsIn(out) >= 10);
    await redis.stop("SIGKILL");
    await redis.start();
    await until(() => pointsIn(out) >= 20);
    first.kill("SIGKILL");
    await ended(first);
    const second = sweep();
    expect(await ended(second)).toBe(0);
    expect(pointsIn(out)).toBe(POINTS);
    await mechlp(["sweep", specification, "--out", files.path("whole.jsonl")]);
    expect(readFileSync(out, "utf8")).toBe(readFileSync(files.path("whole.jsonl"), "utf8"));
  });

  it("leaves points to workers of their version: any other ends with one clear message", async () => {
    const queue = new Queue("mechlp-work", { connection: { url: redis.address } });
    for (const child of started) child.kill("SIGKILL");
    await queue.obliterate({ force: true });
    const data = {
      version: "9.9.9",
      point: 1,
      task: { instance: {}, ask: {} },
      results: "mechlp-results-none",
    };
    await queue.add("point", data, { jobId: "none-1" });
    const run = await mechlp(["worker", "--queue", redis.address]);
    expect(run.status).toBe(2);
    expect(run.stderr).toBe(
      `mechlp: --queue: points for mechlp 9.9.9, where this is mechlp ${version}; expected workers of the version that put them there\n`,
    );
    expect(await queue.getWaitingCount()).toBe(1);
    await queue.obliterate({ force: true });
    await queue.close();
  });

  it("at an address where no queue is, is one clear message", async () => {
    const specification = files.write("priors.json", randomPriors);
    for (const [address, found] of [
      ["redis://127.0.0.1:1", "127.0.0.1:1: nothing that answers there"],
      ["http://localhost", "http://localhost"],
      ["localhost", "localhost"],
    ]) {
      for (const args of [["sweep", specification], ["worker"]]) {
        const run = await mechlp([...args, "--queue", address]);
        expect(run.stderr).toBe(
          `mechlp: --queue: ${found}; expected the address of a Redis server, such as redis://HOST:6379\n`,
        );
        expect(run.status).toBe(2);
      }
    }
  });
});
