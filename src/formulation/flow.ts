import { countText } from "../number/count-text.js";
import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import type { Rule } from "../space/rule.js";
import { Space } from "../space/space.js";
import { flowMechanism, flowMultipliers, losingCell } from "./flow/flow-answer.js";
import { flowTask, masterSize } from "./flow/flow-cut.js";
import { solveFlow } from "./flow/flow-solve.js";
import { networkOfRule } from "./flow/network-of-rule.js";
import type { Formulation } from "./formulation.js";
import type { Limits, Resolution } from "./resolution.js";
import type { Size } from "./size.js";
import { candidateRules } from "./ties/rule-candidates.js";

/**
 * A master problem in interim payments with cuts from maximum flows (theory, section 6), for any number of agents: independent
 * types, Bayesian IC or none, ex post IR and an ex post budget, and a rule. Ex post payments with given interim values exist
 * exactly when no set of types asks for more than its cells offer, or, where money may not be left over, takes less
 * (Hoffman 1960, Gale 1957): money flows from cells to the types in them, however many these are. Where ties are left
 * to the design, the first and the last efficient outcome are tried.
 */
export const flow: Formulation = {
  name: "flow",
  theorem: "Hoffman 1960, Gale 1957",
  obstacle,
  size,
  resolve,
};

/** More profiles than this take more memory than they should. */
const MOST_PROFILES = 10_000_000;

function obstacle(problem: Problem): string | undefined {
  const { count } = problem.environment.profiles;
  const found = flowObstacle(problem);
  return found ?? (count > MOST_PROFILES ? `${countText(count)} profiles are too many` : undefined);
}

/** Why flows do not apply, from profiles or from orbits. */
export function flowObstacle({ environment, question }: Problem): string | undefined {
  const { prior, agentCount } = environment;
  if (agentCount < 2) return "it takes two agents";
  if (prior.kind !== "independent") return "the types are correlated";
  if (question.ic !== "none" && question.ic !== "bayesian") {
    return "incentives are asked at every profile, not in expectation";
  }
  if (question.ir !== "ex-post") return "participation is not asked at every profile";
  if (question.budget !== "ex-post") return "the budget is not asked at every profile";
  if (question.allocation === "free" && environment.outcomes.length > 1) {
    return "the allocation is left to the design";
  }
  for (const marginal of prior.marginals) {
    for (let type = 0; type < marginal.length; type++) {
      if (marginal.numeratorAt(type) === 0n) return "a type has probability zero";
    }
  }
  return undefined;
}

/** Of the master problem with its first cuts; incentives between neighbours are bounds of its columns. */
function size(problem: Problem): Size {
  return masterSize(problem, problem.environment.profiles.sizes);
}

async function* resolve(problem: Problem, solver: Solver, limits: Limits): AsyncIterable<Resolution> {
  const base = { formulation: flow.name, size: size(problem) };
  for await (const found of flowAnswers(problem, Space.of(problem.environment), solver, limits))
    yield { ...base, ...found };
}

/** The best answer of one rule after the other, or why there is none; by flows from profiles, or from orbits. */
export async function* flowAnswers(
  problem: Problem,
  space: Space,
  solver: Solver,
  limits: Limits,
): AsyncIterable<FlowAnswer> {
  for (const rule of candidateRules(problem)) yield await flowAnswer(problem, space, rule, solver, limits);
}

type FlowAnswer = Omit<Resolution, "formulation" | "size"> & { readonly size?: Size };

async function flowAnswer(
  problem: Problem,
  space: Space,
  rule: Rule,
  solver: Solver,
  limits: Limits,
): Promise<FlowAnswer> {
  const started = performance.now();
  const network = networkOfRule(problem, space, rule);
  const timing = { formulateMs: performance.now() - started, solveMs: 0, exactMs: 0 };
  if (!network) return { shortfall: "the numbers do not fit machine integers", timing };
  const losing = flowTask(problem).money === "none" ? network.gain.findIndex((gain) => gain < 0) : -1;
  if (losing >= 0) return { multipliers: losingCell(network, space, losing), timing };
  const found = await solveFlow(problem, network, solver, limits);
  const { prices, purpose, task, flow: given, scale, shortfall, solver: report } = found;
  const solved = performance.now();
  return {
    ...(found.size && { size: found.size }),
    mechanism: given && flowMechanism(problem, space, rule, network, task, given, scale!),
    multipliers: prices && flowMultipliers(network, space, purpose, prices),
    shortfall,
    solver: report,
    timing: {
      ...timing,
      solveMs: found.solveMs ?? 0,
      exactMs: (found.exactMs ?? 0) + performance.now() - solved,
    },
  };
}
