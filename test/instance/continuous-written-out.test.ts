import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Model } from "../../models/family.js";
import { continuumAnswerData } from "../../src/continuum/answer-file.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { verifyContinuumAnswer } from "../../src/continuum/verify.js";
import { continuousDigest } from "../../src/environment/continuous-digest.js";
import type { ContinuousEnvironment } from "../../src/environment/continuous-environment.js";
import {
  type ContinuousInstance,
  continuousInstanceFromData,
  continuousInstanceOf,
  readContinuousInstance,
} from "../../src/instance/continuous-instance.js";
import { continuousInstanceData, continuousInstanceText } from "../../src/instance/continuous-written-out.js";
import { readInstance } from "../../src/instance/instance.js";
import { environments } from "../checker/continuum-instances.js";
import { models } from "../models/continuous-models.js";

const described = { description: "", question: {} };

function modelled(name: string, { continuous }: Model): ContinuousInstance {
  const environment = continuous!();
  return { name, ...described, environment, digest: continuousDigest(environment) };
}

const listed = models.filter(([, model]) => model.continuous!().outcomes);

const written = (instance: ContinuousInstance) =>
  readContinuousInstance(continuousInstanceText(instance), "written out");

const told = ({ name, description, question, digest }: ContinuousInstance) => ({
  ...{ name, description, question, digest },
});

test("a family written out as intervals is the same environment, whatever its distributions", () => {
  expect(listed.length).toBe(7);
  for (const [name, model] of listed) {
    const instance = modelled(name, model);
    expect(told(written(instance))).toEqual(told(instance));
  }
});

test("so is every instance file that stands for intervals and lists its outcomes, with its question", () => {
  const files = readdirSync("instances").filter((file) => file.endsWith(".json"));
  const grids = files.map((file) => readInstance(readFileSync(`instances/${file}`, "utf8"), file));
  const stand = grids.filter(({ continuous, model }) => {
    const list = JSON.stringify(model?.parameters ?? "").includes('"values"');
    return continuous && !list && continuous().outcomes;
  });
  expect(stand.length).toBeGreaterThan(10);
  for (const grid of stand) {
    const instance = continuousInstanceOf(grid);
    expect(told(written(instance))).toEqual(told(instance));
  }
});

test("so are intervals that are written out already: atoms, densities and curved outside options", () => {
  for (const [name, data] of Object.entries(environments)) {
    const instance = continuousInstanceFromData({ name, ...data } as never);
    expect(told(written(instance))).toEqual(told(instance));
    const again = continuousInstanceFromData(continuousInstanceData(instance));
    expect(continuousInstanceData(again)).toEqual(continuousInstanceData(instance));
  }
});

test("an answer to a family verifies for what is written out, and the other way round", async () => {
  for (const [name, model] of listed) {
    const family = modelled(name, model);
    const file = written(family);
    for (const [question, answered, other] of [
      [{}, family, file],
      [{ ir: "ex-post" }, file, family],
    ] as const) {
      const answer = await designContinuumFor(answered.environment, question, { cells: 2 });
      const proof = continuumAnswerData(answer, answered);
      expect(verifyContinuumAnswer(proof, other), name).toMatchObject({ verified: true });
    }
  }
});

test("numbers are written as they are read, and distributions by their names", () => {
  const { agents, outcomes, cost } = continuousInstanceData(
    continuousInstanceFromData({
      agents: [
        {
          name: "ann",
          types: { from: "1/3", to: 3, distribution: { power: 2 } },
          values: { byOutcome: [0, { slope: "1/3", constant: 0.1 }] },
          outsideOption: { slope: 2, constant: -1 },
        },
        {
          name: "bob",
          types: { distribution: { density: [{ from: 0, to: 1, coefficients: [1] }] } },
          values: { byOutcome: [7, { slope: 0, constant: 1 }] },
        },
      ],
      outcomes: ["no", "yes"],
      cost: { byOutcome: [0, 2.5] },
    }),
  );
  expect({ agents, outcomes, cost }).toEqual({
    agents: [
      {
        name: "ann",
        types: { from: "1/3", to: 3, distribution: { power: 2 } },
        values: { byOutcome: [0, { slope: "1/3", constant: 0.1 }] },
        outsideOption: { slope: 2, constant: -1 },
      },
      {
        name: "bob",
        types: { from: 0, to: 1, distribution: "uniform" },
        values: { byOutcome: [7, 1] },
        outsideOption: 0,
      },
    ],
    outcomes: ["no", "yes"],
    cost: { byOutcome: [0, 2.5] },
  });
});

test("what no file of intervals says is refused in one sentence", () => {
  const refusals = models
    .filter((model) => !listed.includes(model))
    .map(
      ([name, model]) =>
        () =>
          continuousInstanceText(modelled(name, model)),
    );
  expect(refusals.length).toBe(6);
  for (const refused of refusals)
    expect(refused).toThrow(
      /^outcomes: a continuum of outcomes, which no file of intervals lists; expected finitely many outcomes$/,
    );
  const residents = readInstance(readFileSync("instances/two-residents-4.json", "utf8"), "residents");
  expect(() => continuousInstanceText(continuousInstanceOf(residents))).toThrow(
    /^model: two-residents, with a continuum of outcomes, which no file of intervals lists; expected finitely many outcomes$/,
  );
  const [[name, model]] = listed;
  const exact = modelled(name, model);
  const environment: ContinuousEnvironment = { ...exact.environment, roundedDown: exact.environment };
  expect(() => continuousInstanceText({ ...exact, environment })).toThrow(
    /^agents: outside options that are known between two polynomials, .* expected outside options that are polynomials by pieces$/,
  );
});
