import type { Command } from "commander";
import { InputError } from "../fault/input-error.js";

export interface LimitFlags {
  /** Seconds. */
  readonly timeLimit?: number;
  /** Mebibytes. */
  readonly memoryLimit?: number;
}

/** Adds the limits of time and memory, which the supervising thread keeps; `end` says how the command ends then. */
export function withLimits(command: Command, end: string): Command {
  return command
    .option("--time-limit <seconds>", `stop after this long, ${end}`, positive("--time-limit", "seconds"))
    .option(
      "--memory-limit <MiB>",
      `stop when the whole process uses more, ${end}`,
      positive("--memory-limit", "mebibytes"),
    );
}

/** What a command that decides nothing by half says of its end at a limit. */
export const UNDECIDED_END = "undecided, with exit status 3";

function positive(flag: string, unit: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new InputError(flag, `"${text}"`, `a positive number of ${unit}`);
    }
    return value;
  };
}
