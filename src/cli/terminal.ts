import pico from "picocolors";
import { inert } from "../fault/inert-text.js";
import { anyScreen, type Screen, type Style } from "../report/style.js";
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
 * The terminal that standard output is shown on: its size is in COLUMNS and LINES, which the supervising thread sets where there is
 * one, as its users may.
 */
export function terminalScreen(): Screen {
  const [columns, rows] = [size(process.env["COLUMNS"]), size(process.env["LINES"])];
  const style = terminalStyle();
  return columns === undefined
    ? { ...anyScreen, style, rows }
    : { style, width: Math.max(20, columns), breaksSentences: true, rows };
}

function size(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** The sequences of `terminalStyle`, which no text from a file can have: control characters are refused where files are read. */
const ESCAPE = String.fromCharCode(27);
const OWN_STYLE = new RegExp(`(${ESCAPE}\\[(?:1|2|22|31|32|39)m)`, "u");

function shownText(text: string): string {
  return text
    .split(OWN_STYLE)
    .map((part, k) => (k % 2 === 1 ? part : inert(part)))
    .join("");
}

/** Ends the process where standard output cannot be written: what was to be said is lost. */
export function failWriting({ code, message }: NodeJS.ErrnoException): never {
  process.stderr.write(`mechlp: standard output: ${code ?? message}; expected a place that can be written\n`);
  process.exit(2);
}

/**
 * Prints what a command has to say: to standard output, or to standard error where standard output belongs to a file. Waits
 * until it is taken, so that exiting cuts nothing off.
 */
export function print(text: string): Promise<void> {
  return printed(isOutputTaken() ? process.stderr : process.stdout, text);
}

/** Writes to a stream, as what does nothing there but appear, and waits until it is taken. */
export function printed(stream: NodeJS.WritableStream, text: string): Promise<void> {
  claimAnswer();
  return new Promise((resolve, reject) => {
    stream.write(shownText(text), (fault) => (fault ? reject(fault) : resolve()));
  });
}
