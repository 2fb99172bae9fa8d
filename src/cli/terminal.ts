import pico from "picocolors";
import type { Style } from "../report/style.js";
import { isOutputTaken } from "./standard-streams.js";
import { claimAnswer } from "./watched.js";

/** Emphasis for standard output: none when it is piped or NO_COLOR is set. */
export function terminalStyle(): Style {
  const forced = process.env["FORCE_COLOR"] !== undefined && process.env["FORCE_COLOR"] !== "0";
  const forbidden = (process.env["NO_COLOR"] ?? "") !== "";
  const { bold, dim, green, red } = pico.createColors(
    !forbidden && (forced || process.stdout.isTTY === true),
  );
  return { bold, dim, good: green, bad: red };
}

/**
 * Prints what a command has to say: to standard output, or to standard error where standard output belongs to a file. Waits
 * until it is taken, so that exiting cuts nothing off.
 */
export function print(text: string): Promise<void> {
  return printed(isOutputTaken() ? process.stderr : process.stdout, text);
}

/** Writes to a stream and waits until it is taken. */
export function printed(stream: NodeJS.WritableStream, text: string): Promise<void> {
  claimAnswer();
  return new Promise((resolve, reject) => {
    stream.write(text, (fault) => (fault ? reject(fault) : resolve()));
  });
}
