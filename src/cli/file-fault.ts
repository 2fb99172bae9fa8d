import { InputError } from "../fault/input-error.js";
import { inputName } from "./standard-streams.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EISDIR: "a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "a file system that is read-only",
  ENOTDIR: "a path through something that is not a directory",
  ELOOP: "symbolic links that lead nowhere",
  ENAMETOOLONG: "a name that is too long",
  ENOSPC: "no space left",
  EDQUOT: "no space left",
  EFBIG: "a limit on how large files may be",
  ENXIO: "a device or socket that cannot be opened",
  EIO: "a device that fails",
};

/** Why the system refused a file, in words. */
export function reason(fault: unknown): string {
  const { code } = fault as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? code ?? String(fault);
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
