import { inExpectation } from "../question/in-expectation.js";
import type { Problem } from "../question/problem.js";
import type { Solver } from "../solver/solver.js";
import { exchangeability, swapped } from "../space/exchangeability.js";
import { orbitCount } from "../space/orbits.js";
import { paysInterim } from "./exchangeable/exchangeable-columns.js";
import { flowsOverOrbits, resolveExPost } from "./exchangeable/exchangeable-ex-post.js";
import { resolveInterim } from "./exchangeable/exchangeable-interim.js";
import { ExchangeableProgram } from "./exchangeable/exchangeable-program.js";
import type { SearchResult } from "./exchangeable/rule-search.js";
import { masterSize } from "./flow/flow-cut.js";
import type { Formulation } from "./formulation.js";
import { solveLinear } from "./program/solve-linear.js";
import type { Limits, Resolution } from "./resolution.js";
import type { Size } from "./size.js";

export const exchangeable: Formulation = {
  name: "exchangeable",
  theorem: "averaging over exchanges of agents",
  programs: true,
  obstacle,
  size: exchangeableSize,
  program: (problem) =>
    flowsOverOrbits(problem) || sumsOverOrbits(problem)
      ? undefined
      : new ExchangeableProgram(problem).program,
  resolve,
};

async function* resolve(problem: Problem, solver: Solver, limits: Limits): AsyncIterable<Resolution> {
  let started = performance.now();
  const carried = (found: SearchResult): Resolution => {
    const timing = { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started };
    started = performance.now();
    return { formulation: exchangeable.name, size: exchangeableSize(problem), ...found, timing };
  };
  if (sumsOverOrbits(problem)) {
    const found = await resolveInterim(problem, solver, limits);
    if (found) {
      yield carried(found);
      return;
    }
  } else if (flowsOverOrbits(problem)) {
    for await (const found of resolveExPost(problem, solver, limits)) yield carried(found);
  }
  if (!paysInterim(problem) && problem.environment.profiles.count > MOST_PROFILES) return;
  yield* solveLinear(() => new ExchangeableProgram(problem), solver, limits);
}

/** Whether what an agent may expect of a rule is all that matters, and a sum over orbits. */
function sumsOverOrbits(problem: Problem): boolean {
  return problem.environment.hasPrivateValues && paysInterim(inExpectation(problem));
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
  const listed = !paysInterim(problem) && !sumsOverOrbits(problem) && !flowsOverOrbits(problem);
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
  if (paysInterim(problem) || sumsOverOrbits(problem)) {
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
