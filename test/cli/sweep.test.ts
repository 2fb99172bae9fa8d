import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, inject, it } from "vitest";
import { partners, randomPriors } from "../sweep/specifications.js";
import { mechlp, scratch, shell } from "./command.js";

const many = { ...randomPriors, draws: 6 };
const lines = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n");

/** Starts a sweep, and ends it by a signal once its file has so many lines. Returns its exit status. */
async function stopped(
  args: readonly string[],
  file: string,
  count: number,
  signal: NodeJS.Signals,
): Promise<number | null> {
  const child = spawn(process.execPath, [inject("builtCommand"), "sweep", ...args], { stdio: "ignore" });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const clock = setInterval(() => {
    if (existsSync(file) && readFileSync(file, "utf8").split("\n").length > count) child.kill(signal);
  }, 5);
  const status = await ended;
  clearInterval(clock);
  return status;
}

describe("a sweep", () => {
  it("killed at any moment goes on, repeating and losing nothing: the same bytes as one that was left alone", async () => {
    const files = scratch();
    const specification = files.write("many.json", many);
    const whole = await mechlp(["sweep", specification, "--out", files.path("whole.jsonl")]);
    expect(whole.stderr).toBe("");
    expect(whole.stdout).toMatch(/^48 points: .*possible.*\nwritten to .*whole\.jsonl/);
    const killed = files.path("killed.jsonl");
    const again = [specification, "--out", killed, "--concurrency", "3"];
    let before = 0;
    for (const count of [4, 14, 30]) {
      await stopped(again, killed, count, "SIGKILL");
      const points = lines(killed).slice(1);
      expect(points.length).toBeGreaterThanOrEqual(before);
      before = points.length;
    }
    // As a machine that loses its power leaves it: a line that is not whole.
    appendFileSync(killed, '{"point":48,"at":{"ty');
    expect((await mechlp(["sweep", ...again])).status).toBe(0);
    expect(readFileSync(killed, "utf8")).toBe(readFileSync(files.path("whole.jsonl"), "utf8"));
    // Once more there is nothing to do.
    expect((await mechlp(["sweep", ...again])).stdout).toContain("all were there");
  });

  it("in shards, merged in any order, is the same file; a shard that is missing is told", async () => {
    const files = scratch();
    const specification = files.write("priors.json", randomPriors);
    await mechlp(["sweep", specification]);
    const shards = ["1-of-3", "2-of-3", "3-of-3"].map((part) => files.path(`priors.${part}.results.jsonl`));
    for (const k of [1, 2, 3])
      expect((await mechlp(["sweep", specification, "--shard", `${k}/3`])).stdout).toMatch(/^8 points/);
    const merged = files.path("merged.jsonl");
    const missing = await mechlp(["sweep", "--merge", shards[2], shards[0], "--out", merged]);
    expect(missing.stderr).toContain("files without 8 of 24 points (2, 5, 8, 11, 14, …)");
    expect(missing.status).toBe(2);
    expect(existsSync(merged)).toBe(false);
    expect(
      (await mechlp(["sweep", "--merge", shards[2], shards[0], shards[1], "--out", merged])).status,
    ).toBe(0);
    expect(readFileSync(merged, "utf8")).toBe(readFileSync(files.path("priors.results.jsonl"), "utf8"));
  });

  it("ends soon at Ctrl-C, and says how to go on", async () => {
    const files = scratch();
    // Points of many seconds: those in hand are let go.
    const slow = {
      instance: {
        model: "bilateral-trade",
        parameters: { buyer: { points: "=n" }, seller: { points: "=n" } },
      },
      vary: { n: [2, 3, 60, 61, 62] },
      questions: [
        { question: { allocation: "free", objective: "max-gains", ir: "ex-post", ic: "dominant" } },
      ],
    };
    const specification = files.write("slow.json", slow);
    const out = files.path("slow.jsonl");
    const line = `( sleep 3; kill -INT $$ ) & exec $MECHLP sweep ${specification} --out ${out} --concurrency 2`;
    const started = performance.now();
    const run = await shell(`bash -c '${line}'`);
    expect(run.status).toBe(130);
    expect(run.stderr).toMatch(
      /interrupted; \d of 5 points are in .*slow\.jsonl, and the same command goes on from there/,
    );
    // Three seconds of sleep, two in which it ends, and what a busy machine takes besides.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(lines(out)[0]).toContain('"points":5');
  });

  it("records a point that fails with its reason, and goes on with the others", async () => {
    const files = scratch();
    const out = files.path("out.jsonl");
    const specification = files.write("limits.json", {
      instance: {
        model: "bilateral-trade",
        parameters: { buyer: { values: "=values" }, seller: { points: "=n/(n-3)" } },
      },
      vary: { n: [4, 3, 6] },
      draw: { values: { of: "whole", from: 1, to: 2, shape: [2] } },
      draws: 6,
    });
    const run = await mechlp(["sweep", specification, "--out", out]);
    expect(run.stderr).toBe("");
    const results = lines(out)
      .slice(1)
      .map((line) => JSON.parse(line));
    expect(results.map(({ point }) => point)).toEqual(Array.from({ length: 18 }, (_, k) => k + 1));
    const failures = results.map(({ failure }) => failure ?? "");
    expect(failures.slice(6, 12)).toEqual(
      Array(6).fill(
        expect.stringContaining('instance.parameters.seller.points: "n/(n-3)", which divides by 0'),
      ),
    );
    // Where both numbers are the same there are no two types.
    for (const { drawn, failure, verdict } of results.slice(0, 6)) {
      if (drawn.values[0] < drawn.values[1]) expect(verdict).toBeDefined();
      else expect(failure).toContain("expected increasing values");
    }
    expect(failures.slice(0, 6).some((failure) => failure === "")).toBe(true);
  });

  it("ends each point at its limit of time, with what is proved by then", async () => {
    const files = scratch();
    const grids = {
      model: "bilateral-trade",
      parameters: { buyer: { points: "=n" }, seller: { points: "=n" } },
    };
    const question = { allocation: "free", objective: "max-gains", ir: "ex-post", ic: "dominant" };
    const timed = files.write("timed.json", {
      instance: grids,
      vary: { n: [3, 60] },
      questions: [{ question }],
      limits: { seconds: 0.05 },
    });
    await mechlp(["sweep", timed]);
    const [, small, large] = lines(files.path("timed.results.jsonl")).map((line) => JSON.parse(line));
    expect(small.point).toBe(1);
    // What is proved by then, if anything, depends on the machine.
    expect(large.shortfall ?? large.failure).toBe("time limit of 0.05 s");
    expect(large.optimum).toBeUndefined();
  });

  it("keeps each point's instance and answer file, which verify", async () => {
    const files = scratch();
    const proofs = files.path("proofs");
    const specification = files.write("partners.json", {
      ...partners,
      vary: { partners: [3], share: ["1/2"] },
    });
    await mechlp(["sweep", specification, "--proofs", proofs]);
    const { key } = JSON.parse(lines(files.path("partners.results.jsonl"))[1]);
    const run = await mechlp(["verify", `${proofs}/${key}.instance.json`, `${proofs}/${key}.answer.json`]);
    expect(run.status).toBe(0);
    expect(run.stdout.toLowerCase()).toContain("verified");
  });

  it("says beforehand how many points there are, how long they may take, and what the first are", async () => {
    const files = scratch();
    const run = await mechlp(["sweep", files.write("partners.json", partners), "--dry-run"]);
    expect(run.stdout).toContain("10 points: 2 values of partners by 5 values of share\n");
    expect(run.stdout).toContain('point 1 (partners 2, share 0): {"model":"partnership"');
    expect(run.stdout).toMatch(/about \d+ s with \d+ workers?, going by 8 of them, which took .* to .* each/);
    expect(files.names()).toEqual(["partners.json"]);
  });
});

