import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { design } from "../../src/index.js";
import { readInstance } from "../../src/instance/instance.js";
import { asData } from "../../src/mechanism/as-data.js";
import { tableMechanism } from "../../src/mechanism/mechanism.js";
import { toRational } from "../../src/number/rational-text.js";
import type { ProvedAnswer } from "../../src/proved-answer.js";
import { posed } from "../../src/question/problem.js";
import { checked, checkJson, checkText } from "../../src/report/check-report.js";
import { designJson } from "../../src/report/design-json.js";
import { designText } from "../../src/report/design-text.js";
import { filmWith, vector } from "../environment/hand-made.js";
import { outUnlessBothLow } from "../mechanism/hand-made.js";

const film = { environment: filmWith() };
// By the direct program, whose tie is broken for going, so that the numbers follow from the rule alone.
const answered = () => design(film, { ties: "last" }, { formulation: "direct" });

describe("a design for a reader", () => {
  test("says the environment, the question, the verdict, its money, interim payments and what binds", async () => {
    const text = designText(await answered(), "film", { width: 100 });
    const lines = text.split("\n");
    for (const line of [
      "film",
      "  ann (2 types), bob (2 types); 2 outcomes; independent prior; 4 profiles",
      "Wanted: an efficient mechanism (ties to the last outcome) in which",
      "  expected gains of full efficiency  3/2 = 1.5",
      "ann: what each type expects",
      "bob: what each type expects",
      "requirements, checked exactly from their definitions",
      "Proved: the mechanism attains the optimum and multipliers bound it by the same fraction.",
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).toMatch(/^ {2}type +probability +P\(go\) +pays +utility +outside money$/m);
    expect(text).toMatch(/^ {2}low +0\.25 +\S+ +\S+ +0 +\S+$/m);
    expect(text).toMatch(/^ {2}Bayesian IC +4 +\d +none +IC of \w+ \w+ against reporting \w+$/m);
    expect(text).toMatch(/^direct: 12 rows, 12 columns, \d+ coefficients; highs [\d.]+; \d+\.\d\d s$/m);
  });

  test("shows the first and the last of many types", async () => {
    const types = Array.from({ length: 20 }, (_, type) => `t${type}`);
    const prior = vector(...types.map(() => "1/20"));
    const many = filmWith({
      agents: [
        {
          name: "ann",
          types,
          values: { shape: "type-outcome", entries: vector(...types.flatMap((_, k) => [0, k])) },
        },
      ],
      prior: { kind: "independent", marginals: [prior] },
      cost: undefined,
    });
    const text = designText(await design({ environment: many }), "many");
    expect(text).toMatch(
      /^ {2}t7 .*\n {2}…\n {2}t12 .*\n(.*\n){7} {2}4 of 20 types left out: --all-types shows all of them\.$/m,
    );
    expect(text).not.toMatch(/^ {2}t8 .*0\.05/m);
    const whole = designText(await design({ environment: many }), "many", { allTypes: true });
    expect(whole).toMatch(/^ {2}t8 .*0\.05/m);
    expect(whole).not.toContain("left out");
  });
});

describe("a design for a machine", () => {
  test("has the optimum under one name, whatever was asked, and nothing in place of what there is not", async () => {
    const json = designJson(await answered(), "film");
    expect(json.optimum).toEqual({
      exact: expect.stringMatching(/^\d+(\/\d+)?$/),
      value: expect.any(Number),
    });
    expect(json).not.toHaveProperty("bounds");
    expect(json.efficientGains).toEqual({ exact: "3/2", value: 1.5 });
    expect(json.expectedGains).toEqual({ exact: "3/2", value: 1.5 });
  });

  test("names the tightest demand on agents or money where nothing is violated", async () => {
    expect(designJson(await answered(), "film").audit).toEqual({
      violation: { exact: "0", value: 0 },
      worst: expect.stringMatching(/^IC of (ann|bob) (low|high) against reporting (low|high)$/),
    });
  });

  test("has what every type expects, and the probability of every outcome", async () => {
    const { agents, rule, outsideMoney } = designJson(await answered(), "film");
    expect(agents?.map(({ agent }) => agent)).toEqual(["ann", "bob"]);
    expect(agents?.[0].types[0]).toMatchObject({
      type: "low",
      probability: { exact: "1/4", value: 0.25 },
      outcomes: [
        { outcomes: ["go"], probability: { exact: expect.any(String), value: expect.any(Number) } },
        { outcomes: ["stay"], probability: { exact: expect.any(String), value: expect.any(Number) } },
      ],
      outsideOption: { exact: "0", value: 0 },
    });
    const total = rule!.outcomes.reduce(
      (sum, { probability }) => sum.add(toRational(probability.exact)),
      toRational(0),
    );
    expect(`${total}`).toBe("1");
    expect(rule).toMatchObject({ profiles: 4, lotteries: 0 });
    expect(outsideMoney?.expected.exact).toMatch(/^\d/);
  });

  test("gives the bounds that are known where the optimum is not, and says when surplus has none", async () => {
    const answer = await answered();
    const { problem } = answer;
    const known: ProvedAnswer = {
      ...answer,
      problem,
      optimum: undefined,
      lower: toRational("1/3"),
      upper: undefined,
    };
    const json = designJson(known, "film");
    expect(json.bounds).toEqual({ lower: { exact: "1/3", value: 1 / 3 } });
    expect(json).not.toHaveProperty("optimum");
    const unbounded = designJson(
      await design(film, { objective: "max-surplus", ir: "none", budget: "none" }),
      "film",
    );
    expect(unbounded).toMatchObject({ verdict: "possible", unbounded: true });
    expect(unbounded).not.toHaveProperty("optimum");
    expect(unbounded).not.toHaveProperty("bounds");
  });
});

describe("a checked mechanism", () => {
  const problem = posed(film.environment, { ties: "last" });
  const payments = [vector(0, 2, 2, 2), vector(0, 2, 2, 2)];
  const halves = asData(film.environment, tableMechanism({ lotteries: outUnlessBothLow, payments }));

  test("is told property by property, with the worst violation, and where it fails the question", () => {
    const text = checkText(checked(problem, halves, "film"));
    expect(text).toMatch(/^ {2}ex post balance +yes$/m);
    expect(text).toMatch(/^ {2}interim IR +no +≈0\.6666667 +participation of ann low$/m);
    expect(text).toContain("FAILS: interim IR (by 2/3 ≈ 0.6666667, participation of ann low).");
    expect(text).toMatch(/^ {2}expected gains +3\/2 = 1\.5$/m);
  });

  test("and the same for a machine, in fractions", () => {
    expect(checkJson(checked(problem, halves, "film"))).toMatchObject({
      instance: "film",
      meetsRequirements: false,
      properties: {
        "interim IR": { holds: false, violation: { exact: "2/3" }, worst: "participation of ann low" },
      },
      expectedGains: { exact: "3/2", value: 1.5 },
      expectedSurplus: { exact: "0", value: 0 },
      expectedSubsidy: { exact: "0", value: 0 },
    });
  });
});

test("a line of the instance's description stands under its name", async () => {
  const instance = readInstance(readFileSync("instances/pool-and-bridge.json", "utf8"), "x");
  const text = designText(await design(instance, instance.question), instance.name);
  expect(text.split("\n").slice(0, 3)).toEqual([
    "pool-and-bridge",
    "  ann (2 types), bob (2 types), cid (1 type); 3 outcomes; independent prior; 4 profiles",
    `  ${instance.description}`,
  ]);
});
