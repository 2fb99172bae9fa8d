import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { evaluate } from "../../src/sweep/evaluate.js";
import { planOf } from "../../src/sweep/plan.js";
import { partners } from "../sweep/specifications.js";
import { BROWSER, hasBrowser, site } from "./site.js";

const built = join(dirname(inject("builtCommand")), "../src");

describe.skipIf(!hasBrowser)("a sweep in a real browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "mechlp-"));
  let browser: Browser | undefined;
  beforeAll(async () => {
    const entry = join(folder, "page.js");
    writeFileSync(
      entry,
      `import { sweep } from ${JSON.stringify(join(built, "sweep.js"))};
       const results = [];
       for await (const result of sweep(${JSON.stringify(partners)}, { concurrency: 2 })) results.push(result);
       globalThis.results = results.sort((a, b) => a.point - b.point);`,
    );
    writeFileSync(join(folder, "index.html"), '<script type="module" src="./page.js"></script>');
    await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      worker: { format: "es" },
      build: { target: "es2022" },
    });
    browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it("runs on Web Workers, with the results of every other machine", async () => {
    const { address, served, close } = await site(join(folder, "dist"));
    const page = await browser!.newPage();
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await page.goto(address);
    await page.waitForFunction("globalThis.results !== undefined");
    const found = await page.evaluate("globalThis.results");
    close();
    const plan = planOf(partners);
    const here = [];
    for (let number = 1; number <= plan.count; number++) {
      const point = plan.point(number);
      if ("fault" in point) throw point.fault;
      here.push({ ...point.coordinates, ...(await evaluate(point.task)).outcome });
    }
    expect(found).toEqual(here);
    expect(workers).toHaveLength(2);
    expect([...served.keys()].some((file) => /thread-.*\.js$/.test(file))).toBe(true);
  });
});