describe("what a sweep cannot use", () => {
  it("is one clear message, and nothing that is finished is lost", async () => {
    const files = scratch();
    const specification = files.write("partners.json", partners);
    const out = files.path("out.jsonl");
    const fault = async (...args: string[]) => {
      const { status, stderr } = await mechlp(["sweep", ...args]);
      expect(status).toBe(2);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      return stderr;
    };
    expect(await fault(files.write("bad.json", { ...partners, vary: { share: [0] } }))).toContain(
      'bad.json: instance.parameters.agents: the unknown variable "partners"',
    );
    expect(await fault(files.write("none.json", { ...partners, instance: { model: "partners" } }))).toContain(
      "none.json: instance.model",
    );
    expect(await fault(files.write("text.json", "{"))).toContain("text.json");
    expect(await fault(specification, "--out", files.path("nowhere/out.jsonl"))).toContain(
      "no such file or directory",
    );
    expect(await fault(specification, "--out", "/dev/full")).toContain("no regular file");
    expect(await fault(specification, "--out", specification)).toContain("the results of a sweep");
    expect(await fault(specification, "--shard", "4/3")).toContain("from 1/16 to 16/16");
    expect(await fault(specification, "--out", "-")).toContain("standard output");
    expect(await fault(specification, "--csv", files.path("csv"))).toContain("without --report");
    expect(await fault("--report", files.path("absent.jsonl"))).toContain("no such file or directory");
    expect(readFileSync(specification, "utf8")).toBe(JSON.stringify(partners));
    await mechlp(["sweep", specification, "--out", out]);
    const whole = readFileSync(out, "utf8");
    expect(
      await fault(files.write("other.json", { ...partners, description: "other" }), "--out", out),
    ).toContain("results of another specification");
    expect(await fault(specification, "--out", out, "--shard", "1/2")).toContain(
      "results of the shard that has all points",
    );
    expect(readFileSync(out, "utf8")).toBe(whole);
    writeFileSync(out, whole.replace('"version":"', '"version":"9.'));
    expect(await fault(specification, "--out", out)).toContain("results of mechlp 9.");
    writeFileSync(out, whole.replace('{"point":3', '{"pint":3'));
    expect(await fault(specification, "--out", out)).toContain("line 4");
  });

  it("is a disk that is full: what is on it stays, and the sweep goes on once there is room", async () => {
    const files = scratch();
    const specification = files.write("many.json", many);
    const out = files.path("many.results.jsonl");
    // Files of at most 6 KiB, as on a full disk.
    const run = await shell(`trap '' XFSZ; ulimit -f 6; $MECHLP sweep ${specification}`);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(
      /many\.results\.jsonl: a limit on how large files may be; \d+ of 48 points are there; expected room for more/,
    );
    expect(readFileSync(out, "utf8").endsWith("}\n")).toBe(true);
    const before = lines(out).length - 1;
    expect(run.stderr).toContain(`; ${before} of 48 points`);
    expect(before).toBeGreaterThan(3);
    expect((await mechlp(["sweep", specification])).status).toBe(0);
    await mechlp(["sweep", specification, "--out", files.path("whole.jsonl")]);
    expect(readFileSync(out, "utf8")).toBe(readFileSync(files.path("whole.jsonl"), "utf8"));
  });

  it("is a file to which another sweep writes", async () => {
    const files = scratch();
    const specification = files.write("many.json", many);
    const out = files.path("many.results.jsonl");
    const first = mechlp(["sweep", specification, "--concurrency", "1"]);
    while (!existsSync(out)) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await mechlp(["sweep", specification]);
    expect(second.stderr).toContain("another mechlp is writing to");
    expect((await first).status).toBe(0);
    expect(lines(out)).toHaveLength(49);
  });
});

