import { InputError } from "../fault/input-error.js";
import { parameters } from "./parameters.js";
import { allowsSubsidy, type Question } from "./question.js";
import { type Labels, type Requirement, requirements } from "./requirement.js";

const incentives = {
  none: undefined,
  bayesian: requirements["Bayesian IC"],
  "ex-post": requirements["ex post IC"],
  dominant: requirements["dominant-strategy IC"],
} as const;

const participation = {
  none: undefined,
  "ex-ante": requirements["ex ante IR"],
  interim: requirements["interim IR"],
  "ex-post": requirements["ex post IR"],
} as const;

const budgets = {
  none: undefined,
  "ex-ante": { exact: requirements["ex ante balance"], "no-deficit": requirements["ex ante no deficit"] },
  "ex-post": { exact: requirements["ex post balance"], "no-deficit": requirements["ex post no deficit"] },
} as const;

/** What a question requires besides lawful lotteries over allowed outcomes. Throws InputError (`question.…`) for parameters that do not fit. */
export function requirementsOf(question: Question, labels: Labels): Requirement[] {
  const required: (Requirement | undefined)[] = [
    incentives[question.ic],
    participation[question.ir],
    budgets[question.budget]?.[question.balance],
    requirements[allowsSubsidy(question) ? "subsidy not negative" : "no subsidy"],
  ];
  const chosen = required.filter((requirement) => requirement !== undefined);
  return Object.entries(question.parameters ?? {}).reduce<Requirement[]>((before, [name, value]) => {
    try {
      return parameters[name].requirements(value, before, labels);
    } catch (fault) {
      throw fault instanceof InputError ? fault.within(`question.${name}`) : fault;
    }
  }, chosen);
}
