import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mechlp } from "../cli/command.js";
import { BROWSER, hasBrowser } from "./site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const reports: readonly (readonly string[])[] = [
  ["solve", "instances/bilateral-trade-uniform-10.json"],
  ["solve", "instances/second-best-trade-10.json"],
  ["solve", "instances/public-good-three-5.json", "--draw"],
  ["solve", "instances/partnership-unequal-12.json", "--ir", "ex-post"],
  ["compare", "instances/bilateral-trade-uniform-10.json", "--grids", "5,10"],
];

describe.skipIf(!hasBrowser)("reports in a real browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "mechlp-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each(reports.map((args, k) => [args.join(" "), args, k] as const))(
    "%s: reads on a phone and on a desk, in light and dark, without complaint",
    async (_, args, k) => {
      const file = join(folder, `${k}.html`);
      expect((await mechlp([...args, "--html", file])).stderr).toBe("");
      for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [360, 1280]) {
          const context = await browser.newContext({
            viewport: { width, height: 800 },
            colorScheme,
            bypassCSP: true,
          });
          const page = await context.newPage();
          const complaints: string[] = [];
          page.on("console", (message) => complaints.push(message.text()));
          page.on("pageerror", (fault) => complaints.push(String(fault)));
          page.on("request", (request) => {
            if (!request.url().startsWith("file:")) complaints.push(request.url());
          });
          await page.goto(`file://${file}`);
          const [wide, seen] = (await page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth]",
          )) as number[];
          expect(wide).toBeLessThanOrEqual(seen);
          await page.evaluate(axe);
          const found = await page.evaluate(
            "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))",
          );
          expect(found).toEqual([]);
          expect(complaints).toEqual([]);
          await context.close();
        }
      }
    },
  );
});
