import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch, shell } from "./command.js";

const six = "instances/bilateral-trade-endpoint-6.json";
const auction = "instances/auction-revenue-10.json";

describe.concurrent("an answer", () => {
  test("in JSON carries a mechanism that check takes as it stands", async () => {
    const { write } = scratch();
    for (const args of [
      ["solve", six],
      ["construct", "vcg", six],
    ]) {
      const { stdout } = await mechlp([...args, "--json"]);
      const { mechanism, agents, rule } = JSON.parse(stdout);
      const checked = await mechlp(["check", six, write("m.json", mechanism), "--json"]);
      expect([checked.status, checked.stderr]).toEqual([0, ""]);
      const found = JSON.parse(checked.stdout);
      expect([found.agents, found.rule]).toEqual([agents, rule]);
    }
  });

  test("too large for a table is printed by its parts, and check takes that too", async () => {
    const { write } = scratch();
    const many = write("many.json", {
      model: "bilateral-trade",
      parameters: { buyer: { points: 800 }, seller: { points: 800 } },
    });
    const { stdout } = await mechlp(["solve", many, "--json"]);
    expect(stdout.trimEnd()).not.toContain("\n");
    const { mechanism, optimum } = JSON.parse(stdout);
    expect(mechanism.format).toBe("mechlp-mechanism-2");
    const checked = await mechlp(["check", many, write("m.json", mechanism), "--json"]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ meetsRequirements: true, expectedSubsidy: optimum });
  });

  test("in brief has five lines, with the rule in words", async () => {
    const { stdout } = await mechlp(["solve", auction, "--brief"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^auction-revenue-10: bidder 1 \(10 types\)/);
    expect(lines[2]).toBe(
      "POSSIBLE: such mechanisms exist; the largest expected surplus is 181/400 = 0.4525.",
    );
    expect(lines[3]).toContain("The agent of the highest value wins where that value is at least 0.55;");
  });

  test.each([
    ["latex", "\\begin{tabular}{lrrrr}"],
    ["markdown", "| type | probability | P(trade) | pays | utility |"],
  ])("in %s has tables to be pasted", async (format, line) => {
    const { path } = scratch();
    const { status, stdout, stderr } = await mechlp([
      "solve",
      six,
      "--format",
      format,
      "--out",
      path("m.json"),
    ]);
    // Words on files would stand in the document.
    expect([status, stderr]).toEqual([0, `mechanism written to ${path("m.json")}\n`]);
    expect(stdout).not.toContain("m.json");
    expect(stdout.split("\n")).toContain(line);
  });

  test("shows every type and every profile where that is asked for", async () => {
    const { write } = scratch();
    const trade = write("t.json", {
      model: "bilateral-trade",
      parameters: { buyer: { points: 20 }, seller: { points: 3 } },
    });
    const short = (await mechlp(["solve", trade])).stdout;
    expect(short).toContain("4 of 20 types left out: --all-types shows all of them.");
    expect(short).not.toContain("at each profile");
    const long = (await mechlp(["solve", trade, "--all-types", "--all-profiles"])).stdout;
    expect(long).not.toContain("left out");
    const profiles = long.slice(long.indexOf("at each profile"), long.indexOf("buyer: what each"));
    expect(profiles.match(/^ {2}0\.\d+ /gm)).toHaveLength(60);
  });

  test("on a terminal ends with its verdict where it does not fit", async () => {
    const { stdout } = await shell(
      `NO_COLOR=1 script -qec "stty rows 20 cols 70; $MECHLP solve ${six} 2>/dev/null" /dev/null`,
    );
    const lines = stdout.replaceAll("\r", "").trimEnd().split("\n");
    expect(lines.slice(-2).join(" ")).toMatch(/^IMPOSSIBLE: every such mechanism needs outside money/);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(70);
  });
});

