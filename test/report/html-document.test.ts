import * as plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { bilateralTrade, design, Environment, publicGood } from "../../src/index.js";
import { designDocument } from "../../src/report/design-text.js";
import { designFigures } from "../../src/report/figures.js";
import { drawings, html, htmlDocument } from "../../src/report/html-document.js";
import { vector } from "../environment/hand-made.js";

async function page(...asked: Parameters<typeof design>) {
  const answer = await design(...asked);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const figures = designFigures(answer);
  const text = htmlDocument(designDocument(answer, "trade"), drawings(figures, plot, document));
  return { text, figures, page: parseHTML(text).document };
}

describe("a report as a page", () => {
  it("says question and verdict, then shows the pictures, then the tables", async () => {
    const { page: document, figures } = await page(
      bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } }),
    );
    expect(figures.map(({ name }) => name)).toEqual([
      "allocation",
      "payment-1",
      "payment-2",
      "chances-1",
      "expects-1",
      "chances-2",
      "expects-2",
      "incentives-1",
      "incentives-2",
    ]);
    expect(document.querySelectorAll("figure svg")).toHaveLength(figures.length);
    const order = [...document.querySelectorAll(".verdict, .figures, caption")].map(
      ({ className, localName }) => className || localName,
    );
    expect(order[0]).toMatch(/^verdict/);
    expect(order[1]).toBe("figures");
    expect(order.at(-1)).toBe("caption");
  });

  it("shows alike agents once, and says who expects the same", async () => {
    const { figures } = await page(publicGood({ agents: 3, grid: { points: 3 }, cost: 1 }));
    const expects = figures.filter(({ name }) => name.startsWith("expects"));
    expect(expects.map(({ caption }) => caption)).toEqual([
      "What each type expects to pay and to have, when all tell the truth. neighbour 2 and neighbour 3 expect the same.",
    ]);
  });

  it("needs no script, no other file and no network", async () => {
    const { text } = await page(bilateralTrade({ buyer: { points: 3 }, seller: { points: 3 } }));
    expect(text).not.toMatch(/<script|<link|<img|url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    expect(text).toContain("default-src 'none'");
  });

  it("is inert, whatever labels say", async () => {
    const hostile = `<img src=x onerror="alert(1)">'&\u202e${"long ".repeat(2000)}`;
    const environment = new Environment({
      name: hostile,
      description: hostile,
      agents: [1, 2].map((k) => ({
        name: `${k}${hostile}`,
        types: [`a${hostile}`, `b${hostile}`],
        values: { shape: "type-outcome", entries: vector("0", "1", "0", "2") },
      })),
      outcomes: [`x${hostile}`, `y${hostile}`],
      prior: { kind: "independent", marginals: [0, 1].map(() => vector("1/2", "1/2")) },
    });
    const { page: document } = await page({ environment });
    expect(document.querySelectorAll("img")).toHaveLength(0);
    expect([...document.querySelectorAll("*")].filter((one) => one.hasAttribute("onerror"))).toHaveLength(0);
    for (const text of document.querySelectorAll("svg text"))
      expect(text.textContent!.length).toBeLessThan(50);
  });

  it("keeps marks that turn the direction of writing to the text that has them", () => {
    expect(html("a\u202eb<")).toBe("<bdi>a\u202eb&lt;</bdi>");
    expect(html("a")).toBe("a");
  });
});
