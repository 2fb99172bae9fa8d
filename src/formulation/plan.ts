import { InputError } from "../environment/input-error.js";
import type { Problem } from "../problem/problem.js";
import { direct } from "./direct.js";
import type { Formulation } from "./formulation.js";

/** Every formulation, the one to be preferred first. */
export const formulations: readonly Formulation[] = [direct];

/**
 * The formulation to solve a problem with: the named one, else the first that applies.
 * Throws InputError when the named one does not exist or does not apply.
 */
export function planFor(problem: Problem, name?: string): Formulation {
  if (name === undefined)
    return formulations.find((candidate) => candidate.obstacle(problem) === undefined) ?? direct;
  const named = formulations.find((candidate) => candidate.name === name);
  const accepted = formulations
    .filter((candidate) => candidate.obstacle(problem) === undefined)
    .map((candidate) => candidate.name)
    .join(", ");
  if (!named)
    throw new InputError("--formulation", `the unknown formulation "${name}"`, `one of ${accepted}`);
  const obstacle = named.obstacle(problem);
  if (obstacle)
    throw new InputError("--formulation", `${name} does not apply: ${obstacle}`, `one of ${accepted}`);
  return named;
}
