import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mechlp } from "../cli/command.js";
import { BROWSER, hasBrowser, site } from "./site.js";

const run = promisify(execFile);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE =
  "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))";

/** Where the words of each table's caption begin and end. */
const CAPTIONS = `[...document.querySelectorAll("caption")].map((caption) => {
  const range = document.createRange();
  range.selectNodeContents(caption);
  const { left, right } = range.getBoundingClientRect();
  return [caption.textContent, left, right];
})`;

describe.skipIf(!hasBrowser)("the explorer in a real browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "mechlp-"));
  let browser: Browser;
  let pages: Awaited<ReturnType<typeof site>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const vite = join(root, "node_modules/vite/bin/vite.js");
    const asked = [
      "build",
      "explorer",
      "--outDir",
      join(folder, "site"),
      "--emptyOutDir",
      "--logLevel",
      "error",
    ];
    await run(process.execPath, [vite, ...asked], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production" },
    });
    pages = await site(join(folder, "site"));
    browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    complaints.length = 0;
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (fault) => complaints.push(String(fault)));
    await page.goto(pages.address + hash);
    return page;
  }

  const solved = (page: Page) => page.getByText(/^Solved and verified/).waitFor();
  const verdict = (page: Page) => page.locator(".verdict").textContent();
  const told = (page: Page, words: RegExp) => page.locator(".verdict", { hasText: words }).waitFor();

  it("answers at once, before HiGHS is needed, and loads less than 0.6 MB", async () => {
    pages.served.clear();
    const page = await open("", { serviceWorkers: "block" });
    await solved(page);
    expect(await verdict(page)).toBe(
      "IMPOSSIBLE: every such mechanism needs outside money: at least 3/40 = 0.075 in expectation.",
    );
    expect([...pages.served.keys()].filter((path) => path.endsWith(".wasm"))).toEqual([]);
    // Compressed, as hosts send them.
    expect([...pages.served.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(0.6e6);
    await page.locator("figure svg").nth(8).waitFor();
    // What keeps the page for later is not wanted here, which the browser says.
    expect(complaints.filter((text) => !text.includes("blocked by Playwright"))).toEqual([]);
    await page.context().close();
  });

  it.each([
    [360, "dark"],
    [1280, "light"],
  ] as const)("reads at %i pixels in %s, and axe finds nothing", async (width, colorScheme) => {
    const page = await open("", { viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
    await solved(page);
    await page.getByRole("button", { name: "Put them beside the optimum" }).click();
    await page.getByLabel("agv", { exact: true }).check();
    await page.getByText("Which properties they have, checked exactly").waitFor();
    const [wide, seen] = (await page.evaluate(
      "[document.documentElement.scrollWidth, innerWidth]",
    )) as number[];
    expect(wide).toBeLessThanOrEqual(seen);
    const captions = (await page.evaluate(CAPTIONS)) as [text: string, left: number, right: number][];
    expect(captions.length).toBeGreaterThan(3);
    for (const [text, left, right] of captions)
      expect(left >= 0 && right <= seen, `${text}: from ${left} to ${right}`).toBe(true);
    await page.evaluate(axe);
    expect(await page.evaluate(AXE)).toEqual([]);
    await page.context().close();
  });

  it("is worked by keys alone", async () => {
    const page = await open();
    await solved(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.labels[0].textContent")).toBe("family");
    await page.keyboard.type("partnership");
    await page.getByText("Whoever values the good most should have it whole.").waitFor();
    await solved(page);
    expect(await verdict(page)).toMatch(/^POSSIBLE/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.getByText(/^partner 1 .*partner 3 \(4 types\)/).waitFor();
    await page.context().close();
  });

  it("has its whole state in the address, and says of a type what it would gain", async () => {
    const page = await open();
    await solved(page);
    await page.getByLabel("taking part pays").selectOption("none");
    await told(page, /^POSSIBLE: such a mechanism exists/);
    const { hash } = new URL(page.url());
    await page.context().close();
    const again = await open(hash);
    await solved(again);
    expect(await verdict(again)).toMatch(/^POSSIBLE/);
    expect(
      await again
        .getByText(/^buyer 0\.05 expects .* by telling the truth, and gains by no report\.$/)
        .count(),
    ).toBe(1);
    await again.context().close();
  });

  it("takes another payment and says which requirements break", async () => {
    const page = await open();
    await solved(page);
    await page.getByLabel("payment", { exact: true }).fill("2");
    await page.getByText("With 2 these fail:").waitFor();
    expect(await page.getByText(/^ex post balance, by /).count()).toBe(1);
    await page.context().close();
  });

  it("asks the same for every type of the intervals", async () => {
    const page = await open();
    await solved(page);
    await page.getByRole("button", { name: "Ask for every type, not only those of the grid" }).click();
    await page.getByText(/at least 1\/6 ≈ 0\.1666667 in expectation/).waitFor();
    expect(complaints).toEqual([]);
    const { hash } = new URL(page.url());
    await page.context().close();
    // A link holds that this was asked.
    const again = await open(hash);
    await again.getByText(/at least 1\/6 ≈ 0\.1666667 in expectation/).waitFor();
    await again.context().close();
  });

  it("keeps the verdict in sight on a phone, and says that a link is copied", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const page = await open("", { viewport: { width: 360, height: 800 }, permissions });
    await solved(page);
    for (const place of ["0", "1000", "document.body.scrollHeight"]) {
      await page.evaluate(`scrollTo(0, ${place})`);
      const box = (await page.locator(".bar").boundingBox())!;
      expect(box.y, place).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height, place).toBeLessThan(400);
    }
    expect(await page.locator(".bar").textContent()).toContain("IMPOSSIBLE: every such mechanism needs");
    await page.getByRole("button", { name: "Copy the link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(page.url());
    await page.context().close();
  });

  it("takes a game by hand, number by number", async () => {
    const page = await open();
    await page.getByLabel("family").selectOption("by hand");
    await solved(page);
    await page.getByLabel("seller dear, value of trade").fill("-4");
    await page
      .getByText(/solving|Solved/)
      .first()
      .waitFor();
    await solved(page);
    expect(decodeURIComponent(page.url())).toContain('[0,"-4"]');
    await page.context().close();
  });

  it("saves an answer that the command line verifies", async () => {
    const page = await open();
    await solved(page);
    for (const [button, name] of [
      ["Instance", "instance.json"],
      ["Answer with its proof", "answer.json"],
    ] as const) {
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button, exact: true }).click(),
      ]);
      await saved.saveAs(join(folder, name));
    }
    const { status, stdout } = await mechlp([
      "verify",
      join(folder, "instance.json"),
      join(folder, "answer.json"),
    ]);
    expect(stdout).toMatch(/^verified: IMPOSSIBLE: .*at least 3\/40/m);
    expect(status).toBe(0);
    await page.context().close();
  });

  it("needs HiGHS for some questions, stops when told to, and works offline after the first visit", async () => {
    const page = await open();
    await solved(page);
    await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
    await page.context().setOffline(true);
    await page.reload();
    await solved(page);
    await page.getByLabel("outcomes", { exact: true }).selectOption("free");
    await page.getByLabel("wanted").selectOption("max-gains");
    await told(page, /the largest expected gains are/);
    await page.getByLabel("telling the truth pays").selectOption("ex-post");
    await page.getByLabel("taking part pays").selectOption("ex-post");
    await page.getByLabel("types", { exact: true }).first().fill("40");
    await page.getByLabel("types", { exact: true }).nth(1).fill("40");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped. Change anything to ask again.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says what is wrong with an instance, and shows hostile labels as text", async () => {
    const page = await open(
      `#${encodeURIComponent(JSON.stringify({ instance: { model: "partnership", parameters: { agents: 2, grid: { points: 3 }, shares: [1, 1] } } }))}`,
    );
    await page.getByText("parameters.shares: shares that sum to 2; expected a sum of exactly 1").waitFor();
    const hostile = "<img src=x onerror=alert(1)>";
    const game = {
      agents: [1, 2].map((k) => ({
        name: `${k}${hostile}`,
        types: [hostile, "b"],
        prior: ["1/2", "1/2"],
        values: {
          byType: [
            [0, 1],
            [0, 2],
          ],
        },
      })),
      outcomes: [hostile, "y"],
    };
    await page.goto(`${pages.address}#${encodeURIComponent(JSON.stringify({ instance: game }))}`);
    await page.reload();
    await solved(page);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("main").textContent()).toContain(hostile);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
