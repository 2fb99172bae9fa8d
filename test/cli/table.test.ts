import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

const trade = "instances/bilateral-trade-endpoint-5.json";

describe("mechlp table", () => {
  test("tells what every combination of requirements costs, and which single one makes the rest possible", async () => {
    const [csv, html] = ["out", "page.html"].map(scratch().path);
    const { status, stdout, stderr } = await mechlp(["table", trade, "--csv", csv, "--html", html]);
    expect(readFileSync(html, "utf8")).toContain("no deficit: at any profile");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /27 combinations: \d+ possible, \d+ impossible; with one requirement dropped, 27 more: \d+ possible, \d+ impossible\. \d+ solved/,
    );
    expect(stdout).toMatch(
      /Impossible, and possible once any single requirement is weakened or dropped\n {2}- ex post IC/,
    );
    for (const line of stdout.split("\n").filter((text) => / possible \*/.test(text)))
      expect([...line].length, line).toBeLessThanOrEqual(80);
    expect(existsSync(`${csv}/table.csv`)).toBe(true);
    expect(readFileSync(`${csv}/table.csv`, "utf8").trimEnd().split("\n")).toHaveLength(55);
  });

  test("answers for continuous types with --continuum", async () => {
    const { status, stdout } = await mechlp(["table", trade, "--continuum", "--cells", "4", "--json"]);
    expect(status).toBe(0);
    const { types, cells } = JSON.parse(stdout);
    expect(types).toBe("continuous");
    const interim = { ic: "bayesian", ir: "interim", budget: "ex-ante", balance: "exact" };
    expect(cells).toContainEqual(
      expect.objectContaining({ ...interim, optimum: { exact: "1/6", value: 1 / 6 } }),
    );
  });

  test.each([
    [["table", "nowhere.json"], "nowhere.json: no such file"],
    [["table", trade, "--cells", "3"], "--cells: a mesh without --continuum; expected --continuum beside it"],
    [["table", "instances/interdependent-trade-4.json", "--continuum"], "for continuous types one of"],
  ] as const)("%j is refused in one message", async (args, message) => {
    const { status, stdout, stderr } = await mechlp([...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
