import { describe, expect, test } from "vitest";
import { certain } from "../../src/environment/lottery.js";
import { parameters } from "../../src/question/parameters.js";
import { posed } from "../../src/question/problem.js";
import { allowsSubsidy, choices, defaultQuestion, type Question } from "../../src/question/question.js";
import { requirementsOf } from "../../src/question/requirements.js";
import { filmWith } from "../environment/hand-made.js";

const environment = filmWith();

test("the question asked by default is Myerson and Satterthwaite's", () => {
  expect(posed(environment).question).toEqual({
    ic: "bayesian",
    ir: "interim",
    budget: "ex-post",
    balance: "exact",
    objective: "min-subsidy",
    allocation: "efficient",
    ties: "optimise",
  });
  expect(posed(environment, { ic: undefined, ir: "ex-post" }).question).toEqual({
    ...defaultQuestion,
    ir: "ex-post",
  });
});

describe("a question that does not exist is refused", () => {
  test.each([
    [
      { ic: "bayes" },
      'question.ic: the unknown choice "bayes"; expected one of bayesian, none, ex-post, dominant; did you mean bayesian?',
    ],
    [
      { fairness: "envy-free" },
      `question: the unknown part "fairness"; expected one of ${Object.keys(choices).join(", ")}, ${Object.keys(parameters).join(", ")}`,
    ],
    [
      { allocation: "given" },
      "allocation: no allocation rule in the instance; expected a rule under `allocation`, for --allocation given",
    ],
  ])("%j", (asked, message) => {
    expect(() => posed(environment, asked as Partial<Question>)).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });

  test("but the given rule may be asked for where there is one", () => {
    const { allowed } = posed(environment, { allocation: "given" }, () => certain(1));
    expect(allowed.fixed(0)).toEqual(certain(1));
  });
});

test("outside money enters only where its least amount is wanted and the money must add up", () => {
  const allowing = choices.objective.flatMap((objective) =>
    choices.budget.flatMap((budget) =>
      allowsSubsidy({ ...defaultQuestion, objective, budget }) ? [`${objective}, ${budget}`] : [],
    ),
  );
  expect(allowing).toEqual([
    "min-subsidy, ex-post",
    "min-subsidy, ex-ante",
    "min-worst-subsidy, ex-post",
    "min-worst-subsidy, ex-ante",
  ]);
});

test("a question requires the properties that it names, and no subsidy where none is measured", () => {
  const required = (question: Partial<Question>) =>
    requirementsOf({ ...defaultQuestion, ...question }, environment).map(({ name }) => name);
  expect(required({})).toEqual(["Bayesian IC", "interim IR", "ex post balance", "subsidy not negative"]);
  expect(
    required({
      ic: "dominant",
      ir: "ex-ante",
      budget: "ex-ante",
      balance: "no-deficit",
      objective: "max-gains",
    }),
  ).toEqual(["dominant-strategy IC", "ex ante IR", "ex ante no deficit", "no subsidy"]);
  expect(required({ ic: "none", ir: "none", budget: "none" })).toEqual(["no subsidy"]);
  expect(required({ ic: "ex-post", ir: "ex-post", balance: "no-deficit" })).toEqual([
    "ex post IC",
    "ex post IR",
    "ex post no deficit",
    "subsidy not negative",
  ]);
});
