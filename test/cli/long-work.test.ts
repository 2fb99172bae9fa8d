import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { mechlp } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "mechlp-long-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A direct program that takes far longer than these tests wait. */
const long = join(folder, "long.json");
const parameters = { buyer: { points: 80 }, seller: { points: 80 } };
writeFileSync(long, JSON.stringify({ model: "bilateral-trade", parameters }));
const longSolve = ["solve", long, "--formulation", "direct"];

test("a time limit ends long work undecided, with what is known of the optimum", async () => {
  const { status, stdout, stderr } = await mechlp([...longSolve, "--time-limit", "1"]);
  expect(status).toBe(0);
  expect(stdout.toUpperCase()).toContain("UNDECIDED");
  expect(stderr).toBe("");
});

test("a memory limit ends long work undecided, in JSON where that is asked for", async () => {
  const { status, stdout } = await mechlp([...longSolve, "--memory-limit", "150", "--json"]);
  expect(status).toBe(0);
  const answer = JSON.parse(stdout) as { verdict: string; shortfall: string };
  expect(answer.verdict).toBe("undecided");
  expect(answer.shortfall).toContain("memory limit");
});

test("Ctrl-C stops within a second, says what was being done, and shows no progress where there is no terminal", async () => {
  const child = spawn(process.execPath, [inject("builtCommand"), ...longSolve]);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(stderr).toBe("");
  const asked = performance.now();
  child.kill("SIGINT");
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(status).toBe(130);
  expect(stderr).toMatch(/interrupted after .* while solving by direct; the optimum is at least 0/);
});

test("limits that are no positive numbers are refused before any work", async () => {
  for (const flag of ["--time-limit", "--memory-limit"]) {
    const { status, stderr } = await mechlp([...longSolve, flag, "-1"]);
    expect(status).toBe(2);
    expect(stderr).toContain(flag);
  }
});
