import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build, type Plugin, parseAst, type Rolldown } from "vite";
import { describe, expect, inject, test } from "vitest";
import { version } from "../src/version.js";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}
const manifest: Manifest = JSON.parse(readFileSync("package.json", "utf8"));

describe("what npm packs", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
  });
  const packed: { files: { path: string }[] }[] = Object.values(JSON.parse(output));
  const files = packed[0].files.map(({ path }) => path);

  test("is what users are promised", () => {
    for (const promised of [
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "docs/answer-format.md",
      "checker/mechlp_check.py",
    ]) {
      expect(files).toContain(promised);
    }
    for (const folder of ["instances", "schema"]) {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
      const own = names.filter((name) => name.endsWith(".json")).map((name) => `${folder}/${name}`);
      expect(files).toEqual(expect.arrayContaining(own));
    }
    expect(files).toContain(join(manifest.bin["mechlp"]));
  });

  test("is nothing else: no tests, no benchmarks, no maps of sources that are not there", () => {
    const known =
      /^(dist\/(bin|models|src(?!\/cli))|instances|schema|docs|checker)\/|^[^/]+\.(md|json)$|^LICENSE$/;
    expect(files.filter((path) => !known.test(path) || path.endsWith(".map"))).toEqual([]);
  });

  test("has every file that the map of exports leads to", () => {
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : Object.values(entry),
    );
    expect(targets.length).toBeGreaterThan(10);
    for (const target of targets) {
      const [before, after] = join(target).split("*");
      const found = files.some((path) => path.startsWith(before) && path.endsWith(after ?? ""));
      expect(found, target).toBe(true);
    }
  });
});

test("every entry is found by whoever imports the package by its name", () => {
  const { resolve } = createRequire(import.meta.url);
  const places = Object.entries(manifest.exports).map(([entry, target]) => {
    const name = join(manifest.name, entry);
    return typeof target === "string"
      ? name.replace("*", readdirSync(dirname(target)).find((file) => file.endsWith(".json"))!)
      : name;
  });
  expect(places).toContain("mechlp/worker/serve");
  for (const name of places) expect(existsSync(resolve(name)), name).toBe(true);
});

test("the version that the program tells, and writes into answers, is the package's", () => {
  expect(version).toBe(manifest.version);
});

const built = join(dirname(inject("builtCommand")), "..");

/** The package's entries as they were just built. */
const asBuilt: Plugin = {
  name: "as-built",
  enforce: "pre",
  resolveId(id) {
    const entry = manifest.exports[id.replace(manifest.name, ".")];
    if (entry && typeof entry !== "string") return entry.default.replace("./dist", built);
    return undefined;
  },
};

/** As where the packages that are not MIT, or not asked for, are not installed. */
const withoutOtherSolvers: Plugin = {
  name: "without-other-solvers",
  enforce: "pre",
  resolveId(id) {
    if (/^(glpk\.js|javascript-lp-solver)/.test(id)) throw new Error(`${id} is not installed`);
    return undefined;
  },
};

async function page(code: string, ...plugins: Plugin[]): Promise<Rolldown.RolldownOutput> {
  const entry: Plugin = {
    name: "page",
    resolveId: (id) => (id === "page" ? join(built, "page.js") : undefined),
    load: (id) => (id === join(built, "page.js") ? code : undefined),
  };
  const all = [entry, asBuilt, ...plugins];
  return (await build({
    configFile: false,
    logLevel: "silent",
    plugins: all,
    worker: { format: "es", plugins: () => all },
    build: { write: false, rolldownOptions: { input: "page" } },
  })) as Rolldown.RolldownOutput;
}

describe("a page that Vite builds", () => {
  test("of mechlp and its worker needs no other solver, has none, and loads nothing of Node's", async () => {
    const { output } = await page(
      `import { bilateralTrade, design } from "mechlp"; import * as worker from "mechlp/worker";
       const model = bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } });
       document.title = (await design(model)).verdict + (await worker.design(model)).verdict;`,
      withoutOtherSolvers,
    );
    const chunks = output.filter((part) => part.type === "chunk");
    const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
    expect(modules.some((id) => id.endsWith("src/design.js"))).toBe(true);
    // A family that the page does not use stays out, and so do the languages of zod's messages but one.
    expect(modules.some((id) => id.endsWith("models/two-residents.js"))).toBe(false);
    const locales = chunks.flatMap((chunk) =>
      Object.entries(chunk.modules).filter(([id, { code }]) => id.includes("/locales/") && code),
    );
    expect(locales.map(([id]) => id.replace(/.*\//, ""))).toEqual(["en.js"]);
    const imported = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
    expect(imported.filter((id) => /^node:|^module$/.test(id))).toEqual([]);
    const files = output.map(({ fileName }) => fileName);
    expect(files.some((name) => /thread-.*\.js$/.test(name))).toBe(true);
    expect(files.filter((name) => name.endsWith(".wasm"))).toHaveLength(1);
    const text = output.map((part) => ("code" in part ? part.code : String(part.source))).join();
    expect(text).toContain("kHighs");
    expect(text).not.toMatch(/GLP_MSG|glpk\.wasm|branchAndCut/);
  });

  test("has GLPK where it imports mechlp/glpk, and does not build without it", async () => {
    const code = 'import { glpk } from "mechlp/glpk"; console.log(await glpk.solve({}));';
    const { output } = await page(code);
    expect(output.some((part) => "code" in part && part.code.includes("GLP_MSG"))).toBe(true);
    await expect(page(code, withoutOtherSolvers)).rejects.toThrow("is not installed");
  });
});

test("browsers load it by the import map of docs/browser.md: modules all the way down, every name on the map", () => {
  const [, text] = /<script type="importmap">(.*?)<\/script>/s.exec(readFileSync("docs/browser.md", "utf8"))!;
  const { imports }: { imports: Readonly<Record<string, string>> } = JSON.parse(text);
  const used = new Set<string>();
  const address = (name: string, from: string): string => {
    if (/^\.{1,2}\//.test(name)) return resolve(dirname(from), name);
    const key = Object.keys(imports).find(
      (key) => key === name || (key.endsWith("/") && name.startsWith(key)),
    );
    expect(key, `${name}, which ${from} imports`).toBeDefined();
    used.add(key!);
    const place = imports[key!] + name.slice(key!.length);
    return resolve(
      place.replace("/node_modules/mechlp/dist", built).replace(/^\/node_modules/, "node_modules"),
    );
  };
  const seen = new Set<string>();
  const waiting = ["mechlp", "mechlp/worker"].map((name) => address(name, "the page"));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const code = readFileSync(file, "utf8");
    // Only a module's parser reads it; CommonJS would bind nothing.
    const names = parseAst(code).body.flatMap((statement) =>
      "source" in statement && statement.source ? [String(statement.source.value)] : [],
    );
    for (const [, name] of code.matchAll(/\bimport\(["']([^"']+)["']\)/g)) names.push(name);
    expect(/\bmodule\.exports\b/.test(code), `${file} is CommonJS`).toBe(false);
    for (const name of names) if (!name.startsWith("node:")) waiting.push(address(name, file));
  }
  expect(seen.size).toBeGreaterThan(200);
  expect([...used].sort()).toEqual(Object.keys(imports).sort());
});
