import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { mechlp, scratch, shell } from "./command.js";

const six = "instances/bilateral-trade-endpoint-6.json";
const cycle = "instances/rule-with-a-cycle.json";

describe.concurrent("mechlp solve", () => {
  test("says in words and tables that trade on ten midpoints needs 3/40", async () => {
    const { status, stdout, stderr } = await mechlp(["solve", "instances/bilateral-trade-uniform-10.json"]);
    expect([status, stderr]).toEqual([0, ""]);
    for (const line of [
      "bilateral-trade-uniform-10",
      "  buyer (10 types), seller (10 types); 2 outcomes; independent prior; 100 profiles",
      "  - no type of any agent loses in expectation (interim individual rationality)",
      "IMPOSSIBLE: every such mechanism needs outside money: at least 3/40 = 0.075 in expectation.",
      "buyer: what each type expects",
      "  trade where buyer's value exceeds seller's cost by at least 0.1; no trade where the difference is at most 0.",
      "requirements, checked exactly from their definitions",
    ]) {
      expect(stdout.split("\n")).toContain(line);
    }
    expect(stdout).not.toContain("\u001b");
  });

  test("--json prints one JSON object and nothing else, with the documented fields", async () => {
    const { status, stdout, stderr } = await mechlp(["solve", six, "--json"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.trimEnd()).not.toContain("\n");
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({
      instance: "bilateral-trade-endpoint-6",
      question: {
        ic: "bayesian",
        ir: "interim",
        budget: "ex-post",
        balance: "exact",
        objective: "min-subsidy",
      },
      verdict: "impossible",
      optimum: { exact: "1/36", value: 1 / 36 },
      efficientGains: { exact: "7/36", value: 7 / 36 },
      expectedGains: { exact: "7/36", value: 7 / 36 },
      audit: { violation: { exact: "0", value: 0 } },
    });
    expect(json.audit.worst).toMatch(/^IC of (buyer|seller) [\d.]+ against reporting [\d.]+$/);
    expect(json.formulation).toEqual({
      name: expect.any(String),
      rows: expect.any(Number),
      columns: expect.any(Number),
      nonzeros: expect.any(Number),
    });
    for (const phase of ["parseMs", "formulateMs", "solveMs", "auditMs"]) {
      expect(json.timing[phase], phase).toBeGreaterThanOrEqual(0);
    }
    expect(json.mechanism.profiles).toHaveLength(36);
    expect(json.mechanism.profiles[0]).toMatchObject({
      types: ["0", "0"],
      payments: [expect.any(String), expect.any(String)],
    });
  });

  test("every flag of the question is obeyed, and flags win over the instance's own question", async () => {
    const flags =
      "--ic bayesian --ir interim --budget ex-post --balance exact --objective min-subsidy --allocation efficient --ties optimise --solver highs --json";
    const asked = await mechlp([
      "solve",
      "instances/bilateral-trade-ties-trade-10.json",
      ...flags.split(" "),
    ]);
    expect(JSON.parse(asked.stdout).optimum.exact).toBe("3/40");
    const own = await mechlp(["solve", "instances/bilateral-trade-ties-trade-10.json", "--json"]);
    expect(JSON.parse(own.stdout).optimum.exact).toBe("33/200");
  });

  test("--objective and --allocation choose what is maximised", async () => {
    const flags = ["--allocation", "free", "--objective", "max-surplus", "--budget", "none", "--json"];
    const { optimum, verdict } = JSON.parse((await mechlp(["solve", six, ...flags])).stdout);
    expect(verdict).toBe("possible");
    expect(optimum.exact).toMatch(/^\d+\/\d+$/);
  });

  test.each(["highs", "glpk", "jslp"])("--solver %s is asked, and named with its version", async (name) => {
    const args = [
      "solve",
      "instances/bilateral-trade-endpoint-5.json",
      "--formulation",
      "direct",
      "--solver",
      name,
    ];
    const { status, stdout } = await mechlp([...args, "--json"]);
    const { solver, verdict, optimum, formulation } = JSON.parse(stdout);
    expect([status, verdict, optimum.exact, formulation.name]).toEqual([0, "possible", "0", "direct"]);
    expect(solver).toEqual({
      name,
      version: expect.stringMatching(/^\d+\.\d+/),
      termination: "optimal",
      secondOpinion: false,
    });
  });

  test("where no mechanism meets the requirements there is no number and no mechanism", async () => {
    const folder = scratch();
    const { status, stdout } = await mechlp(["solve", cycle, "--json", "--out", folder.path("m.json")]);
    const json = JSON.parse(stdout);
    expect([status, json.verdict, json.infeasible]).toEqual([0, "impossible", true]);
    for (const absent of ["optimum", "bounds", "audit", "requirements", "rule", "mechanism"])
      expect(json).not.toHaveProperty(absent);
    expect(folder.names()).toEqual([]);
  });

  test("--out takes the mechanism out of the JSON and writes nothing but the file", async () => {
    const folder = scratch();
    const { stdout } = await mechlp(["solve", six, "--json", "--out", folder.path("m.json")]);
    expect(JSON.parse(stdout).mechanism).toBeUndefined();
    expect(folder.names()).toEqual(["m.json"]);
    const { format, instance, profiles } = JSON.parse(readFileSync(folder.path("m.json"), "utf8"));
    expect([format, instance.name, profiles.length]).toEqual([
      "mechlp-mechanism-1",
      "bilateral-trade-endpoint-6",
      36,
    ]);
  });

  test("--plan prints the formulations and stops", async () => {
    const { status, stdout } = await mechlp(["solve", six, "--plan"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}\* paths/m);
    expect(stdout).toMatch(/^ {4}direct .*the definitions$/m);
    expect(stdout).not.toContain("IMPOSSIBLE");
  });
});

describe.concurrent("the exit status", () => {
  test("is 0 for an answer, whatever the answer, and 1 for an impossible one where --exit-code asks for it", async () => {
    const possible = "instances/bilateral-trade-endpoint-5.json";
    expect((await mechlp(["solve", cycle])).status).toBe(0);
    expect((await mechlp(["solve", cycle, "--exit-code"])).status).toBe(1);
    expect((await mechlp(["solve", possible, "--exit-code"])).status).toBe(0);
  });

  test("is 3, with a reason, where no solver can answer", async () => {
    const flags = ["--formulation", "direct", "--solver", "jslp"];
    const { status, stdout, stderr } = await mechlp([
      "solve",
      "instances/partnership-equal-12.json",
      ...flags,
    ]);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^mechlp: javascript-lp-solver keeps a dense tableau, and \d+ x \d+ is more than the 250000 cells it is given here\. The solver "highs" takes this size\.\n$/,
    );
  });

  test.each([
    [["solve"], "error: missing required argument 'instance'"],
    [
      ["solve", six, "--ic", "bayes"],
      'mechlp: --ic: the unknown choice "bayes"; expected one of bayesian, none, ex-post, dominant; did you mean bayesian?',
    ],
    [
      ["solve", six, "--solver", "cplex"],
      '--solver: the unknown choice "cplex"; expected one of highs, glpk, jslp',
    ],
    [["solve", six, "--sover", "highs"], "(Did you mean --solver?)"],
    [["slove", six], "error: unknown command 'slove'"],
    [
      ["solve", six, "--formulation", "magic"],
      'mechlp: --formulation: the unknown formulation "magic"; expected one of ',
    ],
    [["solve", six, "--time-limit", "0"], 'mechlp: --time-limit: "0"; expected a positive number of seconds'],
    [
      ["solve", six, "--time-limit", "NaN"],
      'mechlp: --time-limit: "NaN"; expected a positive number of seconds',
    ],
  ])("is 2 for %j", async (args, message) => {
    const { status, stdout, stderr } = await mechlp(args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("is 0 for help and version", async () => {
    const help = await mechlp(["--help"]);
    expect(help.status).toBe(0);
    for (const command of ["solve", "check", "verify", "explain", "export", "models", "schema"]) {
      expect(help.stdout).toMatch(new RegExp(`^  (?:[a-z]+, )?${command}\\b`, "m"));
    }
    expect(await mechlp(["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe.concurrent("colours", () => {
  test("are for terminals alone, unless they are forced, and NO_COLOR wins", async () => {
    const coloured = async (environment: NodeJS.ProcessEnv) =>
      (await mechlp(["solve", cycle], environment)).stdout.includes("\u001b[");
    expect(await coloured({})).toBe(false);
    expect(await coloured({ FORCE_COLOR: "1" })).toBe(true);
    expect(await coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  });

  test("are shown on a terminal, and there too NO_COLOR is respected", async () => {
    const onTerminal = (before: string) =>
      shell(`env -u NO_COLOR -u FORCE_COLOR ${before} script -qec "$MECHLP solve ${cycle}" /dev/null`);
    const plain = await onTerminal("NO_COLOR=1");
    expect(plain.stdout).toContain("IMPOSSIBLE");
    expect(plain.stdout).not.toContain("\u001b[1m");
    expect((await onTerminal("")).stdout).toContain("\u001b[1m");
  });
});

test("a reader that stops reading is no error, for any command", async () => {
  for (const args of [`solve ${six} --json`, `solve ${six}`, `export ${six}`, "models"]) {
    const { status, stderr } = await shell(`$MECHLP ${args} | head -c 10 >/dev/null`);
    expect([args, status, stderr]).toEqual([args, 0, ""]);
  }
});

test("the command is built where package.json says it is", () => {
  const { bin } = JSON.parse(readFileSync("package.json", "utf8")) as { bin: { mechlp: string } };
  expect(bin.mechlp.startsWith("./dist/")).toBe(true);
  expect(inject("builtCommand").endsWith(bin.mechlp.slice("./dist".length))).toBe(true);
});
