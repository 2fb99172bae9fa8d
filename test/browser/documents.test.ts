import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BROWSER, hasBrowser, site } from "./site.js";

const BUILT = "dist/site";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const isBuilt = existsSync(`${BUILT}/index.html`);
if (!isBuilt) console.warn(`SKIPPED: the document site in a real browser; \`npm run site\` builds ${BUILT}`);

const pages = ["", "tutorial.html", "ledger.html", "gallery/", "constructions/m2.html", "api/mechlp/"];

describe.skipIf(!hasBrowser || !isBuilt)("the document site in a real browser", () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof site>>;
  beforeAll(async () => {
    served = await site(BUILT);
    browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    served.close();
  });

  /** A page of the site, and what it complains of: a word on the console, a fault, or a request to anywhere else. */
  async function opened(path: string, width: number, colorScheme: "light" | "dark") {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (fault) => complaints.push(String(fault)));
    page.on("request", (request) => {
      if (!request.url().startsWith(served.address)) complaints.push(request.url());
    });
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`${served.address}${path}`, { waitUntil: "networkidle" });
    // The page is alive when its switch of light and dark has a name.
    await page.locator(".VPSwitchAppearance:not([title=''])").first().waitFor({ state: "attached" });
    return { context, page, complaints };
  }

  it.each(pages)("/%s: reads on a phone in light and on a desk in dark, without complaint", async (path) => {
    for (const [width, colorScheme] of [
      [360, "light"],
      [1280, "dark"],
    ] as const) {
      const { context, page, complaints } = await opened(path, width, colorScheme);
      const [wide, seen] = (await page.evaluate(
        "[document.documentElement.scrollWidth, innerWidth]",
      )) as number[];
      expect(wide).toBeLessThanOrEqual(seen);
      await page.evaluate(axe);
      const found = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.length + ' ' + nodes[0].html.slice(0, 200)))",
      );
      expect([colorScheme, width, found]).toEqual([colorScheme, width, []]);
      expect(complaints).toEqual([]);
      await context.close();
    }
  });

  it("finds a page by a word of it", async () => {
    const { context, page, complaints } = await opened("", 1280, "light");
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill("posted price lottery");
    const first = page.locator("#localsearch-list a").first();
    await first.waitFor();
    expect(await first.getAttribute("href")).toContain("posted-price-lottery");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("leads to the explorer, which answers", async () => {
    const { context, page, complaints } = await opened("tutorial.html", 1280, "light");
    await page.locator("header a", { hasText: "Explorer" }).first().click();
    await page.locator("text=IMPOSSIBLE").first().waitFor({ timeout: 30_000 });
    expect(page.url()).toContain("/explorer/");
    expect(complaints).toEqual([]);
    await context.close();
  });
});
