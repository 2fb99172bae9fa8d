import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Question } from "../../question/question.js";

/**
 * What participation comes down to: nothing; a bound on each agent's expected utility; on each type's; or on what is left of the
 * surplus at every profile.
 */
export type Participation = "none" | "ex-ante" | "interim" | "ex-post";

export function participationOf({ agents }: ContinuousEnvironment, { ic, ir }: Question): Participation {
  if (ir === "none") return "none";
  // Without incentives nothing is left to an agent beyond its outside option.
  if (ir === "ex-ante" || ic === "none") return "ex-ante";
  // With payments of one's own for every profile a type gains the same at all of them; a single agent has no others.
  if (ir === "interim" || ic === "bayesian" || agents.length === 1) return "interim";
  return "ex-post";
}

/** Whether incentives and the budget are asked for at every profile, where payments other than Groves' do not help. */
export function isGrovesAtProfiles({ agents }: ContinuousEnvironment, { ic, budget }: Question): boolean {
  return agents.length > 1 && (ic === "ex-post" || ic === "dominant") && budget === "ex-post";
}

/** Why a question is another method's, or nobody's; undefined where this one answers it. */
export function refusalOf(environment: ContinuousEnvironment, question: Question): string | undefined {
  const { agents, outcomes } = environment;
  const { ic, ir, budget, balance, objective, allocation, parameters = {} } = question;
  const more = Object.keys(parameters);
  if (more.length > 0)
    return `${more.join(", ")}: further requirements on payments and incentives are not covered for continuous types`;
  if (allocation === "given")
    return "allocation given: a rule of one's own is not covered for continuous types";
  if (allocation === "free") return "allocation free: this method is for efficient allocations";
  if (objective === "max-surplus" && ir === "none" && (budget === "none" || balance === "no-deficit"))
    return "ir none: any amount may be charged, so that the largest surplus is not bounded";
  if (budget === "ex-post") {
    if (ic === "bayesian" && ir === "ex-post" && agents.length > 1)
      return "ir ex-post with budget ex-post: this method is for requirements in expectation, or incentives at every profile";
    if (ic === "none" && (ir === "ex-post" || agents.length === 1))
      return "ic none: without incentives this method needs participation or the budget in expectation";
    if (
      isGrovesAtProfiles(environment, question) &&
      objective !== "min-subsidy" &&
      objective !== "feasibility"
    )
      return `ic ${ic} with budget ex-post: the objective ${objective} is not covered for continuous types; min-subsidy and feasibility are`;
  }
  if (participationOf(environment, question) !== "ex-post") return undefined;
  if (agents.length !== 2 || !outcomes)
    return `ic ${ic} with ir ex-post: covered for two agents and finitely many outcomes, not for ${
      outcomes ? `${agents.length} agents` : "a continuum of outcomes"
    }`;
  const curved = agents.find(({ outsideOption }) => outsideOption.pieces.some(({ degree }) => degree > 1));
  if (curved)
    return `ic ${ic} with ir ex-post: covered for outside options that are affine by pieces, not for that of ${curved.name}`;
  return undefined;
}
