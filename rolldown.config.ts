import { readFileSync } from "node:fs";

const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(new URL("package.json", import.meta.url), "utf8"),
) as Record<"dependencies" | "optionalDependencies", Record<string, string>>;
/** What package.json depends on stays a package of its own, with its licence. */
const packages = Object.keys({ ...dependencies, ...optionalDependencies });

/** The command line in a few files: Node takes longer to find three hundred modules than to answer most questions. */
export default {
  input: "dist/src/cli/main.js",
  platform: "node" as const,
  logLevel: "warn" as const,
  external: (id: string) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: "dist/bin", format: "esm" as const, cleanDir: true },
};
