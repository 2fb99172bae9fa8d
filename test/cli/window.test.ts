import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

const partners = "instances/partnership-unequal-12.json";
const shares = ["-p", "shares", "--along", '["q","1-q"]', "--from", "0", "--to", "1"];

describe.concurrent("mechlp window", () => {
  test("says between which shares a partnership can be dissolved, and what is proved of it", async () => {
    const { status, stdout, stderr } = await mechlp(["window", partners, ...shares, "--continuum"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("from impossible to possible between 0.2113 and 0.2114.");
    expect(stdout).toContain("from possible to impossible between 0.7886 and 0.7887.");
    expect(stdout).toMatch(
      /Proved at the \d+ values of q that were asked, one by one\.\nOn both sides of each change .* from its file\.\nBetween values nothing/,
    );
  });

  test("has every value that was asked in its JSON, with the money that is needed there", async () => {
    const args = [...shares, "--continuum", "--within", "1/10", "--points", "3", "--json"];
    const { stdout } = await mechlp(["window", partners, ...args]);
    const { instance, types, parameter, along, within, changes, points } = JSON.parse(stdout);
    expect({ instance, types, parameter, along, within }).toEqual({
      instance: "partnership-unequal-12",
      types: "continuous",
      parameter: "shares",
      along: ["q", "1-q"],
      within: { exact: "1/10", value: 0.1 },
    });
    expect(points[0]).toEqual({
      q: { exact: "0", value: 0 },
      verdict: "impossible",
      optimum: { exact: "1/6", value: 1 / 6 },
    });
    expect(changes).toHaveLength(2);
    expect(changes[0].from.verdict).toBe("impossible");
    expect(changes[0].to.q.value - changes[0].from.q.value).toBeLessThanOrEqual(0.1);
  });

  test("has a table of the values asked first: exact on grids, a bracket where types are continuous", async () => {
    const few = [...shares, "--points", "3", "--within", "1"];
    const grid = await mechlp(["window", partners, ...few]);
    expect(grid.stdout).toContain(
      `the values asked first, on their grids
    q  answer      minimal expected subsidy
  ───  ──────────  ────────────────────────
    0  impossible  77/864 ≈ 0.08912037
  0.5  possible    0
    1  impossible  77/864 ≈ 0.08912037
`,
    );
    const all = await mechlp(["window", partners, ...few, "--continuum", "--ir", "ex-post", "--cells", "4"]);
    expect(all.stdout).toMatch(
      /the values asked first\n.*\n.*\n +0 {2}impossible {2}between .*0\.16\d+ and .*0\.1[67]\d+\n/,
    );
    const none = await mechlp(["window", partners, ...few, "--objective", "feasibility"]);
    expect(none.stdout).toContain("    q  answer\n");
  });

  test("--csv writes every value that was asked, exactly and as decimals", async () => {
    const { path } = scratch();
    const few = ["--points", "3", "--within", "1/4", "--csv", path("window.csv")];
    const { status, stderr } = await mechlp(["window", partners, ...shares, ...few]);
    expect([status, stderr]).toEqual([0, ""]);
    const lines = readFileSync(path("window.csv"), "utf8").trimEnd().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "q,q value,answer,lower bound,lower bound value,upper bound,upper bound value",
      "0,0,impossible,77/864,0.08912037037037036,77/864,0.08912037037037036",
      "1/5,0.2,possible,0,0,0,0",
    ]);
    expect(lines).toHaveLength(7);
  });

  test("leaves open what the bracket of continuous types leaves open, and says so", async () => {
    const args = ["--continuum", "--ir", "ex-post", "--points", "3", "--within", "1", "--cells", "4"];
    const { stdout } = await mechlp(["window", partners, ...shares, ...args]);
    expect(stdout).toMatch(/at \d of them the answer is left open, within bounds that --json shows/);
  });

  test.each([
    [["--from", "0", "--to", "1"], "required option '-p, --parameter <path>' not specified"],
    [["-p", "shares", "--from", "0", "--to", "1"], 'such as ["q","1-q"]'],
    [["-p", "share", "--from", "0", "--to", "1"], "did you mean shares?"],
    [["-p", "shares", "--along", "[q]", "--from", "0", "--to", "1"], "--along: "],
    [["-p", "shares", "--from", "zero", "--to", "1"], '--from: "zero"; expected a number such as 0.1 or 1/3'],
    [[...shares, "--cells", "3"], "--cells: 3 without --continuum"],
    [[...shares, "--within", "0"], "--within: 0"],
  ] as const)("window %j is refused in one message", async (args, message) => {
    const { status, stdout, stderr } = await mechlp(["window", partners, ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
