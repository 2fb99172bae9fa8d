import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
}

const { packages }: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
);
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const page = readFileSync("docs/dependencies.md", "utf8");

/** `name licence` of every row below a heading. */
function rowsBelow(heading: RegExp): string[] {
  const [, section] = page.split(heading);
  const rows = section.split("\n## ")[0].matchAll(/^\| (\S+) \| ([^|]+) \| [^|]+ \|$/gm);
  return [...rows]
    .map(([, name, licence]) => `${name} ${licence.trim()}`)
    .filter((row) => !row.startsWith("package"));
}

const locked = (names: readonly string[]) =>
  names.map((name) => `${name} ${packages[`node_modules/${name}`].license}`).sort();

test("every package that users install is listed with its licence, and no other", () => {
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
  const names = installed.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + 13));
  expect(
    rowsBelow(/## What users install.*\n/)
      .filter((row) => !row.startsWith("---"))
      .sort(),
  ).toEqual(locked(names));
});

test("every package that development asks for is listed with its licence, and no other", () => {
  const listed = rowsBelow(/## What development takes.*\n/).filter((row) => !row.startsWith("---"));
  expect(listed.sort()).toEqual(locked(Object.keys(manifest.devDependencies)));
});

test("every package that the document site asks for is listed with its licence, and no other", () => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync("site/package-lock.json", "utf8"),
  );
  const asked = Object.keys(JSON.parse(readFileSync("site/package.json", "utf8")).devDependencies);
  const listed = rowsBelow(/## What the document site takes.*\n/).filter((row) => !row.startsWith("---"));
  expect(listed.sort()).toEqual(
    asked.map((name) => `${name} ${lock.packages[`node_modules/${name}`].license}`).sort(),
  );
});

test("the GPL is on nothing but what is optional", () => {
  for (const [path, { license = "", optional, dev }] of Object.entries(packages)) {
    if (/GPL/.test(license)) expect(optional || dev, path).toBe(true);
  }
});
