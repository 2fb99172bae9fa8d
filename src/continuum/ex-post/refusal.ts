import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Question } from "../../question/question.js";
import { MOST_PRODUCTS } from "./judge/judge.js";

/** Why the method does not answer a question, for the user; undefined where it does. */
export function refusal({ agents }: ContinuousEnvironment, question: Question): string | undefined {
  const { ic, ir, budget, objective, allocation, parameters } = question;
  if (allocation !== "efficient") return `an allocation that is ${allocation} is not the efficient rule`;
  if (parameters && Object.keys(parameters).length > 0)
    return `what is asked besides (${Object.keys(parameters).join(", ")}) is not covered for continuous types`;
  if (ic !== "bayesian") return `brackets are known for Bayesian incentive compatibility, not for ${ic}`;
  if (ir !== "ex-post") return `brackets are for participation at every profile, not for ${ir}`;
  if (budget !== "ex-post")
    return `with participation at every profile and a budget that is ${budget}, ask with interim participation: interim gains paid to each type for sure make it ex post at no cost`;
  if (objective === "min-worst-subsidy")
    return "the least largest outside money at a profile is not covered for continuous types: ask for its expectation (min-subsidy)";
  if (objective !== "min-subsidy" && objective !== "feasibility")
    return `the objective ${objective} is not covered for the efficient rule with participation and budget at every profile: ask for min-subsidy or feasibility`;
  if (agents.length < 2) return "there are fewer than two agents";
  if (2 ** agents.length > MOST_PRODUCTS)
    return `${agents.length} agents are too many for brackets with participation at every profile: two cells of each agent's types make 2^${agents.length} products of cells`;
  return undefined;
}
