import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { toRational } from "../../src/number/rational-text.js";
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

/** The interim relaxation's subsidy, below which no subsidy at every profile can be. */
const LOWER = "79/512";

/** What a process has printed by now, and its exit status once it has ended. */
function watched(child: ChildProcessWithoutNullStreams) {
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      printed[stream] += text;
    });
  }
  return { printed, ended: new Promise((resolve) => child.on("close", resolve)) };
}

/** Waits for as long as a busy machine may need. */
async function until(ready: () => boolean): Promise<void> {
  const last = performance.now() + 60_000;
  while (!ready() && performance.now() < last) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Runs the command and interrupts it once it is ready. */
async function interrupted(args: readonly string[], ready: () => boolean) {
  const child = spawn(process.execPath, [inject("builtCommand"), ...args]);
  const { printed, ended } = watched(child);
  await until(ready);
  const before = printed.stderr;
  child.kill("SIGINT");
  return { status: await ended, ...printed, before };
}

/** Runs the command on a terminal and types Ctrl-C once it shows something. */
async function interruptedOnTerminal(args: string, shows: RegExp) {
  const command = `'${process.execPath}' '${inject("builtCommand")}' ${args}`;
  const child = spawn("script", ["-qec", command, "/dev/null"]);
  const { printed, ended } = watched(child);
  await until(() => shows.test(printed.stdout));
  child.stdin.write("\u0003");
  return { status: await ended, pieces: printed.stdout.split("\r\u001b[K") };
}

describe.concurrent("solve", () => {
  test("a time limit ends long work, with what is known by then, and leaves nothing half-written", async () => {
    const args = [...longSolve, "--time-limit", "2", "--proof", folder.path("cut-short.json")];
    const { status, stdout, stderr } = await mechlp(args);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^(UNDECIDED|IMPOSSIBLE, the optimum undecided): time limit reached after .*|Not settled exactly: time limit (of 2 s|reached)/m,
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

  test("Ctrl-C stops long work, says what was reached, leaves an answer that verifies, and shows no progress without a terminal", async () => {
    // The answer so far lies ready beside the file that it is for, until the work ends.
    const ready = () =>
      folder.names().some((name) => {
        if (!/^\.interrupted\.json\.\d+\.[0-9a-f]{8}\.[0-9a-f]{16}\.part$/.test(name)) return false;
        try {
          return JSON.parse(read(name)).claim.upper !== null;
        } catch {
          // Not whole yet, or gone for the next one.
          return false;
        }
      });
    const proof = folder.path("interrupted.json");
    const { status, stderr, before } = await interrupted([...longSolve, "--proof", proof], ready);
    expect(before).toBe("");
    expect(status).toBe(130);
    expect(stderr).toMatch(
      /interrupted after .* while (solving by direct|looking for bounds).*; the optimum lies between /,
    );
    const [, lower, upper] = /the optimum lies between (\S+) and ([^;\s]+)/.exec(stderr)!;
    expect(lower).toBe(LOWER);
    expect(folder.names().filter((name) => name.includes("interrupted"))).toEqual(["interrupted.json"]);
    // The file proves what was said, or more: it may have been finished just before the end.
    const { claim } = JSON.parse(read("interrupted.json"));
    expect(claim).toMatchObject({ verdict: "impossible", lower: LOWER });
    expect(toRational(claim.upper).compare(toRational(upper))).toBeLessThanOrEqual(0);
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

  test("compare is interrupted as well", async () => {
    const { status, pieces } = await interruptedOnTerminal(`compare ${trade(100)} --check-limit 1e9`, / s/);
    expect(status).toBe(130);
    expect(pieces.at(-1)).toMatch(/mechlp: undecided: interrupted after .* s, while /);
  });
});

test("on a terminal long work shows its stage, its iterations and the time, on one line that goes away", async () => {
  const far = /solving by direct, [\d,]+ simplex iterations, \d+ s; the optimum lies/;
  const { status, pieces } = await interruptedOnTerminal(longSolve.join(" "), far);
  expect(status).toBe(130);
  const lines = pieces.filter((piece) => /^solving by direct, .* s/.test(piece));
  expect(lines.some((line) => far.test(line))).toBe(true);
  for (const line of lines) expect(line.replace("^C", "")).not.toContain("\n");
  expect(pieces.at(-1)).toContain("interrupted after ");
});

test("what is printed on a terminal comes after the line of progress has gone", async () => {
  const { stdout } = await shell(
    `script -qec "$MECHLP solve ${trade(40)} --ir ex-post --formulation direct" /dev/null`,
  );
  for (const line of stdout.split("\r\u001b[K").slice(0, -1)) expect(line).not.toContain("\n");
  expect(stdout).toContain("IMPOSSIBLE");
});

test("limits that are no positive numbers are refused before any work", async () => {
  for (const flag of ["--time-limit", "--memory-limit"]) {
    const { status, stderr } = await mechlp([...longSolve, flag, "-1"]);
    expect(status).toBe(2);
    expect(stderr).toContain(flag);
  }
});
