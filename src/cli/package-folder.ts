import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where this program's package lies. */
export function packageFolder(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  return foldersAbove(here).find(
    (folder) => existsSync(join(folder, "package.json")) && existsSync(join(folder, "schema")),
  );
}

/** A folder and those that it lies in, the nearest first. */
export function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
