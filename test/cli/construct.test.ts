import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { constructions } from "../../src/construction/registry.js";
import { mechlp, scratch } from "./command.js";

const ten = "instances/bilateral-trade-uniform-10.json";
const partners = "instances/partnership-three-4.json";
const pool = "instances/pool-and-bridge.json";

describe.concurrent("mechlp construct", () => {
  test("writes a mechanism that check reads, with the same properties and figures", async () => {
    const { path } = scratch();
    const built = await mechlp(["construct", "vcg", ten, "--out", path("vcg.json")]);
    expect([built.status, built.stderr]).toEqual([0, ""]);
    expect(built.stdout).toMatch(/^vcg for bilateral-trade-uniform-10\n/);
    expect(built.stdout).toMatch(/^ {2}dominant-strategy IC +yes$/m);
    expect(built.stdout).toMatch(/^ {2}interim IR +no +0\.5 +participation of seller 0\.95$/m);
    expect(built.stdout).toMatch(/^ {2}nobody would gain by a misreport +1$/m);
    expect(built.stdout).toMatch(/^ {2}expected surplus +67\/200 = 0\.335$/m);
    expect(built.stdout).toContain(`mechanism written to ${path("vcg.json")}`);
    const checked = JSON.parse((await mechlp(["check", ten, path("vcg.json"), "--json"])).stdout);
    expect(checked).toMatchObject({
      meetsRequirements: false,
      properties: {
        "ex post efficiency": { holds: true },
        "ex post payoff monotonicity": { holds: true },
        "interim IR": { holds: false, violation: { exact: "1/2" }, worst: "participation of seller 0.95" },
      },
      exPostIncentives: { probability: { exact: "1" }, largest: { exact: "0" } },
      exPostParticipation: { probability: { exact: "0" } },
      expectedSurplus: { exact: "67/200", value: 0.335 },
    });
    const constructed = JSON.parse((await mechlp(["construct", "vcg", ten, "--json"])).stdout);
    expect(constructed.properties).toEqual(checked.properties);
    expect(constructed.construction).toEqual({
      name: "vcg",
      source: "Vickrey 1961, Clarke 1971, Groves 1973",
      version: "exact",
      options: {},
    });
    const file = JSON.parse(readFileSync(path("vcg.json"), "utf8"));
    expect(constructed.mechanism).toEqual(file);
    expect(constructed.agents).toEqual(checked.agents);
  });

  test("takes options, ties and versions", async () => {
    const surplus = async (...args: string[]) =>
      JSON.parse((await mechlp(["construct", ...args, "--json", "--out", "/dev/null"])).stdout);
    // Nobody trades at a price that no seller accepts.
    expect((await surplus("posted-price", ten, "--option", "price=0")).expectedGains.exact).toBe("0");
    expect((await surplus("posted-price", ten)).expectedGains.exact).toBe("27/200");
    const last = await surplus("vcg", ten, "--ties", "last");
    expect(last.expectedSurplus).toEqual((await surplus("vcg", ten, "--ties", "uniform")).expectedSurplus);
    const { path, write } = scratch();
    write("good.json", {
      model: "private-good-production",
      parameters: { agents: 2, grid: { points: 4 } },
    });
    const formula = await surplus("m1", path("good.json"), "--version", "formula");
    expect(formula.construction.version).toBe("formula");
    expect(formula.properties["Bayesian IC"].holds).toBe(false);
    expect((await surplus("m1", path("good.json"))).properties["Bayesian IC"].holds).toBe(true);
  });

  test("without arguments lists every construction in a line, on one screen", async () => {
    const { status, stdout } = await mechlp(["construct"]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBe(1 + constructions.length);
    expect(lines.length).toBeLessThan(24);
    constructions.forEach(({ name, summary }, k) => {
      expect(lines[k + 1]).toMatch(new RegExp(`^ {2}${name} +`));
      expect(lines[k + 1].endsWith(summary)).toBe(true);
      expect(lines[k + 1].length).toBeLessThanOrEqual(80);
    });
    expect((await mechlp(["constructions"])).stdout).toBe(stdout);
    const described = JSON.parse((await mechlp(["constructions", "--json"])).stdout) as { name: string }[];
    expect(described.map(({ name }) => name)).toEqual(constructions.map(({ name }) => name));
  });

  test("and of one its source, versions and options, with an example", async () => {
    const { status, stdout } = await mechlp(["constructions", "insured"]);
    expect(status).toBe(0);
    expect(stdout).toContain("  Source: Börgers and Norman 2005, Propositions 1 to 4\n");
    expect(stdout).toMatch(/^ {2}primary +name of the primary insurer \(default: the first agent\)$/m);
    expect(stdout).toContain("  mechlp construct insured instances/partnership-equal-12.json\n");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const json = JSON.parse((await mechlp(["constructions", "m1", "--json"])).stdout);
    expect(json).toMatchObject({
      name: "m1",
      source: "Ke 2009, (4) and Theorem 2",
      versions: ["exact", "formula"],
    });
  });
});

describe.concurrent("a construction that cannot be built exits with 2 and one message", () => {
  test.each([
    [
      ["m2", partners],
      `${partners}: M2 needs exactly two agents; this instance has 3; expected an instance that meets this condition, or another construction`,
    ],
    [
      ["posted-price", pool],
      /^instances\/pool-and-bridge\.json: posted-price needs .*; expected an instance that meets this condition, or another construction$/,
    ],
    [
      ["m1", partners, "--version", "formula", "--option", "k=1"],
      '--option: the unknown option "k"; expected none: m1 has no options',
    ],
    [["vcg", ten, "--version", "formula"], "--version: formula; expected exact, the only version of vcg"],
    [
      ["posted-price", ten, "--option", "price=cheap"],
      '--option price[0]: "cheap"; expected a number, such as 0.4 or "2/5"',
    ],
    [["posted-price", ten, "--option", "price"], '--option: "price"; expected key=value, such as price=1/2'],
    [["vickrey", ten], /^the unknown construction "vickrey"; expected one of vcg, groves,/],
    [["vcg"], "no instance to construct on; expected an instance file after the name"],
    [
      ["vcg", "instances/none.json"],
      "instances/none.json: no such file or directory; expected a file that can be read",
    ],
  ] as const)("construct %j", async (args, message) => {
    const { path, names } = scratch();
    const { status, stdout, stderr } = await mechlp(["construct", ...args, "--out", path("m.json")]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^mechlp: .*\n$/);
    const said = stderr.slice("mechlp: ".length).trimEnd();
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
    expect(names()).toEqual([]);
  });
});
