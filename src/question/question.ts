import type { QuestionData } from "../instance-data.js";
import type { ParameterValues } from "./parameters.js";

/** What is asked of a mechanism, and what of the best one is wanted. Nothing here says how it is found. */
export interface Question extends Required<Pick<QuestionData, Choice>> {
  /** What is asked besides, by the names of `parameters`; absent where nothing is. */
  readonly parameters?: ParameterValues;
}

/** A question as it is asked: what is absent has its default. */
export interface AskedQuestion extends QuestionData {
  /** What a question that has been read asks besides; the fields beside it win. */
  readonly parameters?: ParameterValues;
}

/** The part of a question that is a choice. */
export type Choice = keyof typeof choices;

/** Every choice there is, with the default first; see `Question`. */
export const choices = {
  ic: ["bayesian", "none", "ex-post", "dominant"],
  ir: ["interim", "none", "ex-ante", "ex-post"],
  budget: ["ex-post", "none", "ex-ante"],
  balance: ["exact", "no-deficit"],
  objective: ["min-subsidy", "feasibility", "min-worst-subsidy", "max-surplus", "max-gains"],
  allocation: ["efficient", "given", "free"],
  ties: ["optimise", "first", "last", "uniform"],
} as const;

export type IncentiveRequirement = (typeof choices.ic)[number];
export type ParticipationRequirement = (typeof choices.ir)[number];
export type BudgetRequirement = (typeof choices.budget)[number];
export type Balance = (typeof choices.balance)[number];
export type Objective = (typeof choices.objective)[number];
export type AllocationRequirement = (typeof choices.allocation)[number];
export type TieBreaking = (typeof choices.ties)[number];

/** What is asked where nothing is said: the first of the choices of each part. */
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
