import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

const ten = "instances/bilateral-trade-uniform-10.json";
const partners = "instances/partnership-three-4.json";

describe.concurrent("mechlp compare", () => {
  test("shows the LP, VCG, IR-VCG, AGV and a posted price in one table, and the reasons of those left out", async () => {
    const { status, stdout, stderr } = await mechlp(["compare", ten], { COLUMNS: "120" });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      "IMPOSSIBLE: every such mechanism needs outside money: at least 3/40 = 0.075 in expectation.",
    );
    const marks =
      /^ {2}mechanism +eff +bIC +xIC +dIC +aIR +iIR +xIR +aBB +xBB +aND +xND +mon +P\(xIC\) +P\(xIR\) +asked$/m;
    expect(stdout).toMatch(marks);
    expect(stdout).toMatch(/^ {2}ir-vcg +\+ +\+ +\+ +\+ +\+ +\+ +- +- +- +- +- +\+ +100% +75% +\+$/m);
    const money = (name: string) =>
      stdout.match(new RegExp(`^  ${name} +(0\\.\\d.*)$`, "m"))?.[1].split(/ +/);
    // Gains, surplus, deficit, largest deficit, outside money needed, distance from the LP's interim payments.
    expect(money("LP")).toEqual(["0.165", "-0.075", "0.075", "0.075", "0.075", "0"]);
    expect(money("vcg")).toEqual(["0.165", "0.335", "0", "-", "-", "0.5"]);
    expect(money("ir-vcg")).toEqual(["0.165", "-0.165", "0.2075", "0.45", "-", "0.09"]);
    expect(money("agv")).toEqual(["0.165", "0", "0", "-", "0", "0.3325"]);
    expect(money("posted-price")).toEqual(["0.135", "0", "0", "-", "0", "0.28"]);
    expect(stdout).toMatch(/^ {2}m2 +M2 needs a symmetric surplus;/m);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
  });

  test("as JSON, with exact fractions and the worst offenders", async () => {
    const { stdout } = await mechlp(["compare", ten, "ir-vcg", "agv", "--json"]);
    expect(stdout.trimEnd()).not.toContain("\n");
    expect(JSON.parse(stdout)).toMatchObject({
      instance: "bilateral-trade-uniform-10",
      verdict: "impossible",
      optimum: { exact: "3/40", value: 0.075 },
      ties: "first",
      mechanisms: [
        {
          name: "LP",
          subsidyNeeded: { exact: "3/40" },
          interimDistance: { distance: { exact: "0" } },
        },
        {
          name: "ir-vcg",
          construction: { name: "ir-vcg", source: "Krishna and Perry 1998, Williams 1999", version: "exact" },
          qualifies: true,
          expectedSurplus: { exact: "-33/200" },
          expectedDeficit: { exact: "83/400" },
          exPostParticipation: { probability: { exact: "3/4" } },
          interimDistance: { distance: { exact: "9/100" }, at: expect.stringMatching(/^(buyer|seller) 0\./) },
        },
        {
          name: "agv",
          qualifies: false,
          subsidyNeeded: { exact: "0" },
          properties: {
            "interim IR": {
              holds: false,
              violation: { exact: "133/400" },
              worst: "participation of seller 0.95",
            },
          },
        },
      ],
      notApplying: [],
    });
  });

  test("a named construction that does not apply is told with the reason, and the others are compared", async () => {
    const { status, stdout, stderr } = await mechlp(["compare", partners, "m2", "agv", "--json"]);
    expect([status, stderr]).toEqual([0, ""]);
    const { mechanisms, notApplying } = JSON.parse(stdout);
    expect(mechanisms.map(({ name }: { name: string }) => name)).toEqual(["LP", "agv"]);
    expect(notApplying).toEqual([{ name: "m2", reason: "M2 needs exactly two agents; this instance has 3" }]);
    const alone = await mechlp(["compare", partners, "m2"]);
    expect([alone.status, alone.stderr]).toEqual([0, ""]);
    expect(alone.stdout).toContain("  m2: M2 needs exactly two agents; this instance has 3\n");
  });

  test("rebuilds a model on other grids and reports how violations vanish", async () => {
    const { write } = scratch();
    const good = write("good.json", {
      name: "good",
      model: "private-good-production",
      parameters: { agents: 2, grid: { points: 4, distribution: { power: 2 } } },
    });
    const text = await mechlp(["compare", good, "m1", "--grids", "5,10"]);
    expect([text.status, text.stderr]).toEqual([0, ""]);
    expect(text.stdout).toMatch(/^ {2}mechanism +figure +5 +10 +order$/m);
    expect(text.stdout).toMatch(/^ {2}m1 formula +Bayesian IC +≈?[\d.e-]+ +≈?[\d.e-]+ +[12]\.\d\d$/m);
    expect(text.stdout).not.toMatch(/^ {2}m1 exact +Bayesian IC/m);
    const { convergence } = JSON.parse(
      (await mechlp(["compare", good, "m1:formula", "--grids", "5,10", "--json"])).stdout,
    );
    expect(convergence.points).toEqual([5, 10]);
    expect(
      convergence.figures.find(({ figure }: { figure: string }) => figure === "Bayesian IC"),
    ).toMatchObject({
      mechanism: "m1 formula",
      grids: [
        {
          points: 5,
          value: { exact: expect.stringMatching(/^\d+\/\d+$/), value: expect.any(Number) },
          worst: expect.stringMatching(/^IC of agent/),
        },
        {
          points: 10,
          value: { exact: expect.stringMatching(/^\d+\/\d+$/), value: expect.any(Number) },
          worst: expect.stringMatching(/^IC of agent/),
        },
      ],
      orders: [{ from: 5, to: 10, order: expect.any(Number) }],
    });
  });

  test("leaves out checks that would take too long, and says so", async () => {
    const args = ["compare", ten, "ir-vcg", "--check-limit", "1799"];
    const { stdout } = await mechlp(args, { COLUMNS: "120" });
    expect(stdout).toMatch(/^ {2}ir-vcg +\+ +\+ +\? +\? .* \? +75% +\+$/m);
    const { mechanisms } = JSON.parse((await mechlp([...args, "--json"])).stdout);
    // Two agents, a hundred profiles, nine misreports.
    expect(mechanisms[1].properties["ex post IC"]).toEqual({
      checked: false,
      reason: "not checked: 1,800 comparisons, more than the limit of 1,799",
    });
  });

  test("asks the question that its flags ask", async () => {
    const { stdout } = await mechlp([
      "compare",
      ten,
      "ir-vcg",
      "--ties",
      "last",
      "--ir",
      "ex-post",
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      question: { ties: "last", ir: "ex-post" },
      ties: "last",
      mechanisms: [{ name: "LP" }, { name: "ir-vcg", qualifies: false }],
    });
  });

  test("shows constructions alone where no mechanism meets the question", async () => {
    const { status, stdout } = await mechlp(["compare", "instances/rule-with-a-cycle.json", "--json"]);
    expect(status).toBe(0);
    const { verdict, mechanisms, notApplying } = JSON.parse(stdout);
    expect(verdict).toBe("impossible");
    // The game has a rule of its own; everything else would implement the instance's.
    expect(mechanisms.map(({ name }: { name: string }) => name)).not.toContain("LP");
    expect(mechanisms.map(({ name }: { name: string }) => name)).toContain("contribution-game");
    expect(notApplying.map(({ reason }: { reason: string }) => reason).join("\n")).toMatch(
      /ann facing bob only, 0\.2 reporting 0\.4 and 0\.4 reporting 0\.2 gain 1\/5 together/,
    );
  });
});

