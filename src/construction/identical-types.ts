import type { Environment } from "../environment/environment.js";
import { notDefined } from "./preconditions.js";

/** Throws InputError unless all agents' types have the same probabilities, in the listed order. */
export function requireIdenticalTypes(construction: string, environment: Environment): void {
  const { agents, prior } = environment;
  requireEquallyManyTypes(construction, environment);
  const [first, ...others] = prior.marginals;
  others.forEach((marginal, k) => {
    for (let type = 0; type < marginal.length; type++) {
      if (marginal.at(type).equals(first.at(type))) continue;
      const found = `${agents[0].name} ${agents[0].types[type]} has probability ${first.at(type)}, ${agents[k + 1].name} ${agents[k + 1].types[type]} has ${marginal.at(type)}`;
      throw notDefined(construction, "identically distributed types", found);
    }
  });
}

/** Throws InputError unless all agents have equally many types. */
export function requireEquallyManyTypes(construction: string, { agents }: Environment): void {
  const different = agents.find(({ types }) => types.length !== agents[0].types.length);
  if (!different) return;
  const found = `${agents[0].name} has ${agents[0].types.length} and ${different.name} has ${different.types.length}`;
  throw notDefined(construction, "the same list of types for every agent", found);
}

/** Throws InputError when a type has probability zero. */
export function requirePositiveProbabilities(construction: string, environment: Environment): void {
  environment.prior.marginals.forEach((marginal, agent) => {
    for (let type = 0; type < marginal.length; type++) {
      if (marginal.numeratorAt(type) > 0n) continue;
      const found = `${environment.agents[agent].name} ${environment.typeLabel(agent, type)} has probability 0`;
      throw notDefined(construction, "a positive probability of every type", found);
    }
  });
}
