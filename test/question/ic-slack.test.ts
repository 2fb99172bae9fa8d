import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/fault/input-error.js";
import { findingByDefinition } from "../../src/kernel/by-definition.js";
import { posed } from "../../src/question/problem.js";
import { requirements } from "../../src/question/requirement.js";

const { environment } = bilateralTrade({ buyer: { points: 6 }, seller: { points: 6 } });
const solved = (icSlack?: string, more = {}) =>
  designFor(posed(environment, { ...more, ...(icSlack && { parameters: { icSlack } }) }));

test("traders who lie only for more than a little need less of a subsidy, and none if they need a lot", async () => {
  const slacks = ["0", "1/400", "2/400", "3/400", "4/400"];
  const subsidies = await Promise.all(slacks.map(async (slack) => (await solved(slack)).optimum!));
  expect(`${subsidies[0]}`).toBe(`${(await solved()).optimum}`);
  const drops = subsidies.slice(1).map((subsidy, k) => subsidies[k].subtract(subsidy));
  expect(drops[0].sign).toBe(1);
  // A minimum is convex in what its constraints allow.
  drops.slice(1).forEach((drop, k) => {
    expect(drop.compare(drops[k]), slacks[k]).toBeLessThanOrEqual(0);
  });
  expect((await solved("1")).verdict).toBe("possible");
});

test("what they gain by lying is what they are allowed, and somebody gains just that", async () => {
  for (const [ic, name] of [
    ["bayesian", "Bayesian IC"],
    ["dominant", "dominant-strategy IC"],
  ] as const) {
    const { mechanism } = await solved("1/50", { ic });
    const { violation } = findingByDefinition(environment, mechanism!, requirements[name]);
    expect(`${violation}`, ic).toBe("1/50");
  }
});

test("a slack that is negative is refused", async () => {
  expect(() => posed(environment, { parameters: { icSlack: "-1/8" } })).toThrow(
    new InputError("question.icSlack", "the negative slack -1/8", "an amount of 0 or more"),
  );
});
