import type { ContinuousSurplus, ContinuousTypes } from "../environment/continuum.js";
import { parseRational } from "../number/rational-text.js";
import type { Ground } from "./construction.js";
import { notDefined } from "./preconditions.js";

/** What a formula for continuous types is evaluated with. All in doubles. */
export interface ContinuousGround {
  readonly agents: readonly ContinuousTypes[];
  readonly surplus: ContinuousSurplus;
  /** The grid's types as numbers, increasing, for each agent. */
  readonly points: readonly (readonly number[])[];
}

/**
 * Throws InputError where the instance has no continuous counterpart with a surplus, or where its types are not
 * labelled by increasing numbers.
 */
export function continuousGround(construction: string, { environment, continuum }: Ground): ContinuousGround {
  const name = `${construction} by its formula`;
  if (!continuum) throw notDefined(name, "a continuous counterpart", "this instance is a grid only");
  const { agents, surplus } = continuum;
  if (!surplus) {
    throw notDefined(name, "the surplus of continuous types", "this instance knows their distribution only");
  }
  const points = environment.agents.map((agent) =>
    agent.types.map((label, type) => {
      const number = parseRational(label)?.toNumber();
      if (number === undefined)
        throw notDefined(name, "types that are numbers", `${agent.name} has ${label}`);
      const before = type === 0 ? undefined : parseRational(agent.types[type - 1])?.toNumber();
      if (before !== undefined && before >= number) {
        const found = `${agent.name} has ${label} after ${agent.types[type - 1]}`;
        throw notDefined(name, "types in increasing order", found);
      }
      return number;
    }),
  );
  return { agents, surplus, points };
}

/** Throws InputError unless all agents' types come from one interval. */
export function requireCommonInterval(construction: string, { agents }: ContinuousGround): void {
  const other = agents.find(({ from, to }) => from !== agents[0].from || to !== agents[0].to);
  if (!other) return;
  const found = `this instance has [${agents[0].from}, ${agents[0].to}] and [${other.from}, ${other.to}]`;
  throw notDefined(construction, "the same interval of types for every agent", found);
}
