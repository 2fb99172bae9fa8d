import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";

/** Before types are known; to each type, in expectation over the others'; at every profile. */
export type When = "ex ante" | "interim" | "ex post";

/** Coefficients of what a requirement is about; zero where absent. */
export interface Terms {
  /** What an agent gets from what is chosen. */
  readonly value?: 1 | -1;
  /** What it pays; of the designer, what all agents pay together. */
  readonly payment?: 1 | -1;
  /** What it has without the mechanism. */
  readonly outside?: 1 | -1;
  /** What the chosen outcome costs. */
  readonly cost?: 1 | -1;
  /** Outside money. */
  readonly subsidy?: 1 | -1;
}

/** Which of the inequalities that a requirement consists of. */
export interface Place {
  readonly agent?: number;
  readonly type?: number;
  readonly report?: number;
  /** The true profile. */
  readonly profile?: number;
  /** The profile of reports where the agent reports the truth, if the others may report anything. */
  readonly reported?: number;
}

/**
 * A requirement as a value: a linear form in lotteries, payments and outside money that must not be negative, or must be zero. What
 * it means is said here and nowhere else; audits, rows of linear programs, bounds and sentences follow from it.
 */
export interface Requirement {
  readonly name: string;
  /** By what its multipliers are called. */
  readonly family: Family;
  readonly when: When;
  /** Whether it is about each agent by itself, or about the designer. */
  readonly of: "agents" | "designer";
  /** Truth against every other report: the form is then a difference. The others tell the truth, or report anything at all. */
  readonly against?: "misreports" | "misreports whatever others report";
  readonly terms: Terms;
  /** What is added to the form. */
  readonly margin: Rational;
  readonly exact: boolean;
  label(environment: Environment, place: Place): string;
}

export type Family = "incentive" | "participation" | "budget" | "outside money";

function participation(name: string, when: When): Requirement {
  return {
    name,
    family: "participation",
    when,
    of: "agents",
    terms: { value: 1, payment: -1, outside: -1 },
    margin: Rational.ZERO,
    exact: false,
    label: (environment, { agent, type, profile }) => {
      const { name } = environment.agents[agent!];
      if (profile !== undefined) return `participation of ${name} at ${environment.profileLabel(profile)}`;
      if (type === undefined) return `participation of ${name} before its type is known`;
      return `participation of ${name} ${environment.typeLabel(agent!, type)}`;
    },
  };
}

function incentives(name: string, when: When, against: Requirement["against"]): Requirement {
  return {
    name,
    family: "incentive",
    when,
    of: "agents",
    against,
    terms: { value: 1, payment: -1 },
    margin: Rational.ZERO,
    exact: false,
    label: (environment, { agent, type, report, profile, reported }) =>
      incentiveLabel(environment, agent!, type!, report!, profile, reported),
  };
}

function budget(name: string, when: When, exact: boolean): Requirement {
  return {
    name,
    family: "budget",
    when,
    of: "designer",
    terms: { payment: 1, cost: -1, subsidy: 1 },
    margin: Rational.ZERO,
    exact,
    label: (environment, { profile }) =>
      profile === undefined ? "budget in expectation" : `budget at ${environment.profileLabel(profile)}`,
  };
}

function outsideMoney(name: string, exact: boolean, words: string): Requirement {
  return {
    name,
    family: "outside money",
    when: "ex post",
    of: "designer",
    terms: { subsidy: 1 },
    margin: Rational.ZERO,
    exact,
    label: (environment, { profile }) => `${words} at ${environment.profileLabel(profile!)}`,
  };
}

/** Every requirement that is a linear form. */
export const requirements = {
  "Bayesian IC": incentives("Bayesian IC", "interim", "misreports"),
  "ex post IC": incentives("ex post IC", "ex post", "misreports"),
  "dominant-strategy IC": incentives("dominant-strategy IC", "ex post", "misreports whatever others report"),
  "ex ante IR": participation("ex ante IR", "ex ante"),
  "interim IR": participation("interim IR", "interim"),
  "ex post IR": participation("ex post IR", "ex post"),
  "ex ante balance": budget("ex ante balance", "ex ante", true),
  "ex post balance": budget("ex post balance", "ex post", true),
  "ex ante no deficit": budget("ex ante no deficit", "ex ante", false),
  "ex post no deficit": budget("ex post no deficit", "ex post", false),
  "subsidy not negative": outsideMoney("subsidy not negative", false, "a subsidy that is not negative"),
  "no subsidy": outsideMoney("no subsidy", true, "no subsidy"),
} as const satisfies Record<string, Requirement>;

/** `IC of buyer 0.35 against reporting 0.45`, with the others' types and reports where they matter. */
export function incentiveLabel(
  environment: Environment,
  agent: number,
  type: number,
  report: number,
  truth?: number,
  reported?: number,
): string {
  const own = `IC of ${environment.agents[agent].name} ${environment.typeLabel(agent, type)}`;
  const against = ` against reporting ${environment.typeLabel(agent, report)}`;
  if (truth === undefined || environment.agentCount === 1) return own + against;
  const facing = ` facing ${othersLabel(environment, agent, truth)}`;
  const lying =
    reported === undefined || reported === truth
      ? ""
      : ` reporting ${othersLabel(environment, agent, reported)}`;
  return own + facing + lying + against;
}

function othersLabel(environment: Environment, agent: number, profile: number): string {
  return environment.agents
    .flatMap((other, j) =>
      j === agent
        ? []
        : [`${other.name} ${environment.typeLabel(j, environment.profiles.typeOf(profile, j))}`],
    )
    .join(", ");
}
