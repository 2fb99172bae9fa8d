import { describe, expect, test } from "vitest";
import { families } from "../../models/index.js";
import { constructions } from "../../src/construction/registry.js";
import { parameters } from "../../src/question/parameters.js";
import { choices } from "../../src/question/question.js";
import { mechlp, pasted, scratch } from "./command.js";

const SCREEN = { columns: 80, lines: 24 };

/** The commands that `mechlp --help` lists. */
async function listed(): Promise<string[]> {
  const { stdout } = await mechlp(["--help"]);
  return [...stdout.matchAll(/^ {2}([a-z, ]+?) {2,}\S/gm)].flatMap(([, names]) => names.split(", "));
}

function expectScreen(text: string): void {
  const lines = text.trimEnd().split("\n");
  expect(lines.length, text).toBeLessThanOrEqual(SCREEN.lines);
  for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(SCREEN.columns);
}

describe("help", () => {
  test("of every command fits a screen and ends with an example that works", async () => {
    const commands = await listed();
    expect(commands).toEqual(expect.arrayContaining(["solve", "check", "construct", "compare", "models"]));
    for (const command of ["", ...commands]) {
      const args = command === "" ? ["--help"] : [command, "--help"];
      const { status, stdout } = await mechlp(args);
      expect(status).toBe(0);
      expectScreen(stdout);
      const example = stdout.split("\nExample:\n")[1];
      expect(example, `an example of ${command || "mechlp"}`).toMatch(/^ {2}mechlp /);
      // It waits for a server, and then for work.
      if (command === "worker") continue;
      const run = await pasted(example, scratch().path(""));
      expect([example, run.status]).toEqual([example, 0]);
    }
    // One after the other, on machines that have much else to do.
  }, 600_000);

  test("on the question explains every choice and parameter on a screen, with an example that works", async () => {
    const { status, stdout } = await mechlp(["help", "question"]);
    expect(status).toBe(0);
    expectScreen(stdout);
    for (const choice of Object.values(choices).flat()) {
      expect(stdout).toMatch(new RegExp(`[ (]${choice}[ ,)\n]`));
    }
    expect(stdout.match(/^ {2}--[a-z-]+/gm)?.length).toBe(
      Object.keys(choices).length + Object.keys(parameters).length,
    );
    const run = await pasted(stdout.split("\nExample:\n")[1], scratch().path(""));
    expect([run.status, run.stderr]).toEqual([0, ""]);
  });

  test("on the report fits a screen, with an example that works", async () => {
    const { stdout } = await mechlp(["help", "report"]);
    expectScreen(stdout);
    const run = await pasted(stdout.split("\nExample:\n")[1], scratch().path(""));
    expect([run.status, run.stderr]).toEqual([0, ""]);
  });

  test("on the engine fits a screen, with an example that works", async () => {
    const { stdout } = await mechlp(["help", "engine"]);
    expectScreen(stdout);
    const run = await pasted(stdout.split("\nExample:\n")[1], scratch().path(""));
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("* flow");
  });
});

describe.concurrent("what a family or a construction gives as its example works as pasted", () => {
  const example = (stdout: string) => stdout.split("\nexample\n")[1];

  test.each(families.map(({ familyName }) => familyName))("models %s", async (name) => {
    const run = await pasted(example((await mechlp(["models", name])).stdout), scratch().path(""));
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("Proved: ");
  });

  test.each(constructions.map(({ name }) => name))("constructions %s", async (name) => {
    const run = await pasted(example((await mechlp(["constructions", name])).stdout), scratch().path(""));
    expect([run.status, run.stderr]).toEqual([0, ""]);
  });
});

test.concurrent.each([
  [["solve", "x.json", "--ic", "bayes"], "--ic", "did you mean bayesian?"],
  [["solve", "x.json", "--solver", "higs"], "--solver", "did you mean highs?"],
  [["export", "x.json", "--format", "msp"], "--format", "did you mean mps?"],
])("a choice that does not exist is answered with the one that was meant: %j", async (args, flag, meant) => {
  const { status, stdout, stderr } = await mechlp(args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(new RegExp(`^mechlp: ${flag}: the unknown choice ".*"; expected one of .*; `));
  expect(stderr.trimEnd().endsWith(meant)).toBe(true);
});
