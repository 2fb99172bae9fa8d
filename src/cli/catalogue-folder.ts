import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { packageFolder } from "./package-folder.js";

const PREFIX = "catalogue:";

/** The names of the instances that come with the program, which are their paths in `instances`, in order. */
export function catalogueNames(): string[] {
  return readdirSync(folder(), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length).split(sep).join("/"))
    .sort();
}

/** The file that `catalogue:NAME` stands for; undefined for every other path. Throws InputError where there is no such instance. */
export function catalogueFile(path: string): string | undefined {
  return path.startsWith(PREFIX) ? fileOf(catalogueName(path.slice(PREFIX.length), path)) : undefined;
}

/** The name that is meant by a whole name, or by its last part where no other ends so. */
export function catalogueName(name: string, said = name): string {
  const names = catalogueNames();
  if (names.includes(name)) return name;
  const ending = names.filter((one) => one.endsWith(`/${name}`));
  if (ending.length !== 1)
    throw unknownName("", "instance of the catalogue", said, names, "a name that mechlp catalogue lists");
  return ending[0];
}

export function fileOf(name: string): string {
  return join(folder(), `${name}.json`);
}

function folder(): string {
  const home = packageFolder();
  if (home === undefined)
    throw new InputError("", "no folder instances beside the program", "an installed package");
  return join(home, "instances");
}
