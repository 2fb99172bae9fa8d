import { once } from "node:events";
import {
  accessSync,
  closeSync,
  constants,
  createWriteStream,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../fault/input-error.js";
import { inputName, isStandard, readInput, takeInput, takeOutput } from "./standard-streams.js";
import { printed } from "./terminal.js";
import { report, watchedProgress } from "./watched.js";

/**
 * Reads a text file; `-` is standard input. Throws InputError naming the file when it is absent, a directory, or unreadable.
 * A byte order mark, which some editors put before the text, is left out.
 */
export function readText(path: string): string {
  const decoder = new TextDecoder();
  let text = "";
  return inFile(path, () => {
    for (const chunk of readChunks(path)) text += decoder.decode(chunk, { stream: true });
    return text + decoder.decode();
  });
}

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
  const file = openSync(path, "r");
  return { size: fstatSync(file).size, read: (chunk) => readSync(file, chunk), close: () => closeSync(file) };
}

/**
 * The bytes of a file, or of standard input, in chunks that are used up before the next is asked for. Throws InputError as
 * `readText` does, without the name.
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

/** The bytes of a file that is read more than once: those of standard input, which cannot be, are kept. */
export function rereadableChunks(path: string): () => Iterable<Uint8Array> {
  if (!isStandard(path)) return () => readChunks(path);
  const kept = inFile(path, () => Array.from(readChunks(path), (chunk) => chunk.slice()));
  return () => kept;
}

/** Runs `read`, putting the file's name before the path of any InputError. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    throw faultIn(file, fault);
  }
}

/** An InputError with the file's name; any other fault as it is. */
export function faultIn(file: string, fault: unknown): unknown {
  return fault instanceof InputError ? fault.inFile(inputName(file)) : fault;
}

/** Throws InputError where two files are one, of which one would be lost. */
export function checkDistinct(where: string, file: string, other: string): void {
  if (isStandard(file) || isStandard(other) || resolve(file) !== resolve(other)) return;
  throw new InputError(where, "the same file as another of this command", "a file of its own");
}

/**
 * Fails before any work is done when a file could not be written at the end, or is the one that is read. Throws InputError. `-` is standard output,
 * which belongs to that file from now on.
 */
export function checkWritable(path: string, input?: string): void {
  if (input !== undefined) checkDistinct(path, path, input);
  if (isStandard(path)) takeOutput();
  else checkFile(path);
}

function checkFile(path: string): void {
  try {
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
      accessSync(path, constants.W_OK);
    } else {
      if (!statSync(dirname(path)).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
      accessSync(dirname(path), constants.W_OK);
    }
  } catch (fault) {
    throw new InputError(path, reason(fault), "a file that can be written");
  }
}

/**
 * Writes pieces of text to a file: under another name until it is whole, so that nothing half-written ever stands there.
 * Something that is no regular file, such as a pipe or standard output (`-`), is written directly. Throws InputError when it
 * cannot be written.
 */
export async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  if (isStandard(path)) {
    for (const piece of inPortions(pieces)) await printed(process.stdout, piece);
    return;
  }
  checkFile(path);
  const direct = existsSync(path) && !statSync(path).isFile();
  const target = direct ? path : partOf(path);
  try {
    if (!direct) report({ kind: "writing", part: target });
    const stream = createWriteStream(target);
    const failed = once(stream, "error").then(([fault]) => Promise.reject(fault));
    failed.catch(() => {});
    for (const portion of inPortions(pieces)) {
      if (!stream.write(portion)) await Promise.race([once(stream, "drain"), failed]);
    }
    stream.end();
    await Promise.race([once(stream, "finish"), failed]);
    if (!direct) renameSync(target, path);
    report({ kind: "writing", part: undefined });
  } catch (fault) {
    if (!direct) rmSync(target, { force: true });
    throw fault instanceof InputError
      ? fault
      : new InputError(path, reason(fault), "a file that can be written");
  }
}

/** Pieces of text joined to portions that are worth a call to the system. */
function* inPortions(pieces: Iterable<string>): Iterable<string> {
  let portion = "";
  let written = 0;
  for (const piece of pieces) {
    portion += piece;
    if (portion.length < CHUNK) continue;
    written += portion.length;
    watchedProgress.done(Math.round(written / 1e6), "MB of it");
    yield portion;
    portion = "";
  }
  yield portion;
}

/** The name under which a file stands until it may take its own. */
export function partOf(path: string, what = "part"): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${what}`);
}

/** Writes a file under another name at once, for the watching thread to leave under its own if the work is cut short. */
export function standBy(path: string, pieces: Iterable<string>): void {
  if (isStandard(path) || (existsSync(path) && !statSync(path).isFile())) return;
  const part = partOf(path, "standby");
  try {
    writeFileSync(`${part}.new`, [...pieces].join(""));
    renameSync(`${part}.new`, part);
    report({ kind: "standby", part, path });
  } catch {
    // The file itself is tried in the end, and a fault told then.
    rmSync(`${part}.new`, { force: true });
  }
}

function reason(fault: unknown): string {
  const code = (fault as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return "no such file or directory";
    case "EISDIR":
      return "a directory";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "permission denied";
    case "ENOTDIR":
      return "a path through something that is not a directory";
    default:
      return code ?? String(fault);
  }
}
