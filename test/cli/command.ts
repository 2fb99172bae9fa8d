import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command from the project's folder, with no terminal and no colour settings but those given. */
export function mechlp(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return finished(
    spawn(process.execPath, [inject("builtCommand"), ...args], {
      cwd: root,
      env: { ...inherited, ...environment },
    }),
  );
}

/** Runs a line in the shell, where `$MECHLP` is the built command. */
export function shell(line: string, cwd = root): Promise<Run> {
  const env = { ...process.env, MECHLP: `${process.execPath} ${inject("builtCommand")}` };
  return finished(spawn("bash", ["-o", "pipefail", "-c", line], { cwd, env }));
}

/** Runs a line as a reader would paste it, in a folder that has the project's instances, schemas and checker. */
export function pasted(line: string, folder: string): Promise<Run> {
  for (const name of ["instances", "schema", "checker", "docs"]) {
    if (!existsSync(join(folder, name))) symlinkSync(join(root, name), join(folder, name));
  }
  return shell(`npx() { "$@"; }\nmechlp() { $MECHLP "$@"; }\n${line}`, folder);
}

function finished(child: ReturnType<typeof spawn>): Promise<Run> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** A new empty folder, which goes when all tests have ended. */
export function scratch(): {
  path: (name: string) => string;
  write: (name: string, content: unknown) => string;
  names: () => string[];
} {
  const folder = mkdtempSync(join(inject("scratchFolder"), "mechlp-"));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), typeof content === "string" ? content : JSON.stringify(content));
      return path(name);
    },
    names: () => readdirSync(folder).sort(),
  };
}
