import { allowedLotterySlacks } from "../mechanism/allocation.js";
import { audit, auditProperty, type Finding, type PropertyName } from "../mechanism/audit.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { Progress } from "../progress/progress.js";
import type { Problem } from "./problem.js";
import { allowsSubsidy, type Question } from "./question.js";

const incentiveProperty = {
  none: undefined,
  bayesian: "Bayesian IC",
  "ex-post": "ex post IC",
  dominant: "dominant-strategy IC",
} as const;

const participationProperty = {
  none: undefined,
  "ex-ante": "ex ante IR",
  interim: "interim IR",
  "ex-post": "ex post IR",
} as const;

const budgetProperty = {
  none: undefined,
  "ex-ante": { exact: "ex ante balance", "no-deficit": "ex ante no deficit" },
  "ex-post": { exact: "ex post balance", "no-deficit": "ex post no deficit" },
} as const;

/** The properties that a question requires, by name, besides an allowed allocation. */
export function requiredProperties(question: Question): PropertyName[] {
  const required: (PropertyName | undefined)[] = [
    "lotteries",
    incentiveProperty[question.ic],
    participationProperty[question.ir],
    budgetProperty[question.budget]?.[question.balance],
    allowsSubsidy(question) ? "subsidy not negative" : "no subsidy",
  ];
  return required.filter((property) => property !== undefined);
}

export interface RequirementFinding extends Finding {
  readonly requirement: PropertyName | "allowed outcomes";
}

/** Checks a mechanism against everything that the question requires, from the definitions, exactly. */
export function auditRequirements(
  problem: Problem,
  mechanism: Mechanism,
  progress?: Progress,
): RequirementFinding[] {
  const { environment, question, allowed } = problem;
  progress?.stage("checking the outcomes that the mechanism chooses");
  return [
    { requirement: "allowed outcomes", ...audit(allowedLotterySlacks(environment, mechanism, allowed)) },
    ...requiredProperties(question).map((requirement) => {
      progress?.stage(`checking ${requirement}`);
      return { requirement, ...auditProperty(environment, mechanism, requirement) };
    }),
  ];
}
