import pico from "picocolors";
import type { Style } from "../report/style.js";
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

/** Writes to standard output and waits until it is taken, so that exiting cuts nothing off. */
export function print(text: string): Promise<void> {
  claimAnswer();
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (fault) => (fault ? reject(fault) : resolve()));
  });
}