describe.concurrent("--csv", () => {
  test("writes a folder of tables for each command, exact and as decimals", async () => {
    const { path } = scratch();
    const solved = await mechlp(["solve", six, "--csv", path("solve"), "--out", path("m.json")]);
    expect([solved.status, solved.stderr]).toEqual([0, ""]);
    expect(solved.stdout).toContain(
      `summary.csv, types.csv, outcomes.csv, profiles.csv, requirements.csv written to ${path("solve")}\n`,
    );
    const read = (name: string) => readFileSync(path(name), "utf8");
    expect(read("solve/summary.csv")).toContain("\noptimum,1/36,0.027777777777777776\n");
    expect(read("solve/profiles.csv").trimEnd().split("\n")).toHaveLength(37);
    await mechlp(["check", six, path("m.json"), "--csv", path("check")]);
    expect(read("check/types.csv")).toBe(read("solve/types.csv"));
    expect(read("check/properties.csv")).toMatch(
      /\nno subsidy,no,1\/36,0\.0277\d+,"no subsidy at buyer 0, seller 0"\n/,
    );
    await mechlp(["construct", "vcg", six, "--csv", path("construct")]);
    expect(read("construct/profiles.csv")).toMatch(
      /^buyer,seller,probability,probability value,outcome,buyer pays,/,
    );
    await mechlp(["compare", six, "vcg", "--csv", path("compare")]);
    expect(read("compare/mechanisms.csv")).toMatch(/\nvcg,no,7\/36,0\.19\d+,/);
  });

  test("leaves out a table of more than a million payments, and says so, also beside JSON", async () => {
    const { path, write, names } = scratch();
    const many = write("many.json", {
      model: "bilateral-trade",
      parameters: { buyer: { points: 800 }, seller: { points: 800 } },
    });
    const text = await mechlp(["solve", many, "--csv", path("a")]);
    const left = "profiles.csv is left out: more than 1,000,000 payments, which --all-payments writes\n";
    expect(text.stdout).toContain(left);
    const json = await mechlp(["solve", many, "--csv", path("b"), "--json", "--out", path("m.json")]);
    expect(json.stderr).toContain(left);
    expect(JSON.parse(json.stdout).verdict).toBe("impossible");
    expect(names()).toEqual(["a", "b", "m.json", "many.json"]);
  });
});

describe.concurrent("--html and --svg", () => {
  test("write a page and the pictures of each command, the same bytes each time", async () => {
    const { path, names } = scratch();
    const asked = ["solve", six, "--html", path("page.html"), "--svg", path("pictures")];
    const { stdout, stderr } = await mechlp(asked);
    expect(stderr).toBe("");
    expect(stdout).toContain(
      `report written to ${path("page.html")}\n9 pictures written to ${path("pictures")}\n`,
    );
    expect(names()).toEqual(["page.html", "pictures"]);
    const page = readFileSync(path("page.html"), "utf8");
    const picture = readFileSync(path("pictures/allocation.svg"), "utf8");
    expect(page).toContain(picture.trimEnd());
    await mechlp(["solve", six, "--svg", path("again")]);
    expect(readFileSync(path("again/allocation.svg"), "utf8")).toBe(picture);
  });
});

describe.concurrent("what cannot be shown is refused before any work, with one message", () => {
  test.each([
    [["--csv", six], `${six}: a file that is no folder; expected a folder, or a name for a new one`],
    [["--svg", six], `${six}: a file that is no folder; expected a folder, or a name for a new one`],
    [["--html", "none/such/page.html"], "none/such/page.html: "],
    [["--csv", "none/such/folder"], "none/such/folder: no such folder to make it in; expected a folder"],
    [["--json", "--brief"], "option '--brief' cannot be used with option '--json'"],
    [["--json", "--format", "latex"], "option '--format <format>' cannot be used with option '--json'"],
    [["--format", "html"], '--format: the unknown choice "html"; expected one of text, latex, markdown'],
  ])("solve with %j", async (flags, message) => {
    const { status, stdout, stderr } = await mechlp(["solve", six, ...flags]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe.runIf(existsSync("/proc"))(
  "a folder that the system does not make is an error, not work without end",
  () => {
    test.each(["--csv", "--svg"])("%s", async (flag) => {
      const { status, stderr } = await mechlp(["solve", six, flag, "/proc/tables"]);
      expect(status).toBe(2);
      expect(stderr).toContain("/proc/tables: no such file or directory; expected a folder that can be made");
    });
  },
);
