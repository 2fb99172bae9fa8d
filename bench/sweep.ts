import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What tests are too short for: `npm run bench -- sweep local`, `queue`, `tiny` and `cores`. `queue` needs Debian's redis-server. What is
 * to be shown is checked; the rest is printed.
 */

const main = join(dirname(fileURLToPath(import.meta.url)), "../bin/main.js");
const folder = mkdtempSync(join(tmpdir(), "mechlp-sweep-"));
const path = (name: string) => join(folder, name);

/** Random priors for so many draws and five questions each. */
const priors = (draws: number, types: number) => ({
  instance: {
    model: "bilateral-trade",
    parameters: {
      buyer: { points: types, distribution: { weights: "=buyer" } },
      seller: { points: types, distribution: { weights: "=seller" } },
    },
  },
  draw: {
    buyer: { of: "simplex", shape: [types], parts: 1000 },
    seller: { of: "simplex", shape: [types], parts: 1000 },
  },
  draws,
});

function written(name: string, specification: object): string {
  writeFileSync(path(name), JSON.stringify(specification));
  return path(name);
}

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()));
const run = (...args: readonly string[]) => ended(start(...args));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const bytes = (name: string) => readFileSync(path(name), "utf8");
const pointsIn = (name: string) => (existsSync(path(name)) ? bytes(name).split("\n").length - 2 : 0);

async function until(name: string, points: number): Promise<void> {
  while (pointsIn(name) < points) await pause(20);
}

function check(holds: boolean, what: string): void {
  process.stdout.write(`${holds ? "holds" : "FAILS"}: ${what}\n`);
  if (!holds) process.exitCode = 1;
}

/** 500 points, killed three times at random and gone on with. */
async function local(): Promise<void> {
  const specification = written("local.json", priors(500, 5));
  await run("sweep", specification, "--out", path("whole.jsonl"));
  for (let kill = 0, before = 0; kill < 3; kill++) {
    const sweep = start("sweep", specification, "--out", path("killed.jsonl"));
    await until("killed.jsonl", Math.min(480, before + 1 + Math.floor(Math.random() * 150)));
    await pause(Math.random() * 100);
    sweep.kill("SIGKILL");
    await ended(sweep);
    before = pointsIn("killed.jsonl");
    process.stdout.write(`killed with ${before} points in the file\n`);
  }
  await run("sweep", specification, "--out", path("killed.jsonl"));
  check(bytes("killed.jsonl") === bytes("whole.jsonl"), "500 points killed three times are the same bytes");
}

/** 500 points through Redis, with four workers of which two are killed and one is stopped for a minute, and the server restarted. */
async function queue(): Promise<void> {
  const port = 20_000 + (process.pid % 20_000);
  const address = `redis://127.0.0.1:${port}`;
  const server = () =>
    spawn(
      "redis-server",
      ["--port", `${port}`, "--dir", folder, "--appendonly", "yes", "--save", "", "--bind", "127.0.0.1"],
      {
        stdio: "ignore",
      },
    );
  let redis = server();
  await pause(1000);
  const specification = written("queue.json", priors(500, 5));
  const sweep = start("sweep", specification, "--out", path("queued.jsonl"), "--queue", address);
  const workers = Array.from({ length: 4 }, () => start("worker", "--queue", address, "--concurrency", "1"));
  await until("queued.jsonl", 60);
  workers[0].kill("SIGKILL");
  workers[1].kill("SIGSTOP");
  const stopped = pause(60_000).then(() => workers[1].kill("SIGCONT"));
  await until("queued.jsonl", 150);
  workers[2].kill("SIGKILL");
  await until("queued.jsonl", 250);
  redis.kill("SIGTERM");
  await ended(redis);
  redis = server();
  await ended(sweep);
  await run("sweep", specification, "--out", path("direct.jsonl"));
  const words =
    "500 points by four workers, two killed, one stopped for a minute, the server restarted, are the same bytes";
  check(bytes("queued.jsonl") === bytes("direct.jsonl"), words);
  await stopped;
  for (const worker of workers) worker.kill("SIGINT");
  await Promise.all(workers.map(ended));
  redis.kill();
  await ended(redis);
}

/** Tiny points: what each costs besides itself, and whether memory stays flat. */
async function tiny(): Promise<void> {
  const count = Number(process.argv[4] ?? 100_000);
  const specification = written("tiny.json", priors(count, 2));
  const sweep = start("sweep", specification, "--out", path("tiny.jsonl"));
  const samples: { readonly points: number; readonly megabytes: number }[] = [];
  const started = performance.now();
  const look = setInterval(() => {
    const status = readFileSync(`/proc/${sweep.pid}/status`, "utf8");
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
    samples.push({ points: pointsIn("tiny.jsonl"), megabytes: Math.round(kilobytes / 1024) });
  }, 5000);
  let ticks = 0;
  const usage = setInterval(() => {
    const stat = readFileSync(`/proc/${sweep.pid}/stat`, "utf8").split(" ");
    ticks = Number(stat[13]) + Number(stat[14]);
  }, 500);
  await ended(sweep);
  clearInterval(look);
  clearInterval(usage);
  const wall = (performance.now() - started) / count;
  const processor = (10 * ticks) / count;
  for (const { points, megabytes } of samples) process.stdout.write(`${points} points: ${megabytes} MiB\n`);
  process.stdout.write(
    `${wall.toPrecision(3)} ms a point, ${processor.toPrecision(3)} ms of processors, all in all\n`,
  );
  check(processor < 5, "less than 5 ms of processors for each tiny point, its own work among it");
  const [half, last] = [samples[Math.floor(samples.length / 2)], samples.at(-1)];
  if (half && last) check(last.megabytes < 1.3 * half.megabytes, "memory in the end is that of half way");
}

/** Points of about a second: one worker against two. */
async function cores(): Promise<void> {
  const question = { allocation: "free", objective: "max-gains", ic: "dominant", ir: "ex-post" };
  const specification = written("cores.json", { ...priors(12, 9), questions: [{ question }] });
  const seconds: number[] = [];
  for (const workers of ["1", "2"]) {
    const started = performance.now();
    await run("sweep", specification, "--out", path(`cores-${workers}.jsonl`), "--concurrency", workers);
    seconds.push((performance.now() - started) / 1000);
  }
  const [one, two] = seconds;
  process.stdout.write(
    `${one.toFixed(1)} s with one worker, ${two.toFixed(1)} s with two: ${(one / two).toFixed(2)} times\n`,
  );
}

const experiments: Readonly<Record<string, () => Promise<void>>> = { local, queue, tiny, cores };

export async function sweepBenchmark(name: string | undefined): Promise<void> {
  try {
    for (const [own, experiment] of Object.entries(experiments))
      if (name === undefined || name === own) await experiment();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