describe("the report of a sweep", () => {
  it("has tables, pictures and a row for each point in a spreadsheet, of what is there so far as well", async () => {
    const files = scratch();
    const specification = files.write("priors.json", randomPriors);
    const out = files.path("priors.results.jsonl");
    await mechlp(["sweep", specification]);
    const report = (...args: string[]) => mechlp(["sweep", "--report", out, ...args]);
    const run = await report(
      "--csv",
      files.path("csv"),
      "--svg",
      files.path("svg"),
      "--html",
      files.path("page.html"),
    );
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("24 points");
    expect(run.stdout).toContain("A share among 3 draws or more estimates a probability");
    const [head, ...rows] = lines(files.path("csv/points.csv"));
    expect(head).toContain("point,types,kind,draw,drawn,question,verdict,optimum,optimum value");
    expect(rows).toHaveLength(24);
    expect(readFileSync(files.path("page.html"), "utf8")).toContain("How often it is possible: interim");
    const digest = createHash("sha256")
      .update(readFileSync(files.path("svg/share-1.svg")))
      .digest("hex");
    await report("--svg", files.path("again"));
    expect(
      createHash("sha256")
        .update(readFileSync(files.path("again/share-1.svg")))
        .digest("hex"),
    ).toBe(digest);
    truncateSync(out, readFileSync(out, "utf8").split("\n").slice(0, 11).join("\n").length + 5);
    expect((await report()).stdout).toContain("Not there: 14 of 24 points.");
  });
});
