import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch, shell } from "./command.js";

const TRADE = "instances/bilateral-trade-uniform-10.json";
const INTERVALS = "instances/continuous/trade.json";

describe("solve --continuum", () => {
  test("answers for all types that a grid stands for, and puts the grid's own number beside it", async () => {
    const { status, stdout, stderr } = await mechlp(["solve", TRADE, "--continuum"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("buyer: types from 0 to 1, uniform; seller: types from 0 to 1, uniform");
    expect(stdout).toContain(
      "IMPOSSIBLE: every such mechanism needs outside money: at least 1/6 ≈ 0.1666667 in expectation.",
    );
    expect(stdout).toContain("the instance's own grid            3/40 = 0.075 (10 x 10 types)");
    expect(stdout).toContain("theorems that the proof relies on\n  - Payoff equivalence:");
    expect(stdout).not.toContain("ties");
  });

  test("answers an instance of intervals, which has no grid, for a machine too", async () => {
    const { stdout } = await mechlp(["solve", INTERVALS, "--continuum", "--json"]);
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({
      instance: "trade",
      types: "continuous",
      verdict: "impossible",
      optimum: { exact: "1/4", value: 0.25 },
      method: "interim",
    });
    expect(json.grid).toBeUndefined();
    expect(json.bounds).toBeUndefined();
  });

  test("is brief in five lines", async () => {
    const { stdout } = await mechlp(["solve", TRADE, "--continuum", "--brief"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(5);
  });

  test("fits a terminal of 80 columns", async () => {
    const { stdout } = await mechlp(["solve", TRADE, "--continuum"], { COLUMNS: "80", LINES: "24" });
    for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  test("writes a page, pictures and tables as for a grid, and says so", async () => {
    const { path, names } = scratch();
    const files = ["--html", path("page.html"), "--svg", path("pictures"), "--csv", path("tables")];
    const { status, stdout } = await mechlp(["solve", TRADE, "--continuum", ...files]);
    expect(status).toBe(0);
    expect(stdout).toContain("minimal expected subsidy           1/6 ≈ 0.1666667, 100% of the gains\n");
    expect(stdout).toContain(`\n3 pictures written to ${path("pictures")}\n`);
    expect(stdout).toContain(`\nsummary.csv, types.csv written to ${path("tables")}\n`);
    expect(names()).toEqual(["page.html", "pictures", "tables"]);
    expect(readFileSync(path("page.html"), "utf8")).toContain("<svg");
  });

  test.each<[string, string[], string]>([
    [
      "a drawing in text",
      [TRADE, "--continuum", "--draw"],
      "error: option '--continuum' cannot be used with option '--draw'\n",
    ],
    [
      "a mesh without continuous types",
      [TRADE, "--cells", "4"],
      "mechlp: --cells: a mesh without --continuum; expected --continuum beside it\n",
    ],
    [
      "a width of nothing",
      [TRADE, "--continuum", "--width", "0"],
      'mechlp: --width: "0"; expected a positive number, such as 1e-3 or 1/1000\n',
    ],
    [
      "half a cell",
      [TRADE, "--continuum", "--cells", "1/2"],
      'mechlp: --cells: "1/2"; expected a whole number from 1 to 1000\n',
    ],
    [
      "requirements besides",
      [TRADE, "--continuum", "--never-paid", "all"],
      "mechlp: --never-paid: a requirement that is not covered for continuous types; expected a question of choices alone\n",
    ],
    [
      "correlated types",
      ["instances/correlated-trade-4.json", "--continuum"],
      "mechlp: instances/correlated-trade-4.json: model: correlated-pair, whose types are not independent or whose values are not private; expected for continuous types one of ",
    ],
    [
      "a grid that is written out",
      ["instances/lemons-trade.json", "--continuum"],
      'mechlp: instances/lemons-trade.json: agents: types in lists; expected for continuous types intervals, as "types": {"from": 0, "to": 1}\n',
    ],
    [
      "intervals where a grid is asked about",
      [INTERVALS],
      "mechlp: instances/continuous/trade.json: agents[0].types: an interval of types; expected a list of types; for intervals there are show, verify, explain, and solve, compare and expand with --continuum\n",
    ],
    [
      "a question that no method covers",
      [TRADE, "--continuum", "--ic", "none", "--ir", "ex-post"],
      "mechlp: instances/bilateral-trade-uniform-10.json: a question about continuous types that no method covers (",
    ],
    [
      "tables of a grid",
      [TRADE, "--continuum", "--out", "x.json"],
      "error: option '--continuum' cannot be used with option '--out <file>'\n",
    ],
  ])("refuses %s in one message", async (_, args, message) => {
    const { status, stdout, stderr } = await mechlp(["solve", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.slice(0, message.length)).toBe(message);
  });

  test.each(["check", "compare", "expand", "export"])(
    "%s refuses intervals in one message",
    async (command) => {
      const more = { check: ["x.json"], compare: [], expand: ["--out", "-"], export: ["--format", "lp"] }[
        command
      ]!;
      const { status, stderr } = await mechlp([command, INTERVALS, ...more]);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /^mechlp: instances\/continuous\/trade\.json: agents\[0\]\.types: an interval of types; expected a list/,
      );
    },
  );
});

describe("expand --continuum", () => {
  test("writes intervals for which an answer to the family verifies", async () => {
    const { path } = scratch();
    await mechlp(["solve", TRADE, "--continuum", "--proof", path("answer.json")]);
    const expanded = await mechlp(["expand", TRADE, "--continuum", "--out", path("intervals.json")]);
    expect(expanded).toEqual({ status: 0, stdout: "", stderr: "" });
    const verified = await mechlp(["verify", path("intervals.json"), path("answer.json")]);
    expect([verified.status, verified.stderr]).toEqual([0, ""]);
  });

  test.each<[string, string]>([
    [
      "fixed-endowment-equal-4",
      "model: fixed-endowment, with a continuum of outcomes, which no file of intervals lists; expected finitely many outcomes",
    ],
    [
      "lemons-trade",
      'agents: types in lists; expected for continuous types intervals, as "types": {"from": 0, "to": 1}',
    ],
  ])("refuses %s, and writes nothing", async (name, message) => {
    const { path, names } = scratch();
    const file = `instances/${name}.json`;
    const run = await mechlp(["expand", file, "--continuum", "--out", path("intervals.json")]);
    expect(run).toEqual({ status: 2, stdout: "", stderr: `mechlp: ${file}: ${message}\n` });
    expect(names()).toEqual([]);
  });
});

describe("an answer about continuous types", () => {
  test("is verified and explained with its instance, and claimed without it", async () => {
    const proof = scratch().path("answer.json");
    await mechlp(["solve", TRADE, "--continuum", "--proof", proof, "--json"]);
    const verified = await mechlp(["verify", TRADE, proof]);
    expect(verified.status).toBe(0);
    expect(verified.stdout).toContain(
      "\nverified: IMPOSSIBLE: every such mechanism needs outside money: at least 1/6",
    );
    const explained = await mechlp(["explain", TRADE, proof]);
    expect(explained.stdout).toContain("buyer: at least 0, or type 0 would not take part.");
    const claimed = await mechlp(["explain", proof]);
    expect(claimed.stdout).toContain(
      "Claimed: impossible; minimal expected subsidy between 1/6 ≈ 0.1666667 and 1/6 ≈ 0.1666667.",
    );
    const json = JSON.parse((await mechlp(["verify", TRADE, proof, "--json"])).stdout);
    expect(json).toMatchObject({ verified: true, types: "continuous", optimum: { exact: "1/6" } });
  });

  test("goes from one command to the next, and is refuted for other types, another question or another number", async () => {
    const piped = await shell(
      `$MECHLP solve ${INTERVALS} --continuum --proof - | $MECHLP verify ${INTERVALS} -`,
    );
    expect(piped.stdout).toContain("verified: IMPOSSIBLE");
    const file = scratch().path("answer.json");
    await mechlp(["solve", INTERVALS, "--continuum", "--proof", file]);
    const refuted = async (...args: string[]) => {
      const { status, stdout } = await mechlp(["verify", ...args]);
      return [status, stdout];
    };
    expect(await refuted(TRADE, file)).toEqual([
      1,
      expect.stringMatching(/^refuted: instance\.digest: the digest of other types, "trade"/),
    ]);
    expect(await refuted(INTERVALS, file, "--ir", "ex-post")).toEqual([
      1,
      "refuted: the answer is to another question: ir is interim, not ex-post\n",
    ]);
    writeFileSync(file, readFileSync(file, "utf8").replace('"lower":"1/4"', '"lower":"26/100"'));
    expect(await refuted(INTERVALS, file)).toEqual([
      1,
      "refuted: the lower end is claimed to be 13/50; the certificate proves 1/4\n",
    ]);
  });
});

test("show tells what is in an instance of intervals", async () => {
  const { stdout } = await mechlp(["show", INTERVALS]);
  expect(stdout).toContain("buyer   0 to 1  with density 2 t  0");
  expect(stdout).toContain("trade     t         -t            0");
  const json = JSON.parse((await mechlp(["show", INTERVALS, "--json"])).stdout);
  expect(json.agents[0].density).toEqual([
    {
      from: { exact: "0", value: 0 },
      to: { exact: "1", value: 1 },
      coefficients: [
        { exact: "0", value: 0 },
        { exact: "2", value: 2 },
      ],
    },
  ]);
});