describe.concurrent("a comparison that makes no sense exits with 2 and one message", () => {
  test.each([
    [[ten, "avg"], /; did you mean agv\?$/],
    [[ten, "vickrey"], /^the unknown construction "vickrey"; expected one of vcg,/],
    [[ten, "m1:continuous"], 'm1: the unknown version "continuous"; expected one of exact, formula'],
    [
      [ten, "--grids", "10"],
      '--grids: "10"; expected whole numbers of points, at least two of them and increasing, such as 10,20,40',
    ],
    [[ten, "--check-limit", "many"], '--check-limit: "many"; expected a whole number of comparisons'],
    [[ten, "--grids", "20,ten"], /^--grids: "20,ten"; expected whole numbers/],
    [
      ["instances/lemons-trade.json", "--grids", "5,10"],
      "--grids: an instance that is written out; expected an instance of a family of models whose parameters say a number of points",
    ],
    [
      [ten, "--grids", "10,10000"],
      `${ten}: 200,000,000 payments in a mechanism; expected at most 1,000,000, where every property is checked`,
    ],
  ] as const)("compare %j", async (args, message) => {
    const { status, stdout, stderr } = await mechlp(["compare", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^mechlp: .*\n$/);
    const said = stderr.slice("mechlp: ".length).trimEnd();
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});
