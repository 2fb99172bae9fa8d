import { inertLine } from "../fault/inert-text.js";
import { countText } from "../number/count-text.js";

/** What is known of work that goes on. */
export interface WorkState {
  /** What is being done: `solving by direct`. */
  readonly stage: string;
  /** How much of it: `4,200 simplex iterations`; empty where nothing is counted. */
  readonly done: string;
  /** What is known of the optimum, where there is one, in words. */
  readonly known: string | undefined;
}

/** How much is done, in words. */
export function doneText(count: number, of: string): string {
  return `${countText(count)} ${of}`;
}

/** One line for a terminal of so many columns: what is done, how far it is, since when, and what is known. */
export function progressLine({ stage, done, known }: WorkState, seconds: number, columns: number): string {
  const line = [stage, done, `${Math.floor(seconds)} s`].filter((part) => part !== "").join(", ");
  const all = inertLine(known ? `${line}; ${known}` : line);
  // A line that is as wide as the terminal would break, and could not be taken back.
  return all.length < columns ? all : `${all.slice(0, Math.max(0, columns - 2))}…`;
}

/** Why work ended before it was done, after how long, in the midst of what, and what was known by then. */
export function stoppedText(reason: string, { stage, done, known }: WorkState, seconds: number): string {
  const far = done === "" ? "" : ` (${done})`;
  return inertLine(
    `${reason} after ${seconds.toFixed(1)} s, while ${stage}${far}${known ? `; ${known}` : ""}`,
  );
}
