import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  createWriteStream,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { isMainThread } from "node:worker_threads";
import { inert } from "../fault/inert-text.js";
import { InputError } from "../fault/input-error.js";
import { checkDistinct, type Destination, destinationOf, isDirect } from "./destination.js";
import { reason } from "./file-fault.js";
import type { Part } from "./part.js";
import { partName, removeLeftovers } from "./part-names.js";
import { isStandard, takeOutput } from "./standard-streams.js";
import { printed } from "./terminal.js";
import { report, watchedProgress } from "./watched.js";

/**
 * How files are written: under a name beside their own that nobody can foresee, in a file that is made for it, until they are whole; so
 * that nothing half-written ever stands under a file's own name. An existing file keeps its mode, its owner and its links. Whatever ends
 * the work takes the other file away; what SIGKILL leaves, the next one that writes the same file.
 */

/** Characters of text that are worth a call to the system. */
const PORTION = 1 << 16;

/**
 * Fails before any work is done when a file could not be written at the end, or is one that is read. Throws InputError. `-` is
 * standard output, which belongs to that file from now on.
 */
export function checkWritable(path: string, ...inputs: readonly string[]): void {
  for (const input of inputs) checkDistinct(path, path, input);
  if (isStandard(path)) takeOutput();
  else
    openedFor(path, ({ part, destination }) => {
      if (part === undefined) return;
      const unguard = guarded({ part, target: destination.path, isLinked: false });
      try {
        closeSync(newPart(destination, part));
        rmSync(part);
      } finally {
        unguard();
      }
    });
}

/** Runs `act` on the place where a file would be written. Throws InputError where it cannot be. */
function openedFor<T>(
  path: string,
  act: (how: { destination: Destination; part: string | undefined }) => T,
): T {
  try {
    const destination = destinationOf(path);
    if (destination.before?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (isDirect(destination)) return act({ destination, part: undefined });
    return act({ destination, part: partName(destination.path) });
  } catch (fault) {
    throw fault instanceof InputError
      ? fault
      : new InputError(path, reason(fault), "a file that can be written");
  }
}

/** Makes and opens the other file; never one that is there already, nor what a link planted there leads to. */
function newPart({ before }: Destination, part: string): number {
  return openSync(part, "wx", before ? before.mode & 0o777 : 0o666);
}

/**
 * Writes pieces of text to a file. Something that is no regular file, such as a pipe or standard output (`-`), is written directly.
 * What is to outlast a machine that fails the next moment is `synced`. Throws InputError when it cannot be written.
 */
export async function writeText(
  path: string,
  pieces: Iterable<string>,
  { synced = false }: { readonly synced?: boolean } = {},
): Promise<void> {
  if (isStandard(path)) {
    for (const piece of inPortions(pieces)) await printed(process.stdout, piece);
    return;
  }
  const { destination, part } = openedFor(path, (how) => how);
  const isLinked = (destination.before?.nlink ?? 1) > 1;
  const own = part === undefined ? undefined : { part, target: destination.path, isLinked };
  const unguard = own && guarded(own);
  try {
    if (own) removeLeftovers(own.target);
    const stream = own
      ? createWriteStream(own.part, { fd: newPart(destination, own.part), flush: synced })
      : createWriteStream(destination.path);
    const failed = once(stream, "error").then(([fault]) => Promise.reject(fault));
    failed.catch(() => {});
    for (const portion of inPortions(pieces)) {
      if (!stream.write(portion)) await Promise.race([once(stream, "drain"), failed]);
    }
    stream.end();
    await Promise.race([once(stream, "close"), failed]);
    if (own) {
      asBefore(own.part, destination);
      report({ kind: "whole", ...own });
      putInPlace(own);
    }
  } catch (fault) {
    if (own) rmSync(own.part, { force: true });
    throw fault instanceof InputError
      ? fault
      : new InputError(path, reason(fault), "a file that can be written");
  } finally {
    unguard?.();
  }
}

/** Gives a file that takes the place of another its mode, whatever the mask, and its owner where that is allowed. */
function asBefore(part: string, { before }: Destination): void {
  if (!before) return;
  const { uid, gid } = statSync(part);
  if (before.uid !== uid || before.gid !== gid) {
    try {
      chownSync(part, before.uid, before.gid);
    } catch {
      // Only the superuser may give files away.
    }
  }
  chmodSync(part, before.mode & 0o7777);
}

/** Gives a file that is whole its own name. */
export function putInPlace({ part, target, isLinked }: Part): void {
  if (!isLinked) {
    renameSync(part, target);
    return;
  }
  copyFileSync(part, target);
  rmSync(part, { force: true });
}

/** Sees to it that a file under another name goes away with the process: the watching thread's task where there is one. */
function guarded(own: Part): () => void {
  report({ kind: "part", ...own });
  if (!isMainThread) return () => report({ kind: "gone", part: own.part });
  const ends = SIGNALS.map((signal) => {
    const end = () => {
      rmSync(own.part, { force: true });
      process.removeListener(signal, end);
      process.kill(process.pid, signal);
    };
    process.on(signal, end);
    return () => process.removeListener(signal, end);
  });
  return () => {
    for (const end of ends) end();
  };
}

/** What asks a process to end. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Pieces of text joined to portions, such as may be shown. */
function* inPortions(pieces: Iterable<string>): Iterable<string> {
  let portion = "";
  let written = 0;
  for (const piece of pieces) {
    portion += piece;
    if (portion.length < PORTION) continue;
    written += portion.length;
    watchedProgress.done(Math.round(written / 1e6), "MB of it");
    yield inert(portion);
    portion = "";
  }
  yield inert(portion);
}

/** Writes a file under another name at once, for the watching thread to leave under its own if the work is cut short. */
export function standBy(path: string, pieces: Iterable<string>): void {
  if (isStandard(path)) return;
  try {
    const { destination, part } = openedFor(path, (how) => how);
    if (part === undefined) return;
    const own = { part, target: destination.path, isLinked: (destination.before?.nlink ?? 1) > 1 };
    report({ kind: "part", ...own });
    try {
      const file = newPart(destination, part);
      for (const portion of inPortions(pieces)) writeFileSync(file, portion);
      closeSync(file);
      asBefore(part, destination);
      report({ kind: "standby", ...own, path });
    } catch (fault) {
      rmSync(part, { force: true });
      throw fault;
    }
  } catch {
    // The file itself is tried in the end, and a fault told then.
  }
}
