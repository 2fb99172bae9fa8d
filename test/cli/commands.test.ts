import { readFileSync } from "node:fs";
import loadHighs, { type Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { families } from "../../models/index.js";
import { toFloatProgram } from "../../src/lp/float-program.js";
import { LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { toRational } from "../../src/number/rational-text.js";
import { highsSolver } from "../../src/solver/highs.js";
import { mechlp, scratch } from "./command.js";

const six = "instances/bilateral-trade-endpoint-6.json";
const five = "instances/bilateral-trade-endpoint-5.json";
const cycle = "instances/rule-with-a-cycle.json";

describe.concurrent("mechlp check", () => {
  test("audits the mechanism that solve wrote: it meets the question, and fails what was not asked", async () => {
    const { path } = scratch();
    await mechlp(["solve", six, "--out", path("m.json")]);
    const text = await mechlp(["check", six, path("m.json")], { COLUMNS: "100" });
    expect([text.status, text.stderr]).toEqual([0, ""]);
    expect(text.stdout).toContain("MEETS every requirement, exactly.");
    expect(text.stdout).toMatch(/^ {2}Bayesian IC +yes$/m);
    expect(text.stdout).toMatch(/^ {2}no subsidy +no +≈0\.02777778 +no subsidy at buyer 0, seller 0$/m);
    const json = await mechlp(["check", six, path("m.json"), "--json"]);
    expect(json.stdout.trimEnd()).not.toContain("\n");
    expect(JSON.parse(json.stdout)).toMatchObject({
      instance: "bilateral-trade-endpoint-6",
      meetsRequirements: true,
      properties: {
        "Bayesian IC": { holds: true, violation: { exact: "0" } },
        "no subsidy": { holds: false, violation: { exact: "1/36" } },
      },
      expectedGains: { exact: "7/36" },
      expectedSurplus: { exact: "-1/36" },
      expectedSubsidy: { exact: "1/36" },
    });
  });

  test("finds what another question asks and the mechanism lacks", async () => {
    const { path } = scratch();
    await mechlp(["solve", six, "--out", path("m.json")]);
    const { status, stdout } = await mechlp([
      "check",
      six,
      path("m.json"),
      "--objective",
      "feasibility",
      "--ic",
      "ex-post",
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/FAILS: ex post IC \(by .*, IC of .* facing .*\); no subsidy \(by 1\/36 .*\)\./);
  });

  test("finds a payment that was changed", async () => {
    const { path, write } = scratch();
    await mechlp(["solve", five, "--out", path("m.json")]);
    const file = JSON.parse(readFileSync(path("m.json"), "utf8")) as { profiles: { payments: string[] }[] };
    file.profiles[0].payments[0] = "1000";
    const { stdout } = await mechlp(["check", five, write("changed.json", file), "--json"]);
    expect(JSON.parse(stdout).meetsRequirements).toBe(false);
  });

  test("refuses a mechanism for another instance", async () => {
    const { path } = scratch();
    await mechlp(["solve", five, "--out", path("m.json")]);
    const { status, stdout, stderr } = await mechlp(["check", six, path("m.json")]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^mechlp: .*\/m\.json: instance\.digest: the digest of another instance, "bilateral-trade-endpoint-5" \([0-9a-f]{12}…\); expected [0-9a-f]{12}…, the digest of this one \(`mechlp show INSTANCE` prints it whole, .*\)\n$/,
    );
  });

  test("takes a mechanism that a person wrote, which needs no digest", async () => {
    const { write } = scratch();
    // The buyer's price is 3/5 and the seller's 2/5, wherever trade is efficient.
    const price = (amount: string) => ({ byOutcome: { "no trade": 0, trade: amount } });
    const written = { rule: "efficient", payments: { buyer: price("3/5"), seller: price("-2/5") } };
    const { status, stdout, stderr } = await mechlp(["check", six, write("m.json", written)]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}ex post efficiency +yes$/m);
    expect(stdout).toMatch(/^ {2}ex post no deficit +yes$/m);
    expect(stdout).toMatch(/^ {2}ex post IR +no +0\.4 /m);
  });

  test("takes what solve --json prints, as it stands", async () => {
    const { write } = scratch();
    const { stdout } = await mechlp(["solve", six, "--json"]);
    const { stdout: checked } = await mechlp(["check", six, write("answer.json", stdout), "--json"]);
    expect(JSON.parse(checked)).toMatchObject({ meetsRequirements: true });
    const { mechanism } = JSON.parse(stdout);
    const { stdout: within } = await mechlp(["check", six, write("m.json", mechanism), "--json"]);
    expect(within).toBe(checked);
  });
});

describe.concurrent("mechlp verify and explain", () => {
  test("an answer with its proof verifies, says so, and explains itself", async () => {
    const { path } = scratch();
    await mechlp(["solve", six, "--proof", path("a.json")]);
    expect(await mechlp(["verify", six, path("a.json")])).toEqual({
      status: 0,
      stdout: expect.stringContaining(
        "verified: IMPOSSIBLE: every such mechanism needs outside money: at least 1/36",
      ),
      stderr: "",
    });
    const json = await mechlp(["verify", six, path("a.json"), "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      verified: true,
      question: { ic: "bayesian", ir: "interim" },
      verdict: "impossible",
      optimum: { exact: "1/36", value: 1 / 36 },
    });
    const explained = await mechlp(["explain", path("a.json")]);
    expect(explained.status).toBe(0);
    expect(explained.stdout).toContain(
      "So every such mechanism needs at least 1/36 ≈ 0.02777778 of outside money in expectation.",
    );
    const { status, stdout } = await mechlp(["explain", six, path("a.json")]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ +sum = +-1\/36$/m);
  });

  test("an answer without a proof is not called verified, and one that is not verified not stated as a fact", async () => {
    const { path, write } = scratch();
    await mechlp(["solve", six, "--ir", "none", "--proof", path("a.json")]);
    const answer = JSON.parse(readFileSync(path("a.json"), "utf8"));
    const claim = { ...answer.claim, verdict: "undecided", lower: "0", upper: null };
    const bare = write("bare.json", { ...answer, claim, mechanism: null, multipliers: null });
    const { status, stdout } = await mechlp(["verify", six, bare]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Wanted: an efficient mechanism.*\n\nunproved: UNDECIDED: whether there is such a/s,
    );
    const json = await mechlp(["verify", six, bare, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      verified: true,
      proved: false,
      question: { ir: "none" },
    });
    expect((await mechlp(["explain", six, bare])).stdout).toContain(
      "The answer has no proof, and claims nothing that",
    );
    const alone = (await mechlp(["explain", path("a.json")])).stdout;
    expect(alone).toContain("Not verified: what follows is what the file claims.");
    expect(alone).toContain("is said to meet every requirement exactly");
    expect((await mechlp(["explain", six, path("a.json")])).stdout).toContain(
      "Verified against the instance:\n",
    );
    // Another question than the instance's own is told, and refuted where the flags ask it.
    expect((await mechlp(["verify", six, path("a.json"), "--ir", "interim"])).stdout).toBe(
      "refuted: the answer is to another question: ir is none, not interim\n",
    );
  });

  test("explain adds up nothing for an answer that the instance refutes, and takes no third file", async () => {
    const { path } = scratch();
    await mechlp(["solve", cycle, "--proof", path("a.json")]);
    const { status, stdout } = await mechlp(["explain", six, path("a.json")]);
    expect([status, stdout.slice(0, 9)]).toEqual([1, "refuted: "]);
    const three = await mechlp(["explain", six, path("a.json"), path("a.json")]);
    expect([three.status, three.stderr]).toEqual([
      2,
      "mechlp: explain: 3 files; expected an answer file, or an instance file and an answer file\n",
    ]);
  });

  test("an impossible rule is explained by its cycle of misreports", async () => {
    const { path } = scratch();
    await mechlp(["solve", cycle, "--proof", path("a.json")]);
    const { stdout } = await mechlp(["explain", path("a.json")]);
    expect(stdout).toContain("ann: 0.2 would report 0.3, 0.3 would report 0.2, total gain 1/20");
  });

  test("an answer that claims too much is refuted, with exit status 1", async () => {
    const { path, write } = scratch();
    await mechlp(["solve", six, "--proof", path("a.json")]);
    const answer = JSON.parse(readFileSync(path("a.json"), "utf8")) as { claim: { lower: string } };
    answer.claim.lower = "1/35";
    const { status, stdout, stderr } = await mechlp(["verify", six, write("b.json", answer)]);
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toBe("refuted: the lower bound is claimed to be 1/35; the proof gives 1/36\n");
    const json = await mechlp(["verify", six, path("b.json"), "--json"]);
    expect([json.status, JSON.parse(json.stdout).verified]).toEqual([1, false]);
  });

  test("an answer for another instance is refuted for that, whatever else would not fit", async () => {
    const { path } = scratch();
    await mechlp(["solve", cycle, "--proof", path("a.json")]);
    const { status, stdout } = await mechlp(["verify", six, path("a.json")]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^refuted: instance\.digest: the digest of another instance, "rule-with-a-cycle"/);
  });
});

describe.concurrent("mechlp export", () => {
  let highs: Highs;
  beforeAll(async () => {
    highs = await (loadHighs as unknown as typeof loadHighs.default)();
  });

  test.each(["lp", "mps"] as const)("a program in %s has the optimum 1/36 for HiGHS", async (format) => {
    const { status, stdout, stderr } = await mechlp(["export", six, "--format", format]);
    expect([status, stderr]).toEqual([0, ""]);
    const data = format === "lp" ? stdout : new TextEncoder().encode(stdout);
    const objective = highs.withModel({ format, data } as Parameters<Highs["withModel"]>[0], (model) => {
      model.options.set({ output_flag: false });
      model.run();
      return model.getObjectiveValue();
    });
    expect(objective).toBeCloseTo(1 / 36, 9);
  });

  test("a program in json has it too, in exact fractions and names", async () => {
    const { path } = scratch();
    const { status, stdout } = await mechlp(["export", six, "--format", "json", "--out", path("p.json")]);
    expect([status, stdout]).toEqual([0, ""]);
    const { offset, columns, rows } = JSON.parse(readFileSync(path("p.json"), "utf8")) as {
      offset: string;
      columns: { name: string; cost: string; lower?: string; upper?: string }[];
      rows: { name: string; lower?: string; upper?: string; entries: [number, string][] }[];
    };
    const number = (text: string | undefined) => (text === undefined ? undefined : toRational(text));
    const builder = new LinearProgramBuilder("read back");
    builder.offset = toRational(offset);
    for (const { cost, lower, upper } of columns)
      builder.addColumn(toRational(cost), { lower: number(lower), upper: number(upper) });
    for (const { entries, lower, upper } of rows) {
      builder.addRow(
        entries.map(([column, coefficient]) => [column, toRational(coefficient)] as const),
        number(lower),
        number(upper),
      );
    }
    const { objective } = await highsSolver.solve(toFloatProgram(builder.build()));
    expect(objective).toBeCloseTo(1 / 36, 9);
    expect(columns[0].name).toBe("pays(buyer; 0, 0)");
    expect(rows.map(({ name }) => name)).toContain("IC of buyer 0.2 against reporting 0.4");
  });

  test("the question's flags change the program", async () => {
    const rows = async (...flags: string[]) => {
      const { stdout } = await mechlp(["export", six, "--format", "json", ...flags]);
      return (JSON.parse(stdout) as { rows: unknown[] }).rows.length;
    };
    // Ties at six profiles; 60 IC, 12 IR and 36 budget rows.
    expect(await rows()).toBe(6 + 60 + 12 + 36);
    expect(await rows("--ties", "first", "--ir", "none", "--budget", "none")).toBe(60);
  });
});

describe.concurrent("mechlp models", () => {
  test("lists every family in a line, on one screen, for readers and for machines", async () => {
    const { status, stdout } = await mechlp(["models"]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBe(1 + families.length);
    families.forEach(({ familyName, summary }, k) => {
      expect(lines[k + 1]).toMatch(new RegExp(`^ {2}${familyName} +`));
      expect(lines[k + 1].endsWith(summary)).toBe(true);
      expect(lines[k + 1].length).toBeLessThanOrEqual(80);
    });
    const described = JSON.parse((await mechlp(["models", "--json"])).stdout) as {
      name: string;
      parameters: object;
    }[];
    expect(described.map(({ name }) => name)).toEqual(families.map(({ familyName }) => familyName));
    expect(described[0].parameters).toHaveProperty("properties.buyer");
  });

  test("explains one with its source, choices, defaults and an example", async () => {
    const { status, stdout } = await mechlp(["models", "bilateral-trade"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Source: Myerson and Satterthwaite 1983\n");
    expect(stdout).toMatch(/^ {2}convention {2}cost \| value; default "cost"\. /m);
    expect(stdout).toMatch(
      /^ {4}placement +midpoint \| endpoint \| equal-probability; default "midpoint"\.$/m,
    );
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const json = JSON.parse((await mechlp(["models", "bilateral-trade", "--json"])).stdout);
    expect(json.example).toMatchObject({ model: "bilateral-trade", parameters: { buyer: { points: 10 } } });
    const unknown = await mechlp(["models", "bilateral"]);
    expect([unknown.status, unknown.stdout]).toEqual([2, ""]);
    expect(unknown.stderr).toMatch(/the unknown family "bilateral"; .*; did you mean bilateral-trade\?\n$/);
  });
});
