import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

/**
 * Puts the compiled command line of a folder, `dist` unless another is named, into a few files: Node takes longer to find three
 * hundred modules than to answer most questions. What package.json depends on stays a package of its own, with its licence.
 */
const folder = process.argv[2] ?? "dist";
const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(new URL("package.json", import.meta.url), "utf8"),
);
const packages = Object.keys({ ...dependencies, ...optionalDependencies });

await build({
  input: join(folder, "src/cli/main.js"),
  platform: "node",
  logLevel: "warn",
  external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: join(folder, "bin"), format: "esm", cleanDir: true },
});
// The compiled file too: npx remembers where the command of a folder was, and finds it there until its cache is emptied.
for (const command of ["bin/main.js", "src/cli/main.js"]) chmodSync(join(folder, command), 0o755);
