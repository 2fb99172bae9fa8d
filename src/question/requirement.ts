import type { ProfileSpace } from "../environment/profile-space.js";
import { Rational } from "../number/rational.js";

/** Before types are known; to each type, in expectation over the others'; at every profile. */
export type When = "ex ante" | "interim" | "ex post";

/** By what the multipliers of requirements are called. Outside money has none: that it is not negative needs no price. */
export const families = ["incentive", "participation", "budget", "transfers", "cap"] as const;

/** What a requirement is about, by a word. */
export type Family = (typeof families)[number] | "outside money";

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

/** What places are called. */
export interface Labels {
  readonly agents: readonly { readonly name: string }[];
  readonly profiles: ProfileSpace;
  typeLabel(agent: number, type: number): string;
  profileLabel(profile: number): string;
}

/**
 * A requirement as a value: a linear form in lotteries, payments and outside money that must not be negative, or must be zero. What
 * it means is said here and nowhere else; audits, rows of linear programs, bounds and sentences follow from it.
 */
export interface Requirement {
  readonly name: string;
  readonly family: Family;
  readonly when: When;
  /** Whether it is about each agent by itself, or about the designer. */
  readonly of: "agents" | "designer";
  /** Those whom it is about; all where absent. */
  readonly agents?: readonly number[];
  /** Truth against every other report: the form is then a difference. The others tell the truth, or report anything at all. */
  readonly against?: "misreports" | "misreports whatever others report";
  readonly terms: Terms;
  /** What is added to the form. */
  readonly margin: Rational;
  readonly exact: boolean;
  /** Names an inequality: `participation of buyer 0.35`. */
  label(labels: Labels, place: Place): string;
  /** What it says, but for the profile: `buyer 0.35 does not lose by taking part`. */
  clause(labels: Labels, place: Place): string;
}

/** An agent, and its type where the place has one; every agent where it has none. */
export function whoIs(labels: Labels, { agent, type }: Place): string {
  const name = agent === undefined ? "every agent" : labels.agents[agent].name;
  return type === undefined ? name : `${name} ${labels.typeLabel(agent ?? 0, type)}`;
}

function participation(name: string, when: When): Requirement {
  return {
    name,
    family: "participation",
    when,
    of: "agents",
    terms: { value: 1, payment: -1, outside: -1 },
    margin: Rational.ZERO,
    exact: false,
    label: (labels, { agent, type, profile }) => {
      const who = `participation of ${whoIs(labels, { agent, type })}`;
      if (profile !== undefined) return `${who} at ${labels.profileLabel(profile)}`;
      return type === undefined ? `${who} before its type is known` : who;
    },
    clause: (labels, place) => `${whoIs(labels, place)} does not lose by taking part`,
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
    label: (labels, { agent, type, report, profile, reported }) =>
      incentiveLabel(labels, agent!, type!, report!, profile, reported),
    clause(labels, place) {
      const more = this.margin.isZero ? "" : ` more than ${this.margin}`;
      const report = labels.typeLabel(place.agent ?? 0, place.report!);
      return `${whoIs(labels, place)} does not gain${more} by reporting ${report}`;
    },
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
    label: (labels, { profile }) =>
      profile === undefined ? "budget in expectation" : `budget at ${labels.profileLabel(profile)}`,
    clause: () => "the money adds up",
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
    label: (labels, { profile }) => `${words} at ${labels.profileLabel(profile!)}`,
    clause: () => (exact ? "no money comes from outside" : "no money is taken out"),
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

/** Whether an agent is among those whom a requirement is about. */
export function concerns({ agents }: Requirement, agent: number): boolean {
  return agents === undefined || agents.includes(agent);
}

/** `IC of buyer 0.35 against reporting 0.45`, with the others' types and reports where they matter. */
export function incentiveLabel(
  labels: Labels,
  agent: number,
  type: number,
  report: number,
  truth?: number,
  reported?: number,
): string {
  const own = `IC of ${labels.agents[agent].name} ${labels.typeLabel(agent, type)}`;
  const against = ` against reporting ${labels.typeLabel(agent, report)}`;
  if (truth === undefined || labels.agents.length === 1) return own + against;
  const facing = ` facing ${othersLabel(labels, agent, truth)}`;
  const lying =
    reported === undefined || reported === truth ? "" : ` reporting ${othersLabel(labels, agent, reported)}`;
  return own + facing + lying + against;
}

function othersLabel(labels: Labels, agent: number, profile: number): string {
  const types = labels.profiles.typesOf(profile);
  return labels.agents
    .flatMap(({ name }, j) => (j === agent ? [] : [`${name} ${labels.typeLabel(j, types[j])}`]))
    .join(", ");
}
