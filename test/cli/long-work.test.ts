import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { mechlp, scratch, shell } from "./command.js";

const folder = scratch();
const read = (name: string) => readFileSync(folder.path(name), "utf8");
const six = "instances/bilateral-trade-endpoint-6.json";

/** An instance of trade, whose direct program takes far longer than these tests wait with 80 points. */
const trade = (points: number) =>
  folder.write(`trade-${points}.json`, {
    model: "bilateral-trade",
    parameters: { buyer: { points }, seller: { points } },
  });
const long = trade(80);
const longSolve = ["solve", long, "--ir", "ex-post", "--formulation", "direct"];

/** The interim relaxation's subsidy, and what Clarke payments lose, less what is left where nobody trades. */
const BETWEEN = "the optimum lies between 79/512 and 427/2560";

/** Runs the command, interrupts it once it is ready, and measures how long it takes to stop. */
async function interrupted(args: readonly string[], ready: () => boolean) {
  const child = spawn(process.execPath, [inject("builtCommand"), ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  const until = performance.now() + 30_000;
  while (!ready() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
  const before = stderr;
  const asked = performance.now();
  child.kill("SIGINT");
  const status = await closed;
  return { status, stdout, stderr, before, ms: performance.now() - asked };
}

describe.concurrent("solve", () => {
  test("a time limit ends long work, with what is known by then, and leaves nothing half-written", async () => {
    const args = [...longSolve, "--time-limit", "2", "--proof", folder.path("cut-short.json")];
    const { status, stdout, stderr } = await mechlp(args);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^(UNDECIDED|IMPOSSIBLE, the optimum undecided): time limit reached after .*|Not settled exactly: time limit of 2 s/m,
    );
    expect(folder.names().filter((name) => name.startsWith(".cut-short"))).toEqual([]);
  });

  test("a memory limit ends long work, in JSON where that is asked for", async () => {
    const { status, stdout } = await mechlp([...longSolve, "--memory-limit", "150", "--json"]);
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as { verdict: string; shortfall: string };
    expect(["undecided", "impossible"]).toContain(answer.verdict);
    expect(answer.shortfall).toContain("memory limit");
  });

  test("Ctrl-C stops within a second, says what was reached, leaves an answer that verifies, and shows no progress without a terminal", async () => {
    // The answer so far lies ready beside the file that it is for, until the work ends.
    const ready = () =>
      folder
        .names()
        .some((name) => /^\.interrupted\.json\.\d+\.standby$/.test(name) && read(name).includes("427/2560"));
    const proof = folder.path("interrupted.json");
    const { status, stderr, before, ms } = await interrupted([...longSolve, "--proof", proof], ready);
    expect(before).toBe("");
    expect(ms).toBeLessThan(1000);
    expect(status).toBe(130);
    expect(stderr).toMatch(/interrupted after .* while solving by direct.*; the optimum lies between /);
    expect(stderr).toContain(BETWEEN);
    expect(folder.names().filter((name) => name.includes("interrupted"))).toEqual(["interrupted.json"]);
    expect(JSON.parse(read("interrupted.json")).claim).toMatchObject({
      verdict: "impossible",
      lower: "79/512",
      upper: "427/2560",
    });
    expect(await mechlp(["verify", long, proof])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("verified: IMPOSSIBLE: every such mechanism needs outside money"),
    });
  });
});

describe.concurrent("other long commands", () => {
  test.each([["check"], ["verify"], ["construct"], ["compare"]])(
    "%s ends at a limit undecided, with exit status 3",
    async (command) => {
      const rest = { check: [six, six], verify: [six, six], construct: ["vcg", six], compare: [six] }[
        command
      ]!;
      const { status, stdout, stderr } = await mechlp([command, ...rest, "--time-limit", "0.001"]);
      expect([status, stdout]).toEqual([3, ""]);
      expect(stderr).toMatch(/^mechlp: undecided: time limit reached after \d+\.\d s, while reading /);
      const json = await mechlp([command, ...rest, "--memory-limit", "0.1", "--json"]);
      expect(json.status).toBe(3);
      expect(JSON.parse(json.stdout)).toMatchObject({
        verdict: "undecided",
        shortfall: expect.stringContaining("memory limit reached"),
      });
    },
  );

  test("compare is interrupted within a second as well", async () => {
    const started = performance.now();
    const args = ["compare", trade(100), "--check-limit", "1e9"];
    const { status, stderr, ms } = await interrupted(args, () => performance.now() > started + 3000);
    expect(ms).toBeLessThan(1000);
    expect(status).toBe(130);
    expect(stderr).toMatch(/^mechlp: undecided: interrupted after .* s, while /);
  });
});

test("on a terminal long work shows its stage, its iterations and the time, on one line that goes away", async () => {
  const { stdout } = await shell(
    `script -qec "$MECHLP solve ${trade(40)} --ir ex-post --formulation direct --time-limit 6" /dev/null`,
  );
  const shown = stdout.split("\r\u001b[K");
  expect(shown.length).toBeGreaterThan(4);
  const lines = shown.filter((line) => /^solving by direct, .* s/.test(line));
  expect(lines.length).toBeGreaterThan(2);
  expect(
    lines.some((line) => /^solving by direct, [\d,]+ simplex iterations, \d+ s; the optimum lies/.test(line)),
  ).toBe(true);
  for (const line of lines) expect(line).not.toContain("\n");
  expect(shown[shown.length - 1]).toMatch(/^\S/);
});

test("limits that are no positive numbers are refused before any work", async () => {
  for (const flag of ["--time-limit", "--memory-limit"]) {
    const { status, stderr } = await mechlp([...longSolve, flag, "-1"]);
    expect(status).toBe(2);
    expect(stderr).toContain(flag);
  }
});
