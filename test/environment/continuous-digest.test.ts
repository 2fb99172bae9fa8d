import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bilateralTrade, families, fixedEndowment } from "../../models/index.js";
import { continuumAnswerData } from "../../src/continuum/answer-file.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { verifyContinuumAnswer } from "../../src/continuum/verify.js";
import { continuousDigest } from "../../src/environment/continuous-digest.js";
import {
  continuousInstanceFromData,
  readContinuousInstance,
} from "../../src/instance/continuous-instance.js";
import type { PiecewisePolynomial } from "../../src/number/piecewise-polynomial.js";
import { Rational } from "../../src/number/rational.js";

const page = readFileSync("docs/continuum-answer-format.md", "utf8");
const linear = { density: [{ from: 0, to: 1, coefficients: [0, 2] }] };

test("the digest is that of the lines that docs/continuum-answer-format.md has for its example", () => {
  const lines = page.match(/^ {4}\["[^\n]*\n/gm)!.map((line) => line.trimStart());
  expect(lines).toHaveLength(9);
  const { digest } = readContinuousInstance(readFileSync("instances/continuous/trade.json", "utf8"), "trade");
  expect(digest).toBe(createHash("sha256").update(lines.join("")).digest("hex"));
});

test("a family's grid stands for the same types however many points it has, and written out they are the same", () => {
  const digests = [2, 7].map((points) => {
    const buyer = { points, distribution: linear };
    return continuousDigest(bilateralTrade({ buyer, seller: { points } }).continuous!());
  });
  const { digest } = readContinuousInstance(readFileSync("instances/continuous/trade.json", "utf8"), "trade");
  expect(digests).toEqual([digest, digest]);
});

test("a piece that is cut in two is the same function", () => {
  const environment = bilateralTrade({ buyer: { points: 2 }, seller: { points: 2 } }).continuous!();
  const cut = (f: PiecewisePolynomial) => f.refined([Rational.of(1, 3)]);
  const agents = environment.agents.map((agent) => ({
    ...agent,
    density: cut(agent.density),
    outsideOption: cut(agent.outsideOption),
  }));
  expect(continuousDigest({ ...environment, agents })).toBe(continuousDigest(environment));
});

test("an answer is to types and not to how their pieces are written", async () => {
  const written = (cuts: readonly (readonly [number, number])[]) => {
    const agent = (name: string, slope: number) => ({
      name,
      types: { distribution: { density: cuts.map(([from, to]) => ({ from, to, coefficients: [0, 2] })) } },
      values: { byOutcome: [0, { slope }] },
      outsideOption: { pieces: cuts.map(([from, to]) => ({ from, to, coefficients: [0, 0] })) },
    });
    const outcomes = ["no trade", "trade"];
    return continuousInstanceFromData({ agents: [agent("buyer", 1), agent("seller", -1)], outcomes });
  };
  const halves: [number, number][] = [
    [0, 0.5],
    [0.5, 1],
  ];
  const [one, other] = [written([[0, 1]]), written(halves)];
  const answer = await designContinuumFor(
    other.environment,
    { allocation: "free", objective: "max-gains" },
    { cells: 3 },
  );
  const data = continuumAnswerData(answer, other);
  expect(verifyContinuumAnswer(data, one).verified).toBe(true);
});

test("what changes the types, the values or the surplus changes the digest", () => {
  const grid = { points: 2 };
  const all = [
    bilateralTrade({ buyer: grid, seller: grid }),
    bilateralTrade({ buyer: { ...grid, to: 2 }, seller: grid }),
    bilateralTrade({ buyer: { ...grid, distribution: linear }, seller: grid }),
    bilateralTrade({ buyer: grid, seller: grid, convention: "value" }),
    fixedEndowment({ agents: 2, grid }),
    fixedEndowment({ agents: 2, grid, endowments: [1, 0] }),
    fixedEndowment({ agents: 3, grid }),
  ].map(({ continuous }) => continuousDigest(continuous!()));
  expect(new Set(all).size).toBe(all.length);
});

test("the page has the formula of every family with a continuum of outcomes", () => {
  const formulas = families.flatMap(({ example, read, familyName }) => {
    const parameters =
      familyName === "two-residents" ? { ...example.parameters, autarky: "none" } : example.parameters;
    const formula = read(parameters).continuous?.().surplus.formula;
    return formula === undefined ? [] : [formula];
  });
  expect(formulas).toHaveLength(4);
  for (const formula of formulas) {
    const asWritten = formula.replace("theta^2/2", "theta^g/g").replace("(1 + T)", "(c + T)");
    expect(page).toContain(`\`${asWritten}\``);
  }
});
