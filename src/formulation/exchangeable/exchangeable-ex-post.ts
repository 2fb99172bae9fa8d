import { OrbitTable } from "../../engine/orbits/orbit-table.js";
import { orderedRule, type SymmetricRule } from "../../engine/orbits/symmetric-rule.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import { flowTask } from "../flow/flow-cut.js";
import { solveFlow } from "../flow/flow-solve.js";
import { losingOrbit, orbitMechanism, orbitMultipliers } from "../flow/orbit-answer.js";
import { orbitStates } from "../flow/orbit-states.js";
import type { Limits } from "../resolution.js";
import type { SearchResult } from "./rule-search.js";
import { prescribedRule } from "./symmetric-rules.js";

/** Whether flows over multisets of types answer a question of exchangeable agents. */
export function flowsOverOrbits({ environment, question }: Problem): boolean {
  const { ic, ir, budget, allocation } = question;
  if ((ic !== "bayesian" && ic !== "none") || ir !== "ex-post" || budget !== "ex-post") return false;
  if (!environment.hasPrivateValues || (allocation === "free" && environment.outcomes.length > 1))
    return false;
  const [marginal] = environment.prior.marginals;
  for (let type = 0; type < marginal.length; type++) if (marginal.numeratorAt(type) === 0n) return false;
  return true;
}

/**
 * Exchangeable agents who take part at every profile, with a rule: money flows from multisets of types to the types in them
 * (theory, sections 6 and 7). Where ties are left to the design, the first and the last class of efficient outcomes are tried.
 */
export async function* resolveExPost(
  problem: Problem,
  solver: Solver,
  limits: Limits,
): AsyncIterable<SearchResult> {
  const table = OrbitTable.of(problem.environment);
  const prescribed = prescribedRule(problem, table);
  const rules = prescribed ? [prescribed] : [orderedRule(table, "first"), orderedRule(table, "last")];
  for (const rule of rules) {
    yield await resolveRule(problem, table, rule, solver, limits);
  }
}

async function resolveRule(
  problem: Problem,
  table: OrbitTable,
  rule: SymmetricRule,
  solver: Solver,
  limits: Limits,
): Promise<SearchResult> {
  const states = orbitStates(table, rule);
  if (!states) return { shortfall: "the numbers do not fit machine integers" };
  const losing = flowTask(problem).money === "none" ? states.gain.findIndex((gain) => gain < 0) : -1;
  if (losing >= 0) return { multipliers: losingOrbit(states, losing) };
  const found = await solveFlow(problem, states, solver, limits);
  const { flow, scale, prices, purpose, task, shortfall, size, solver: report } = found;
  return {
    mechanism: flow && orbitMechanism(problem, rule, states, task, flow, scale!),
    multipliers: prices && orbitMultipliers(purpose, prices),
    shortfall,
    size,
    solver: report,
  };
}
