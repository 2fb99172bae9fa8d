import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "../bin/main.js");

/** Runs the built command in a process of its own, with options of Node's before it. */
export function runCommand(nodeOptions: readonly string[], words: readonly string[]) {
  return spawnSync(process.execPath, [...nodeOptions, main, ...words], { encoding: "utf8" });
}

/** What `work` returns of an instance file that is there only for it. */
export function withInstance<T>(instance: object, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "mechlp-"));
  try {
    const file = join(folder, "instance.json");
    writeFileSync(file, JSON.stringify(instance));
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
