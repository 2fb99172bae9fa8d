import { expect, it } from "vitest";
import { bilateralTrade, design, designText, singleGoodAuction } from "../../src/index.js";

const trade = bilateralTrade({ buyer: { points: 4 }, seller: { points: 4 } });

it("draws what is chosen over two agents' types, and what each type expects", async () => {
  const text = designText(await design(trade, { ties: "first" }), "trade", { draw: true });
  expect(text).toContain(
    [
      "what is chosen: buyer to the right, seller upwards",
      "  0.875 │        ",
      "        │      ██",
      "        │    ████",
      "  0.125 │  ██████",
      "        └────────",
      "         0.125 0.875",
      "  █ trade for sure, paler where a lottery decides, blank no trade.",
    ].join("\n"),
  );
  expect(text).toContain("o P(trade).");
  expect(text).toMatch(/o pays, \+ utility(; \* where they meet)?\./);
});

it("draws more than two outcomes by letters, within 80 columns", async () => {
  const auction = singleGoodAuction({ agents: 2, grid: { points: 100 } });
  const text = designText(await design(auction, { objective: "max-surplus", budget: "none" }), "auction", {
    draw: true,
  });
  expect(text).toContain("A kept, B to bidder 1, C to bidder 2.");
  const drawn = text.split("\n").filter((line) => /[│└]/.test(line));
  expect(drawn.length).toBeGreaterThan(32);
  expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(80);
});
