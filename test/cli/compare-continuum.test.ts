import { describe, expect, test } from "vitest";
import { mechlp } from "./command.js";

const ten = "instances/bilateral-trade-uniform-10.json";

describe.concurrent("mechlp compare --continuum", () => {
  test("puts what is proved at every type beside the optimum, and fits the terminal", async () => {
    const { status, stdout, stderr } = await mechlp(
      ["compare", ten, "ir-vcg", "agv", "posted-price", "m1", "--continuum"],
      {
        COLUMNS: "120",
      },
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      "IMPOSSIBLE: every such mechanism needs outside money: at least 1/6 ≈ 0.1666667 in expectation.",
    );
    expect(stdout).toMatch(/^ {2}mechanism +eff +bIC +xIC +aIR +iIR +xIR +xBB +xND +asked$/m);
    expect(stdout).toMatch(/^ {2}ir-vcg +\+ +\+ +\+ +\+ +\+ +- +- +- +\+$/m);
    expect(stdout).toMatch(/^ {2}agv +\+ +\+ +- +- +- +- +\+ +\+ +-$/m);
    expect(stdout).toMatch(/^ {2}posted-price +- +\+ +\+ +\+ +\+ +\+ +\+ +\+ +-$/m);
    expect(stdout).toMatch(/^ {2}ir-vcg +1\/6 ≈ 0.1666667 +1\/2 = 0.5$/m);
    expect(stdout).toMatch(/^ {2}agv +interim IR +1\/3 ≈ 0.3333333 +seller 1$/m);
    expect(stdout).toMatch(/^ {2}m1 +the surplus does not depend on the highest type alone$/m);
    for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(120);
  });

  test("as JSON, with fractions, profiles and reasons; what is open has no verdict", async () => {
    const { stdout } = await mechlp(["compare", ten, "agv", "vcg:exact", "m2", "--continuum", "--json"]);
    const { mechanisms, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({
      instance: "bilateral-trade-uniform-10",
      continuum: true,
      verdict: "impossible",
      optimum: { exact: "1/6" },
      notApplying: [{ name: "m2", reason: "the surplus is not symmetric" }],
    });
    expect(mechanisms.map(({ name }: { name: string }) => name)).toEqual(["agv", "vcg"]);
    expect(mechanisms[0]).toMatchObject({
      construction: { name: "agv", source: "d'Aspremont and Gérard-Varet 1979, Arrow 1979" },
      qualifies: false,
      expectedDeficit: { exact: "0" },
      interimConstants: [{ exact: "1/6" }, { exact: "-1/3" }],
      properties: {
        "Bayesian IC": { holds: true, by: "payoff equivalence" },
        "ex post balance": { holds: true, by: "an identity of polynomials" },
        "interim IR": {
          holds: false,
          violation: { exact: "1/3", value: 1 / 3 },
          agent: "seller",
          types: [{ agent: "seller", type: { exact: "1" } }],
        },
      },
    });
  });

  test("what the question asks decides who qualifies", async () => {
    const asked = async (...flags: string[]) => {
      const { stdout } = await mechlp([
        "compare",
        "instances/partnership-equal-12.json",
        "m1",
        "--continuum",
        "--json",
        ...flags,
      ]);
      return JSON.parse(stdout).mechanisms[0].qualifies;
    };
    expect(await Promise.all([asked(), asked("--ir", "ex-post"), asked("--ic", "ex-post")])).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("a construction that meets all that is asked without outside money settles the question", async () => {
    const made = "instances/private-good-production-4.json";
    const { stdout } = await mechlp(["compare", made, "m1", "m2", "m3", "--continuum"], { COLUMNS: "120" });
    expect(stdout).toContain(
      "m1, m3 meet all requirements without outside money, which proves that it is possible.",
    );
    const json = JSON.parse((await mechlp(["compare", made, "m1", "m2", "--continuum", "--json"])).stdout);
    expect(json.mechanisms.map(({ settles }: { settles: boolean }) => settles)).toEqual([true, false]);
  });

  test("intervals that are written out, and divisible goods", async () => {
    const written = await mechlp(["compare", "instances/continuous/trade.json", "ir-vcg", "--continuum"]);
    expect([written.status, written.stderr]).toEqual([0, ""]);
    expect(written.stdout).toContain("ir-vcg");
    const shared = await mechlp([
      "compare",
      "instances/fixed-endowment-equal-4.json",
      "m3",
      "vcg",
      "--continuum",
      "--json",
    ]);
    const { mechanisms, notApplying } = JSON.parse(shared.stdout);
    expect(mechanisms[0].properties["ex post IR"]).toMatchObject({ holds: false });
    expect(mechanisms[0].properties["interim IR"]).toMatchObject({ holds: true });
    expect(notApplying).toEqual([
      {
        name: "vcg",
        reason: expect.stringContaining("there is a continuum of outcomes, for which M2 and M3"),
      },
    ]);
  });

  test.each([
    [
      ["instances/correlated-trade-4.json", "--continuum"],
      /types are not independent|types in lists|values are not private/,
    ],
    [[ten, "m9", "--continuum"], /m9/],
    [[ten, "--continuum", "--grids", "5,10"], /cannot be used with option .--grids/],
    [[ten, "--continuum", "--never-paid", "all"], /not covered for continuous types/],
    [[ten, "--continuum", "--allocation", "given"], /given/],
  ])("%j is refused in one message", async (args, message) => {
    const { status, stdout, stderr } = await mechlp(["compare", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(4);
  });
});
