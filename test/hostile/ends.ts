import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject } from "vitest";
import { isInert } from "../../src/fault/inert-text.js";
import type { HostileFile } from "./hostile-files.js";
import { namesIn, runHere } from "./in-process.js";

const folder = mkdtempSync(join(inject("scratchFolder"), "hostile-"));

export const path = (name: string) => join(folder, name);
export const put = (name: string, content: object) => writeFileSync(path(name), JSON.stringify(content));
export const got = (name: string) => JSON.parse(readFileSync(path(name), "utf8")) as object;

/** So many times as many files with something changed at random. */
export const COUNT = Number(process.env["COUNT"] ?? 1);

/** Seconds of the processor's time, twice what a machine takes that has nothing else to do; and characters of a message. */
const MOST_TIME = 4;
const LONGEST_MESSAGE = 2000;

/** Runs the command on every file, and counts how it ended. */
export async function ends(
  files: readonly HostileFile[],
  argsFor: (file: string) => readonly string[],
  allowed = [0, 2],
) {
  const counts: Record<number, number> = {};
  const target = path("hostile.json");
  for (const { name, bytes, isRefused } of files) {
    writeFileSync(target, bytes);
    const before = namesIn(folder);
    const { status, stdout, stderr, cpu } = await runHere(argsFor(target));
    const found = { name, status, stderr: stderr.slice(0, 300) };
    expect(isRefused ? [2] : allowed, JSON.stringify(found)).toContain(status);
    expect(isInert(stdout + stderr), name).toBe(true);
    expect(cpu, name).toBeLessThan(MOST_TIME);
    if (status === 2) {
      expect(stderr, name).toMatch(/^mechlp: [^\n]*; expected [^\n]*\n$/);
      expect(stderr.length, name).toBeLessThan(LONGEST_MESSAGE);
      expect(stdout, name).toBe("");
      expect(namesIn(folder), name).toEqual(before);
    } else expect(stderr, name).toBe("");
    for (const made of namesIn(folder)) if (!before.includes(made)) rmSync(path(made));
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

export async function good(...args: readonly string[]): Promise<void> {
  const { status, stderr } = await runHere(args);
  if (status !== 0) throw new Error(stderr);
}
