import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../fault/input-error.js";
import { type CsvTable, csvText } from "../report/csv.js";
import { writeText } from "./files.js";
import { watchedProgress } from "./watched.js";

/** Fails before any work is done when no files could be written to a folder at the end. Throws InputError. */
export function checkFolder(folder: string): void {
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
}

/** Writes each table to a file of its name in the folder, which is made where there is none. */
export async function writeTables(folder: string, tables: readonly CsvTable[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const table of tables) {
    const path = join(folder, table.name);
    watchedProgress.stage(`writing ${path}`);
    await writeText(path, csvText(table));
  }
  return `${tables.map(({ name }) => name).join(", ")} written to ${folder}`;
}
