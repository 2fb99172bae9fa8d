import { OrbitTable } from "../../environment/orbits/orbit-table.js";
import {
  efficientClasses,
  orderedRule,
  type SymmetricRule,
} from "../../environment/orbits/symmetric-rule.js";
import type { Problem } from "../../problem/problem.js";
import type { OrbitPriceMultipliers } from "../../proof/orbits/orbit-price-multipliers.js";
import type { Solver } from "../../solver/solver.js";
import { flowTask } from "../flow/flow-cut.js";
import { solveFlow } from "../flow/flow-solve.js";
import { losingOrbit, orbitMechanism, orbitMultipliers } from "../flow/orbit-answer.js";
import { orbitStates } from "../flow/orbit-states.js";
import type { Limits, Resolution } from "../resolution.js";
import { isBestAtOrbitTies } from "./best-at-orbit-ties.js";
import { prescribedRule } from "./symmetric-rules.js";

type Found = Pick<Resolution, "mechanism" | "multipliers" | "shortfall" | "solver"> &
  Partial<Pick<Resolution, "size">>;

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
 * Undefined where neither is best, or integers do not fit.
 */
export async function resolveExPost(
  problem: Problem,
  solver: Solver,
  limits: Limits,
): Promise<Found | undefined> {
  const table = OrbitTable.of(problem.environment);
  const prescribed = prescribedRule(problem, table);
  if (prescribed) return (await resolveRule(problem, table, prescribed, solver, limits))?.found;
  const choice = efficientClasses(table);
  for (const last of [false, true]) {
    const rule = orderedRule(choice, last);
    const { found, multipliers } = (await resolveRule(problem, table, rule, solver, limits)) ?? {};
    if (!found || !multipliers) return found;
    if (isBestAtOrbitTies(problem.question, table, rule, multipliers)) return found;
  }
  return undefined;
}

async function resolveRule(
  problem: Problem,
  table: OrbitTable,
  rule: SymmetricRule,
  solver: Solver,
  limits: Limits,
): Promise<{ found: Found; multipliers?: OrbitPriceMultipliers } | undefined> {
  const states = orbitStates(table, rule);
  if (!states) return undefined;
  const losing = flowTask(problem).money === "none" ? states.gain.findIndex((gain) => gain < 0) : -1;
  if (losing >= 0) {
    const multipliers = losingOrbit(table, states, losing);
    return { found: { multipliers }, multipliers };
  }
  const {
    flow,
    scale,
    prices,
    purpose,
    task,
    shortfall,
    size,
    solver: report,
  } = await solveFlow(problem, states, solver, limits);
  const multipliers = prices && orbitMultipliers(table, purpose, prices);
  const mechanism = flow && orbitMechanism(table, rule, states, task, flow, scale!);
  return { found: { mechanism, multipliers, shortfall, size, solver: report }, multipliers };
}
