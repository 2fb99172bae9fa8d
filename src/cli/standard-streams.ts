import { readSync } from "node:fs";
import { InputError } from "../fault/input-error.js";
import { nextInput, type Watch, watching } from "./watched.js";

/** The file name that means standard input, or standard output. */
const STANDARD = "-";

/** Milliseconds between two looks at an input that has nothing yet. */
const PAUSE = 10;

/** What is found where a stream is asked for that another file has. */
const AGAIN = "asked for as a second file";

let inputTaken = false;
let outputTaken = false;

/** Whether a file name means standard input or standard output. */
export function isStandard(path: string): boolean {
  return path === STANDARD;
}

/** The file as messages name it. */
export function inputName(path: string): string {
  return isStandard(path) ? "standard input" : path;
}

/** The file as messages name it. */
export function outputName(path: string): string {
  return isStandard(path) ? "standard output" : path;
}

/** Takes standard input for a file. Throws InputError where another file has it already: it can be read only once. */
export function takeInput(): void {
  if (inputTaken) throw new InputError("", AGAIN, "a file, for at most one can be -");
  inputTaken = true;
}

/** Takes standard output for a file: what else is printed goes to standard error. Throws InputError where another file has it. */
export function takeOutput(): void {
  if (outputTaken) throw new InputError("standard output", AGAIN, "a file, for at most one can be -");
  outputTaken = true;
}

/** Whether standard output belongs to a file. */
export function isOutputTaken(): boolean {
  return outputTaken;
}

/** What has come from standard input and was not asked for yet. */
let rest: Uint8Array = new Uint8Array(0);

/** Reads what standard input has into a chunk, waiting for the first byte; returns how many bytes, 0 at the end. */
export function readInput(chunk: Uint8Array): number {
  const watch = watching();
  return watch ? readWatched(watch, chunk) : readItself(chunk);
}

function readWatched(watch: Watch, chunk: Uint8Array): number {
  if (rest.length === 0) {
    const came = nextInput(watch);
    if (came === undefined) return 0;
    if (!(came instanceof Uint8Array)) throw came;
    rest = came;
  }
  const length = Math.min(chunk.length, rest.length);
  chunk.set(rest.subarray(0, length));
  rest = rest.subarray(length);
  return length;
}

function readItself(chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      // Windows ends a pipe with an error.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw fault;
      pause();
    }
  }
}

/** Waits for as long as an input that has nothing yet is left alone. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}
