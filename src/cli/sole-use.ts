import { createHash } from "node:crypto";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { createServer } from "node:net";
import { InputError } from "../fault/input-error.js";

/** Names that the system gives back by itself once the process is gone, however it ended. */
const NAMES: Partial<Record<NodeJS.Platform, string>> = { linux: "\0", win32: "\\\\.\\pipe\\" };

/**
 * Takes a file for this process alone, as long as it lives, on systems that can tell. Throws InputError where another process of
 * this program has it.
 */
export async function takeAlone(path: string): Promise<void> {
  const prefix = NAMES[process.platform];
  if (prefix === undefined) return;
  const server = createServer().unref();
  const name = createHash("sha256").update(realpathSync(path)).digest("hex").slice(0, 32);
  server.listen(`${prefix}mechlp-${name}`);
  try {
    await once(server, "listening");
  } catch {
    throw new InputError(path, "a file that another mechlp is writing to", "a file of its own");
  }
}
