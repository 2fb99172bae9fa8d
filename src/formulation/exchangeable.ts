import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import { exchangeability, swapped } from "../space/exchangeability.js";
import { orbitCount } from "../space/orbits.js";
import { Space } from "../space/space.js";
import { interimPayments } from "../step/interim-payments.js";
import { OrbitProgram } from "./exchangeable/orbit-program.js";
import { masterSize } from "./flow/flow-cut.js";
import { flowAnswers, flowObstacle } from "./flow.js";
import type { Formulation } from "./formulation.js";
import { solveLinear } from "./program/solve-linear.js";
import type { Limits, Resolution } from "./resolution.js";
import { RuleDesigns } from "./rule-design.js";
import type { Size } from "./size.js";
import { candidateRules } from "./ties/rule-candidates.js";
import { RuleSearch, type SearchResult } from "./virtual/rule-search.js";

export const exchangeable: Formulation = {
  name: "exchangeable",
  theorem: "averaging over exchanges of agents",
  programs: true,
  obstacle,
  size: exchangeableSize,
  program: (problem) =>
    flowsOverOrbits(problem) || sumsOverOrbits(problem) ? undefined : new OrbitProgram(problem).program,
  resolve,
};

async function* resolve(problem: Problem, solver: Solver, limits: Limits): AsyncIterable<Resolution> {
  const started = performance.now();
  const base = { formulation: exchangeable.name, size: exchangeableSize(problem) };
  if (sumsOverOrbits(problem)) {
    const found = await interimAnswer(problem, solver, limits);
    if (found) {
      yield {
        ...base,
        ...found,
        timing: { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started },
      };
      return;
    }
  } else if (flowsOverOrbits(problem)) {
    const orbits = Space.of(problem.environment, true);
    for await (const found of flowAnswers(problem, orbits, solver, limits)) yield { ...base, ...found };
  }
  if (!paysInterim(problem) && problem.environment.profiles.count > MOST_PROFILES) return;
  yield* solveLinear(() => new OrbitProgram(problem), solver, limits);
}

/**
 * Where interim payments are all that matters (BN Prop. 2), what one agent may expect of a rule is a sum over orbits, and its best
 * payments are shortest paths (theory, section 4). A rule that is left to the design is searched for. Undefined where the search
 * has nothing to start from.
 */
async function interimAnswer(
  problem: Problem,
  solver: Solver,
  limits: Limits,
): Promise<SearchResult | undefined> {
  const designs = new RuleDesigns(problem, Space.of(problem.environment, true));
  const { allocation, ties } = problem.question;
  const isSettled = allocation === "given" || (allocation === "efficient" && ties !== "optimise");
  if (!isSettled) return new RuleSearch(designs, solver, limits).best();
  const design = designs.design(designs.expected(candidateRules(problem)[0]));
  return { mechanism: designs.mechanism(design), multipliers: design.multipliers };
}

/** Whether flows over orbits answer a question. */
export function flowsOverOrbits(problem: Problem): boolean {
  return problem.environment.hasPrivateValues && flowObstacle(problem) === undefined;
}

/** Whether what an agent may expect of a rule is all that matters, and a sum over orbits. */
function sumsOverOrbits(problem: Problem): boolean {
  return problem.environment.hasPrivateValues && paysInterim(problem);
}

function paysInterim(problem: Problem): boolean {
  return interimPayments.obstacle(problem) === undefined;
}

/** With fewer profiles to an orbit than this, summing up every profile is as fast as every orbit. */
const PROFILES_TO_SUM = 60;

/** With fewer, money flows as fast from every profile as from every orbit. */
const PROFILES_TO_FLOW = 4;

/** Whether looking at orbits is by far less work than looking at profiles. */
export function hasFewOrbits(problem: Problem): boolean {
  const { agentCount, profiles } = problem.environment;
  const least = flowsOverOrbits(problem) ? PROFILES_TO_FLOW : PROFILES_TO_SUM;
  if (profiles.count < least * orbitCount(agentCount, profiles.sizes[0])) return false;
  if (!sumsOverOrbits(problem) && !flowsOverOrbits(problem)) return false;
  return exchangeable.obstacle(problem) === undefined;
}

/** More profiles than this are not looked at one by one, nor are more orbits kept. */
const MOST_PROFILES = 1_000_000;

function obstacle(problem: Problem): string | undefined {
  const { environment, question } = problem;
  const { prior, profiles, agentCount } = environment;
  if (prior.kind !== "independent") return "the types are correlated";
  if (agentCount < 2) return "a single agent can be exchanged with nobody";
  if (question.ic === "dominant" && !environment.hasPrivateValues) {
    return "with interdependent values, dominant strategies tie true and reported profiles together";
  }
  const exchange = exchangeability(environment);
  if (!exchange) return "exchanging agents changes the environment";
  if (orbitCount(agentCount, profiles.sizes[0]) > MOST_PROFILES)
    return "there are too many multisets of types";
  const listed = !paysInterim(problem) && !flowsOverOrbits(problem);
  if (listed && profiles.count > MOST_PROFILES) return "payments at so many profiles cannot be listed";
  const byOrder =
    question.allocation === "efficient" && (question.ties === "first" || question.ties === "last");
  if (byOrder && !exchange.outcomesStay)
    return "ties are broken by the order of outcomes, which names agents";
  if (question.allocation === "given" && !ruleIsSymmetric(problem, exchange.swaps)) {
    return "exchanging agents changes the allocation rule";
  }
  return undefined;
}

function ruleIsSymmetric({ environment, allowed }: Problem, swaps: readonly Int32Array[]): boolean {
  const { count } = environment.profiles;
  if (count > MOST_PROFILES) return false;
  for (let s = 0; s < count; s++) {
    const here = new Map(allowed.fixed(s)!.map((entry) => [entry.outcome, entry.probability]));
    for (let i = 0; i < swaps.length; i++) {
      const there = allowed.fixed(swapped(environment, s, i))!;
      const same = there.every(({ outcome, probability }) =>
        here.get(swaps[i][outcome])?.equals(probability),
      );
      if (!same || there.length !== here.size) return false;
    }
  }
  return true;
}

/** Of paths, of a master problem, or of the program. Where a rule is searched for, paths are what the search starts with. */
function exchangeableSize(problem: Problem): Size {
  const { environment, question } = problem;
  const { agentCount, profiles } = environment;
  const types = profiles.sizes[0];
  if (flowsOverOrbits(problem)) return masterSize(problem, [types]);
  const bayesian = question.ic === "bayesian" || question.ic === "none";
  if (paysInterim(problem)) {
    const pairs = question.ic === "none" ? 0 : types * (types - 1);
    const size = { rows: pairs + types + 1, columns: types + 1, nonzeros: 2 * pairs + 2 * types };
    const isOpen =
      question.allocation === "free" || (question.allocation === "efficient" && question.ties === "optimise");
    return isOpen ? { ...size, known: "at first" } : size;
  }
  const all = orbitCount(agentCount, types);
  const own = types * orbitCount(agentCount - 1, types);
  const rows = all + (question.ir === "ex-post" ? own : types) + (bayesian ? types ** 2 : own * (types - 1));
  return { rows, columns: all + own + types, nonzeros: 3 * rows, known: "about" };
}
