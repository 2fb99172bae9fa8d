import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Question } from "../../question/question.js";
import { bindingEnd } from "./binding-end.js";

/** By what a question about free allocations is answered. */
export type FreeKind = "free-interim" | "free-ex-post" | "free-dominant";

/** Which kind of proof answers a question about an environment, or why none does. */
export function coverage(
  environment: ContinuousEnvironment,
  question: Question,
): { kind: FreeKind } | { refusal: string } {
  const refusal = plainRefusal(environment, question);
  if (refusal) return { refusal };
  const kind = kindOf(environment, question);
  if (kind === undefined) {
    return {
      refusal:
        "telling the truth is to be best at every profile: that is answered for continuous types with participation and budget at every profile (ir ex-post, budget ex-post), or with neither",
    };
  }
  const obstacle =
    kind === "free-interim"
      ? obstacleInExpectation(environment, question)
      : obstacleAtProfiles(environment, kind);
  return obstacle ? { refusal: obstacle } : { kind };
}

function plainRefusal({ outcomes }: ContinuousEnvironment, question: Question): string | undefined {
  const { parameters, allocation, ic } = question;
  if (allocation !== "free") return "the allocation is not free";
  if (!outcomes)
    return "there are infinitely many outcomes: with continuous types the allocation can be chosen among finitely many";
  if (parameters && Object.keys(parameters).length > 0)
    return `with continuous types ${Object.keys(parameters).join(", ")} cannot be asked besides`;
  if (ic === "none")
    return "with continuous types nothing is proved of mechanisms without incentive requirements (ic none)";
  return undefined;
}

function kindOf(environment: ContinuousEnvironment, { ic, ir, budget }: Question): FreeKind | undefined {
  const everywhere = ir === "ex-post" && budget === "ex-post";
  if (ic === "bayesian") return everywhere ? "free-ex-post" : "free-interim";
  if (everywhere) return "free-dominant";
  if (budget === "ex-post") return undefined;
  // Rules that are best by virtual values are implementable at every profile; participation is too where it binds at one end.
  const atEnds = environment.agents.every((_, i) => bindingEnd(environment, i) !== undefined);
  return ir !== "ex-post" || atEnds ? "free-interim" : undefined;
}

function obstacleInExpectation(
  { agents }: ContinuousEnvironment,
  { objective, ir, budget, balance }: Question,
): string | undefined {
  if (agents.length < 2 && budget === "ex-post")
    return "there is one agent: with continuous types a budget at every profile is answered for two agents and more";
  if (objective === "max-gains") return undefined;
  if (objective !== "max-surplus") {
    if (budget === "none") return "without a budget no outside money is asked for: its least amount is 0";
    return ir === "none"
      ? "without participation agents can be charged any amount: no outside money is needed"
      : undefined;
  }
  const limited = budget !== "none" && balance === "exact";
  if (ir === "none")
    return limited
      ? "payments cover the cost exactly: what is left of them is 0 whatever is chosen"
      : "without participation agents can be charged any amount: what is left of payments has no limit";
  return undefined;
}

function obstacleAtProfiles({ agents }: ContinuousEnvironment, kind: FreeKind): string | undefined {
  const where = "with continuous types, a free allocation, and participation and budget at every profile";
  if (agents.length !== 2) return `there are ${agents.length} agents: ${where}, two are covered`;
  const atom = agents.find(({ atoms }) => atoms.length > 0);
  if (atom) return `${atom.name} has types of positive probability: ${where}, densities are covered`;
  const gap = agents.find(({ density }) => density.pieces.some((piece) => piece.isZero));
  if (gap)
    return `${gap.name} has an interval of types of probability 0: ${where}, densities that are positive almost everywhere are covered`;
  const curved = agents.find(({ outsideOption }) => outsideOption.pieces.some((piece) => piece.degree > 1));
  if (curved && kind === "free-ex-post")
    return `the outside option of ${curved.name} is not piecewise affine in its type: ${where}, piecewise affine ones are covered`;
  return undefined;
}
