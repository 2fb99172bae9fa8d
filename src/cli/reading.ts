import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { InputError } from "../fault/input-error.js";
import { reason } from "./file-fault.js";
import { inputName, isStandard, pause, readInput, takeInput } from "./standard-streams.js";
import { watchedProgress } from "./watched.js";

const CHUNK = 1 << 16;

/** Bytes to be read one after the other. */
interface Source {
  /** 0 where it is not known, as of a pipe. */
  readonly size: number;
  read(chunk: Uint8Array): number;
  close(): void;
}

function opened(path: string): Source {
  if (isStandard(path)) return { size: 0, read: readInput, close() {} };
  // A pipe that nobody writes to yet must not hold up the thread, which could then neither be stopped nor stop by itself.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const status = fstatSync(file);
  const size = status.isFile() ? status.size : 0;
  return { size, read: reader(file, status.isFIFO() && !ANONYMOUS.test(path)), close: () => closeSync(file) };
}

/** Pipes that the shell made: their writer is there, or was. */
const ANONYMOUS = /^\/(dev\/(fd|std)|proc\/)/;

/** Reads a chunk, waiting for its first byte, and of a pipe with a name for somebody who writes: until the thread is ended from outside. */
function reader(file: number, waits: boolean): (chunk: Uint8Array) => number {
  let begun = !waits;
  return (chunk) => {
    for (;;) {
      try {
        const length = readSync(file, chunk);
        if (length > 0) begun = true;
        if (begun) return length;
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code !== "EAGAIN") throw fault;
      }
      pause();
    }
  };
}

/**
 * The bytes of a file, or of standard input (`-`), in chunks that are used up before the next is asked for. Throws InputError, without
 * the file's name, when it is absent, a directory, or unreadable.
 */
export function* readChunks(path: string): Iterable<Uint8Array> {
  const readable = <T>(act: () => T): T => {
    try {
      return act();
    } catch (fault) {
      throw new InputError("", reason(fault), "a file that can be read");
    }
  };
  if (isStandard(path)) takeInput();
  const source = readable(() => opened(path));
  watchedProgress.stage(`reading ${inputName(path)}`);
  try {
    const chunk = new Uint8Array(CHUNK);
    const { size } = source;
    let read = 0;
    for (;;) {
      const length = readable(() => source.read(chunk));
      if (length === 0) return;
      read += length;
      if (size > 0) watchedProgress.done(Math.min(100, Math.round((100 * read) / size)), "% of it");
      else watchedProgress.done(Math.round(read / 1e6), "MB of it");
      yield chunk.subarray(0, length);
    }
  } finally {
    source.close();
  }
}

/**
 * The bytes of a file that is read more than once: those of standard input, which cannot be, are kept. Throws InputError where the file
 * has changed since it was read first, so that what is said of it is of one file.
 */
export function rereadableChunks(path: string): () => Iterable<Uint8Array> {
  let first: string | undefined;
  let kept: readonly Uint8Array[] | undefined;
  return function* () {
    if (isStandard(path)) {
      kept ??= Array.from(readChunks(path), (chunk) => chunk.slice());
      yield* kept;
      return;
    }
    const hash = createHash("sha256");
    for (const chunk of readChunks(path)) {
      hash.update(chunk);
      yield chunk;
    }
    const digest = hash.digest("hex");
    first ??= digest;
    if (digest !== first)
      throw new InputError("", "another content than a moment ago", "a file that nobody changes meanwhile");
  };
}
/** The chunks of a file, of which the first has been looked at: what `see` makes of its text. */
export function seenChunks<T>(
  chunks: Iterable<Uint8Array>,
  see: (text: string) => T,
): { readonly seen: T; readonly chunks: Iterable<Uint8Array> } {
  const rest = chunks[Symbol.iterator]();
  const first = rest.next();
  const seen = see(first.done ? "" : new TextDecoder().decode(first.value));
  function* all(): Iterable<Uint8Array> {
    if (first.done) return;
    yield first.value;
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
  }
  return { seen, chunks: all() };
}
