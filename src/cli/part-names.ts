import { createHash, randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/**
 * What files are called until they are whole: `.NAME.PID.HOST.RANDOM.part`, beside their own name. Nobody can foresee it, and it tells
 * which process writes the file, so that what SIGKILL has left behind is known.
 */

export function partName(path: string): string {
  return join(
    dirname(path),
    `${prefixOf(path)}${process.pid}.${host()}.${randomBytes(8).toString("hex")}.part`,
  );
}

/**
 * Removes what processes that are dead have left of a file: of this host and user, regular files alone, whatever a link leads to. What
 * cannot be removed stays.
 */
export function removeLeftovers(path: string): void {
  const [folder, prefix] = [dirname(path), prefixOf(path)];
  try {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(prefix)) continue;
      const [, pid, where] =
        /^(\d+)\.([0-9a-f]{8})\.[0-9a-f]{16}\.part$/.exec(name.slice(prefix.length)) ?? [];
      if (where !== host() || isAlive(Number(pid))) continue;
      const found = lstatSync(join(folder, name));
      if (found.isFile() && found.uid === (process.getuid?.() ?? found.uid)) rmSync(join(folder, name));
    }
  } catch {
    // A folder that may not be listed, or a file that somebody else has just removed.
  }
}

/** Of so many bytes that the longest name that a file may have is not exceeded. */
function prefixOf(path: string): string {
  const name = Buffer.from(basename(path))
    .subarray(0, 200)
    .toString()
    .replace(/\ufffd$/, "");
  return `.${name}.`;
}

/** Where process numbers mean what they mean here: machines and containers may share a folder. */
function host(): string {
  let numbers = "";
  try {
    numbers = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Not everywhere there are such namespaces.
  }
  return createHash("sha256").update(`${hostname()} ${numbers}`).digest("hex").slice(0, 8);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
