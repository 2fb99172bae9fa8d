import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Problem } from "../question/problem.js";
import { direct } from "./direct.js";
import { exchangeable, hasFewOrbits } from "./exchangeable.js";
import { flow } from "./flow.js";
import { type Formulation, obstacleTo } from "./formulation.js";
import { interim } from "./interim.js";
import { lazy } from "./lazy.js";
import { paths } from "./paths.js";
import { type Size, sizeOf } from "./size.js";
import { states } from "./states.js";
import { virtual } from "./virtual.js";

/** Every formulation, the one to be preferred first. */
export const formulations: readonly Formulation[] = [
  paths,
  states,
  flow,
  exchangeable,
  virtual,
  interim,
  lazy,
  direct,
];

/** One line of a plan: a formulation, and why it does or does not serve. */
export interface PlanEntry {
  readonly formulation: Formulation;
  /** Why it does not apply. */
  readonly obstacle: string | undefined;
  /** Absent where it does not apply. */
  readonly size: Size | undefined;
}

/** Every formulation, with many profiles to an orbit the one that looks at orbits first. */
function ordered(problem: Problem): readonly Formulation[] {
  if (!hasFewOrbits(problem)) return formulations;
  return [exchangeable, ...formulations.filter((formulation) => formulation !== exchangeable)];
}

/** Every formulation with what it would mean for the problem, in the order of preference. */
export function planOf(problem: Problem): PlanEntry[] {
  return ordered(problem).map((formulation) => {
    const obstacle = obstacleTo(formulation, problem);
    return {
      formulation,
      obstacle,
      size: obstacle === undefined ? plannedSize(formulation, problem) : undefined,
    };
  });
}

/** Programs with fewer coefficients than this are built in a moment. */
const MOST_TO_BUILD = 200_000;

/** What will be solved: the program's own size where it is built in a moment. */
function plannedSize(formulation: Formulation, problem: Problem): Size {
  const size = formulation.size(problem);
  const program = size.nonzeros <= MOST_TO_BUILD ? formulation.program?.(problem) : undefined;
  if (!program) return size;
  return size.known === "at first" ? { ...sizeOf(program), known: size.known } : sizeOf(program);
}

/**
 * The formulations to solve a problem with, one after the other until an answer is proven: the named one alone, else all
 * that apply. Throws InputError when the named one does not exist or does not apply.
 */
export function plansFor(problem: Problem, name?: string): Formulation[] {
  const applying = ordered(problem).filter((candidate) => obstacleTo(candidate, problem) === undefined);
  if (name === undefined) return applying;
  const named = formulations.find((candidate) => candidate.name === name);
  const accepted = applying.map((candidate) => candidate.name);
  if (!named) throw unknownName("--formulation", "formulation", name, accepted);
  const obstacle = obstacleTo(named, problem);
  if (obstacle) {
    const found = `${name} does not apply: ${obstacle}`;
    throw new InputError("--formulation", found, `one of ${accepted.join(", ")}`);
  }
  return [named];
}
