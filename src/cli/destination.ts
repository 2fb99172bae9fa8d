import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { InputError } from "../fault/input-error.js";
import { isStandard } from "./standard-streams.js";

/** What is to become of a text: the file that a path leads to, and what it is now. */
export interface Destination {
  /** Behind all symbolic links. */
  readonly path: string;
  readonly before: Stats | undefined;
}

/** Most symbolic links one after the other, as Linux has it. */
const MOST_LINKS = 40;

/** Where a path leads, whether there is something or not. Throws the system's faults. */
export function destinationOf(path: string): Destination {
  let own = resolve(path);
  for (let links = 0; ; links++) {
    try {
      const real = realpathSync(own);
      return { path: real, before: statSync(real) };
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      if (code !== "ENOENT" || links > MOST_LINKS) throw fault;
    }
    // Not there yet, or a link to what is not there yet.
    const link = statusOf(own);
    if (!link?.isSymbolicLink()) return { path: own, before: undefined };
    own = resolve(dirname(own), readlinkSync(own));
  }
}

function statusOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Whether it is no regular file but, say, a pipe or a device, which is written directly. */
export function isDirect({ before }: Destination): boolean {
  return before !== undefined && !before.isFile();
}

/** Throws InputError where two files are one, of which one would be lost, by whatever names. */
export function checkDistinct(where: string, file: string, other: string): void {
  if (isStandard(file) || isStandard(other) || !isSame(file, other)) return;
  throw new InputError(where, "the same file as another of this command", "a file of its own");
}

function isSame(file: string, other: string): boolean {
  try {
    const [a, b] = [destinationOf(file), destinationOf(other)];
    // Devices such as /dev/null take whatever comes.
    if (isDirect(a) || isDirect(b)) return false;
    if (a.before && b.before) return a.before.dev === b.before.dev && a.before.ino === b.before.ino;
    if (a.before || b.before || basename(a.path) !== basename(b.path)) return false;
    return realpathSync(dirname(a.path)) === realpathSync(dirname(b.path));
  } catch {
    // Told when the file is opened.
    return false;
  }
}
