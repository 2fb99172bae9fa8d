import type { KnownRule } from "../engine/known-rule.js";
import { countText } from "../number/count-text.js";
import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import { flowTask, masterSize } from "./flow/flow-cut.js";
import { solveFlow } from "./flow/flow-solve.js";
import { losingProfile, profileMechanism, profileMultipliers } from "./flow/profile-answer.js";
import { profileStates } from "./flow/profile-states.js";
import type { Formulation } from "./formulation.js";
import type { Limits, Resolution } from "./resolution.js";
import type { Size } from "./size.js";
import { candidateRules } from "./ties/rule-candidates.js";

/**
 * A master problem in interim payments with cuts from maximum flows (theory, section 6), for any number of agents: independent
 * types, Bayesian IC or none, ex post IR and an ex post budget, and a rule. Ex post payments with given interim values exist
 * exactly when no set of types asks for more than its states offer, or, where money may not be left over, takes less
 * (Hoffman 1960, Gale 1957): money flows from states to the types in them, however many these are. Where ties are left
 * to the design, the first and the last efficient outcome are tried.
 */
export const flow: Formulation = {
  name: "flow",
  theorem: "Hoffman 1960, Gale 1957",
  obstacle,
  size,
  resolve,
};

/** More states than this take more memory than they should. */
const MOST_STATES = 10_000_000;

function obstacle({ environment, question }: Problem): string | undefined {
  const { prior, agentCount, profiles } = environment;
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
  if (profiles.count > MOST_STATES) return `${countText(profiles.count)} profiles are too many`;
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
  for (const rule of candidateRules(problem)) yield await resolveRule(problem, rule, solver, limits);
}

/** The best answer of one rule, or why there is none. */
async function resolveRule(
  problem: Problem,
  rule: KnownRule,
  solver: Solver,
  limits: Limits,
): Promise<Resolution> {
  const started = performance.now();
  const { environment } = problem;
  const states = profileStates(environment, rule);
  const base = { formulation: flow.name, size: size(problem) };
  const timing = { formulateMs: performance.now() - started, solveMs: 0, exactMs: 0 };
  if (!states) return { ...base, shortfall: "the numbers do not fit machine integers", timing };
  const losing = flowTask(problem).money === "none" ? states.gain.findIndex((gain) => gain < 0) : -1;
  if (losing >= 0) return { ...base, multipliers: losingProfile(environment, losing), timing };
  const found = await solveFlow(problem, states, solver, limits);
  const { prices, purpose, task, flow: given, scale, shortfall, solver: report } = found;
  const solved = performance.now();
  return {
    ...base,
    size: found.size,
    mechanism: given && profileMechanism(problem, rule, states, task, given, scale!),
    multipliers: prices && profileMultipliers(states, purpose, prices),
    shortfall,
    solver: report,
    timing: { ...timing, solveMs: found.solveMs, exactMs: found.exactMs + performance.now() - solved },
  };
}
