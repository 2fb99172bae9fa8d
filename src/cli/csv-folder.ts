import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../fault/input-error.js";
import { type CsvTable, csvText, TABLE_NAMES } from "../report/csv.js";
import { reason } from "./file-fault.js";
import { watchedProgress } from "./watched.js";
import { checkWritable, writeText } from "./writing.js";

/**
 * Fails before any work is done when no files could be written to a folder at the end, or one of them would take the place of another
 * file of the command. Throws InputError.
 */
export function checkFolder(folder: string, others: readonly string[]): void {
  const accepted = "a folder, or a name for a new one";
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new InputError(folder, "a file that is no folder", accepted);
  const known = existsSync(folder) ? folder : dirname(folder);
  if (!existsSync(known)) throw new InputError(folder, "no such folder to make it in", accepted);
  try {
    accessSync(known, constants.W_OK);
  } catch {
    throw new InputError(folder, "permission denied", "a folder that can be written to");
  }
  if (known !== folder) return;
  for (const name of TABLE_NAMES) checkWritable(join(folder, name), ...others);
}

/** Makes the folder where there is none. Throws InputError where that cannot be done. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    // Not recursive: Node 20 then never ends where the system says that there is no such file, as /proc does.
    mkdirSync(folder);
  } catch (fault) {
    throw new InputError(folder, reason(fault), "a folder that can be made");
  }
}

/** Writes each table to a file of its name in the folder, which is made where there is none. */
export async function writeTables(folder: string, tables: readonly CsvTable[]): Promise<string> {
  makeFolder(folder);
  for (const table of tables) {
    const path = join(folder, table.name);
    watchedProgress.stage(`writing ${path}`);
    await writeText(path, csvText(table));
  }
  return `${tables.map(({ name }) => name).join(", ")} written to ${folder}`;
}
