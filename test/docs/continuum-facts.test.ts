import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { partnership } from "../../models/index.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";

const page = readFileSync("docs/continuum-facts.md", "utf8");

/** The cells of the first table below a heading. */
function rows(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading))!;
  const table = section.split("\n\n").find((part) => part.startsWith("| "))!;
  return table
    .split("\n")
    .slice(2)
    .map((line) => line.slice(2, -2).split(" | "));
}

/** `[0.04, 0.05]` or `0` as its ends. */
function ends(cell: string): readonly [Rational, Rational] {
  const [lower, upper = lower] = cell.replace(/[[\]]/g, "").split(", ");
  return [toRational(lower), toRational(upper)];
}

test("partners' brackets contain the formula and lie above what participation in expectation needs", () => {
  const partners = rows("Two partners");
  expect(partners.length).toBeGreaterThan(10);
  for (const [share, interim, formula, bracket, verdict] of partners) {
    const [low, high] = ends(bracket);
    if (formula.trim() !== "") {
      const conjectured = toRational(formula);
      expect([low.compare(conjectured), conjectured.compare(high)], share).toEqual([-1, -1]);
    }
    expect(high.compare(toRational(interim)), share).toBeGreaterThanOrEqual(0);
    const expected = low.sign > 0 ? "impossible" : high.isZero ? "possible" : "undecided";
    expect(verdict, share).toBe(expected);
  }
});

test("what the page says of participation in expectation is what is proved", async () => {
  for (const [share, interim] of rows("Two partners")) {
    const q = toRational(share);
    const shares = [`${q}`, `${Rational.ONE.subtract(q)}`];
    const model = partnership({ agents: 2, grid: { points: 4 }, shares });
    const { optimum } = await designContinuumFor(model.continuous!(), {});
    expect(`${optimum}`, share).toBe(interim);
  }
});
