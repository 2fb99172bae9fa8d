import { readdirSync } from "node:fs";
import { runCommandLine } from "../../src/cli/command-line.js";

export interface InProcessRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds of the processor's time. */
  readonly cpu: number;
}

/** Runs the command in this process, where starting it costs nothing. */
export async function runHere(args: readonly string[]): Promise<InProcessRun> {
  const { argv, exitCode, stdout, stderr } = process;
  const before = process.cpuUsage();
  const said = { stdout: "", stderr: "" };
  const writes = [stdout.write, stderr.write];
  const taker = (name: keyof typeof said) =>
    ((text: string, done?: () => void) => {
      said[name] += text;
      done?.();
      return true;
    }) as typeof stdout.write;
  try {
    process.argv = [argv[0], "mechlp", ...args];
    process.exitCode = 0;
    stdout.write = taker("stdout");
    stderr.write = taker("stderr");
    await runCommandLine();
    const { user, system } = process.cpuUsage(before);
    return { status: Number(process.exitCode), ...said, cpu: (user + system) / 1e6 };
  } finally {
    [stdout.write, stderr.write] = writes;
    process.argv = argv;
    process.exitCode = exitCode;
    stdout.removeAllListeners("error");
    stderr.removeAllListeners("error");
  }
}

/** The names in a folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
