import type { ParameterValues } from "./parameters.js";

/** What is asked of a mechanism, and what of the best one is wanted. Nothing here says how it is found. */
export interface Question {
  readonly ic: IncentiveRequirement;
  readonly ir: ParticipationRequirement;
  readonly budget: BudgetRequirement;
  readonly balance: Balance;
  readonly objective: Objective;
  readonly allocation: AllocationRequirement;
  readonly ties: TieBreaking;
  /** What is asked besides, by the names of `parameters`; absent where nothing is. */
  readonly parameters?: ParameterValues;
}

/** The part of a question that is a choice. */
export type Choice = Exclude<keyof Question, "parameters">;

/** Every choice there is, with the default first. */
export const choices = {
  /** Whose truth must pay: in expectation, at every profile of truthful others, at every profile of reports. */
  ic: ["bayesian", "none", "ex-post", "dominant"],
  /** When taking part must pay: knowing the own type, never, before types are known, at every profile. */
  ir: ["interim", "none", "ex-ante", "ex-post"],
  /** When the money must add up: at every profile, never, in expectation. */
  budget: ["ex-post", "none", "ex-ante"],
  /** Payments cover costs exactly, or at least. */
  balance: ["exact", "no-deficit"],
  /** The least expected or worst-case outside money; any mechanism without it; the largest surplus or gains without it. */
  objective: ["min-subsidy", "feasibility", "min-worst-subsidy", "max-surplus", "max-gains"],
  /** Outcomes that may be chosen: efficient ones, the instance's own rule, or any. */
  allocation: ["efficient", "given", "free"],
  /** Among equally efficient outcomes: a lottery left to the design, the first, the last, all alike. */
  ties: ["optimise", "first", "last", "uniform"],
} as const;

export type IncentiveRequirement = (typeof choices.ic)[number];
export type ParticipationRequirement = (typeof choices.ir)[number];
export type BudgetRequirement = (typeof choices.budget)[number];
export type Balance = (typeof choices.balance)[number];
export type Objective = (typeof choices.objective)[number];
export type AllocationRequirement = (typeof choices.allocation)[number];
export type TieBreaking = (typeof choices.ties)[number];

export const defaultQuestion: Question = {
  ic: choices.ic[0],
  ir: choices.ir[0],
  budget: choices.budget[0],
  balance: choices.balance[0],
  objective: choices.objective[0],
  allocation: choices.allocation[0],
  ties: choices.ties[0],
};

/** Whether outside money may enter the budget: only where its least amount is the question. */
export function allowsSubsidy({ objective, budget }: Question): boolean {
  return budget !== "none" && (objective === "min-subsidy" || objective === "min-worst-subsidy");
}

/** Whether the question wants its objective as large as possible, or as small. */
export function isMaximised({ objective }: Question): boolean {
  return objective === "max-surplus" || objective === "max-gains";
}
