import { interimOutcomes } from "../environment/interim-outcomes.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import { nonzeroCount } from "../lp/linear-program.js";
import type { Problem } from "../problem/problem.js";
import type { Solver } from "../solver/solver.js";
import { isBestAtTiesExPost } from "./best-at-ties-ex-post.js";
import { flowMechanism, flowMultipliers, losingState } from "./flow-answer.js";
import { flowTask } from "./flow-cut.js";
import { FlowMaster } from "./flow-master.js";
import { exactAmounts, floatAmounts, violatedCuts } from "./flow-separation.js";
import type { Formulation } from "./formulation.js";
import { InterimValues } from "./interim-values.js";
import type { Limits, Resolution } from "./resolution.js";
import { candidateRules } from "./rule-candidates.js";
import type { Size } from "./size.js";
import { type StateGains, stateGains } from "./state-gains.js";

/**
 * A master problem in interim payments with cuts from maximum flows (theory, section 6): two agents, independent types,
 * Bayesian IC or none, ex post IR and an ex post budget, and a rule. Ex post payments with given interim values exist
 * exactly when no set of types asks for more than its states offer, or, where money may not be left over, takes less
 * (Hoffman 1960, Gale 1957). Where ties are left to the design, the first and the last efficient outcome are tried.
 */
export const flow: Formulation = {
  name: "flow",
  theorem: "Hoffman 1960, Gale 1957",
  obstacle,
  size,
  resolve: async (problem, solver, limits) => {
    let resolution: Resolution | undefined;
    for (const rule of candidateRules(problem)) {
      resolution = await resolveRule(problem, rule, solver, limits);
      const { multipliers, shortfall } = resolution;
      if (shortfall !== undefined || !multipliers) return resolution;
      const settled = problem.question.ties !== "optimise" || problem.question.allocation !== "efficient";
      if (settled || isBestAtTiesExPost(problem, lotteriesOf(problem.environment, rule), multipliers)) {
        return resolution;
      }
    }
    return {
      ...resolution!,
      shortfall: "neither the first nor the last of tied outcomes is best everywhere",
    };
  },
};

function obstacle({ environment, question }: Problem): string | undefined {
  const { prior, agentCount } = environment;
  if (agentCount !== 2) return "it takes two agents";
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

/** Of the master problem with adjacent IC and the cuts of single types. */
function size({ environment }: Problem): Size {
  const types = environment.profiles.sizes[0] + environment.profiles.sizes[1];
  return { rows: 3 * types, columns: types + 1, nonzeros: 6 * types };
}

async function resolveRule(
  problem: Problem,
  rule: KnownRule,
  solver: Solver,
  limits: Limits,
): Promise<Resolution> {
  const started = performance.now();
  const gains = stateGains(problem.environment, rule);
  const base = { formulation: flow.name, size: size(problem) };
  const nothing = { formulateMs: performance.now() - started, solveMs: 0, exactMs: 0 };
  if (!gains) return { ...base, shortfall: "the numbers do not fit machine integers", timing: nothing };
  const task = flowTask(problem);
  const losing = task.money === "none" ? gains.gain.findIndex((gain) => gain < 0) : -1;
  if (losing >= 0) return { ...base, multipliers: losingState(gains, losing), timing: nothing };
  const outcomes = interimOutcomes(problem.environment, rule);
  const values = [0, 1].map((i) => InterimValues.of(problem.environment, i, rule, outcomes));
  const master = new FlowMaster(problem, gains, [values[0], values[1]], task, solver, limits);
  const formulated = performance.now();
  try {
    const found = await solveMaster(problem, rule, gains, master, limits);
    const { program } = master.growing;
    return {
      ...base,
      ...found.answer,
      size: { rows: program.rowCount, columns: program.columnCount, nonzeros: nonzeroCount(program) },
      solver: { ...master.growing.report, iterations: master.growing.iterations, exactPivots: found.pivots },
      timing: {
        formulateMs: formulated - started,
        solveMs: found.solvedAt - formulated,
        exactMs: performance.now() - found.solvedAt,
      },
    };
  } finally {
    master.growing.dispose();
  }
}

type Answer = Pick<Resolution, "mechanism" | "multipliers" | "shortfall">;

async function solveMaster(
  problem: Problem,
  rule: KnownRule,
  gains: StateGains,
  master: FlowMaster,
  limits: Limits,
) {
  const { task, growing } = master;
  const end = performance.now() + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  let pivots = 0;
  let solvedAt = performance.now();
  const gaveUp = (shortfall: string) => ({ answer: { shortfall } as Answer, pivots, solvedAt });
  for (;;) {
    if (performance.now() > end || limits.signal?.aborted) return gaveUp("the time is up");
    const proposal = await growing.propose();
    if (proposal.termination === "optimal" && proposal.primal) {
      const added = master.addGainfulReports(proposal.primal);
      const amounts = floatAmounts(gains, task, proposal.primal);
      if (added + master.addViolated(violatedCuts(gains, task, amounts).cuts, proposal.primal) > 0) continue;
    }
    solvedAt = performance.now();
    const outcome = growing.exactly();
    pivots += outcome.pivots;
    if (outcome.status === "gave-up") return gaveUp(outcome.reason);
    if (outcome.status === "unbounded") throw new Error("the master problem is bounded: this is a bug");
    if (outcome.status === "infeasible") {
      const multipliers = flowMultipliers(problem, gains, task, master.rows, outcome.farkas, "infeasibility");
      if (!multipliers) return gaveUp("the duals do not fit machine integers");
      return { answer: { multipliers } as Answer, pivots, solvedAt };
    }
    let added = master.addGainfulReportsExactly(outcome.primal);
    const amounts = exactAmounts(gains, task, outcome.primal);
    if (!amounts) return gaveUp("the flow does not fit machine integers");
    const { cuts, flow: states } = violatedCuts(gains, task, amounts);
    for (const cut of cuts) master.addCut(cut);
    added += cuts.length;
    if (added > 0) continue;
    const multipliers = flowMultipliers(problem, gains, task, master.rows, outcome.dual, "bound");
    if (!multipliers) return gaveUp("the duals do not fit machine integers");
    const mechanism = flowMechanism(problem.environment, rule, gains, task, states, amounts.scale);
    return { answer: { mechanism, multipliers } as Answer, pivots, solvedAt };
  }
}
