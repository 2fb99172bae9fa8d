import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { evaluate } from "../../src/sweep/evaluate.js";
import { type Plan, planOf } from "../../src/sweep/plan.js";
import type { Outcome } from "../../src/sweep/result.js";

const page = readFileSync("docs/studies.md", "utf8");

/** The cells of a study's table, without its heading. */
function rowsOf(study: string): string[][] {
  const [, table] = new RegExp(`<!-- ${study} -->\n(.*?)<!-- end -->`, "s").exec(page)!;
  const [, , ...rows] = table.trim().split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function planIn(study: string): Plan {
  return planOf(JSON.parse(readFileSync(`docs/studies/${study}.json`, "utf8")));
}

async function outcomeAt(plan: Plan, number: number): Promise<Outcome> {
  const point = plan.point(number);
  if ("fault" in point) throw point.fault;
  return (await evaluate(point.task)).outcome;
}

test("the shares of possible draws that the page prints are those of the specification: all of four types", async () => {
  const plan = planIn("random-priors");
  const [, , printed] = rowsOf("random-priors");
  const [types, ...counts] = printed;
  expect(types).toBe("4");
  const found = [0, 0, 0, 0];
  let asked = 0;
  for (let number = 1; number <= plan.count; number++) {
    const { at } = plan.point(number).coordinates;
    if (at["types"] !== 4) continue;
    asked++;
    const outcome = await outcomeAt(plan, number);
    if ("verdict" in outcome && outcome.verdict === "possible")
      found[["any", "nearly even", "gains likely", "gains unlikely"].indexOf(String(at["prior"]))]++;
  }
  expect(asked).toBe(400);
  expect(found.map(String)).toEqual(counts);
});

test("the subsidies that the page prints are those of the specification: all of two partners, and sole owners", async () => {
  const plan = planIn("unequal-partnerships");
  const rows = rowsOf("unequal-partnerships");
  expect(rows).toHaveLength(21);
  let held = 0;
  for (let number = 1; number <= plan.count; number++) {
    const { at } = plan.point(number).coordinates;
    if (at["partners"] !== 2 && at["share"] !== 1) continue;
    const outcome = await outcomeAt(plan, number);
    const row = rows.find(([share]) => share === String(at["share"]))!;
    expect("optimum" in outcome && outcome.optimum?.exact, JSON.stringify(at)).toBe(
      row[Number(at["partners"]) - 1],
    );
    held++;
  }
  expect(held).toBe(24);
});
