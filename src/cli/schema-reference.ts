import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "../version.js";
import { foldersAbove, packageFolder } from "./package-folder.js";

/**
 * What a new file says under `$schema`, so that editors find the schema: a relative path where the package lies in the file's own
 * project, which holds for everybody who works on it; else where the package lies on this machine. A copy that npx has put
 * aside may be gone tomorrow, so that its files refer to the published one.
 */
export function schemaReference(file: string, schema: "instance" | "mechanism"): string {
  const inPackage = join("schema", `${schema}.schema.json`);
  const from = dirname(resolve(file));
  const own = packageFolder();
  for (const folder of foldersAbove(from)) {
    const installed = [join(folder, "node_modules", "mechlp"), ...(folder === own ? [own] : [])];
    const found = installed.find((candidate) => existsSync(join(candidate, inPackage)));
    if (found === undefined) continue;
    const path = relative(from, join(found, inPackage)).split(sep).join("/");
    return path.startsWith(".") ? path : `./${path}`;
  }
  if (own === undefined || own.split(sep).includes("_npx"))
    return `https://unpkg.com/mechlp@${version}/schema/${schema}.schema.json`;
  return pathToFileURL(join(own, inPackage)).href;
}
