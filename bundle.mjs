import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "rolldown";

/**
 * Puts the compiled command line of a folder, `dist` unless another is named, into a few files: Node takes longer to find three
 * hundred modules than to answer most questions. Packages of pure code in many files go in as well, with their licences beside
 * them; solvers and the like stay packages.
 */
const folder = process.argv[2] ?? "dist";
const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(new URL("package.json", import.meta.url), "utf8"),
);
const bundled = ["zod", "string-width", "leven", "commander"];
const packages = Object.keys({ ...dependencies, ...optionalDependencies }).filter(
  (name) => !bundled.includes(name),
);

const { output } = await build({
  input: join(folder, "src/cli/main.js"),
  platform: "node",
  logLevel: "warn",
  external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: join(folder, "bin"), format: "esm", cleanDir: true },
});

const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
const homes = modules.flatMap((id) => relative(".", id).match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
const licences = [...new Set(homes)].sort().map((home) => {
  const name = home.replace(/^.*node_modules\//, "");
  const file = readdirSync(home).find((own) => /^licen[cs]e/i.test(own));
  if (!file) throw new Error(`${name} has no licence that could go with it`);
  return `${name}\n\n${readFileSync(join(home, file), "utf8").trim()}\n`;
});
writeFileSync(join(folder, "bin/LICENCES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
// The compiled file too: npx remembers where the command of a folder was, and finds it there until its cache is emptied.
for (const command of ["bin/main.js", "src/cli/main.js"]) chmodSync(join(folder, command), 0o755);
