import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The built command, as `node` runs it. */
    readonly builtCommand: string;
    /** Where tests put files; it goes when all have ended. */
    readonly scratchFolder: string;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds the project once, into a folder of its own, for the tests that run the command as its users do; and makes a place for files. */
export default function setup(project: TestProject): () => void {
  const folder = join(root, "dist", `test-${process.pid}`);
  const compiled = join(folder, "src/cli/main.js");
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const options = ["-p", "tsconfig.build.json", "--outDir", folder, "--declaration", "false"];
  let complaint = "";
  try {
    execFileSync(process.execPath, [compiler, ...options], { cwd: root, encoding: "utf8" });
  } catch (fault) {
    // The type check is a step of its own; here only the written files count.
    complaint = String((fault as { stdout?: unknown }).stdout ?? fault);
  }
  if (!existsSync(compiled)) throw new Error(`the build wrote no ${compiled}\n${complaint}`);
  execFileSync(process.execPath, ["bundle.mjs", folder], { cwd: root });
  const command = join(folder, "bin/main.js");
  project.provide("builtCommand", command);
  const scratch = mkdtempSync(join(tmpdir(), "mechlp-tests-"));
  project.provide("scratchFolder", scratch);
  return () => {
    for (const made of [folder, scratch]) rmSync(made, { recursive: true, force: true });
  };
}
