import * as z from "zod";
import { MOST_AGENTS } from "../src/environment/size-limits.js";
import { InputError } from "../src/fault/input-error.js";
import type { Rational } from "../src/number/rational.js";
import { integerSchema } from "../src/number/rational-schema.js";
import { type Grid, gridAt, gridSchema } from "./grid.js";

/** Parameters of families for any number of agents: how many with the same grid, or a grid for each. */
export const agentGrids = {
  agents: integerSchema(1, MOST_AGENTS).optional().describe("Number of agents, who all have the same grid."),
  grid: gridSchema
    .optional()
    .describe(
      "The types of every agent, as {points, placement, distribution, from, to} or {values, weights}.",
    ),
  grids: z
    .array(gridSchema)
    .min(1)
    .max(MOST_AGENTS)
    .optional()
    .describe("Instead of agents and grid: one grid for each agent."),
};

interface AgentGrids {
  readonly agents?: number;
  readonly grid?: z.output<typeof gridSchema>;
  readonly grids?: readonly z.output<typeof gridSchema>[];
}

/**
 * One grid for each agent. Throws InputError unless either `grids` or both `agents` and `grid` are given, for at least
 * `fewest` agents.
 */
export function gridsOfAgents({ agents, grid, grids }: AgentGrids, fewest = 1): Grid[] {
  const count = grids?.length ?? agents;
  if (count !== undefined && count < fewest) {
    throw new InputError(grids ? "grids" : "agents", `${count} agent`, `at least ${fewest}`);
  }
  if (grids) {
    if (agents !== undefined || grid)
      throw new InputError("grids", "grids beside agents or grid", "one or the other");
    return checkedProfiles(grids.map((one, i) => gridAt(`grids[${i}]`, one)));
  }
  if (agents === undefined)
    throw new InputError("agents", "nothing (the field is missing)", "agents and grid, or grids");
  if (!grid) throw new InputError("grid", "nothing (the field is missing)", "the grid of every agent");
  const same = gridAt("grid", grid);
  return checkedProfiles(Array.from({ length: agents }, () => same));
}

/** Throws InputError where there are more profiles than numbers, before any table is made of them. */
function checkedProfiles(grids: Grid[]): Grid[] {
  const profiles = grids.reduce((product, { values }) => product * values.length, 1);
  if (profiles <= 2 ** 53) return grids;
  throw new InputError(
    "",
    `${profiles.toPrecision(3)} profiles`,
    "at most 2^53 of them, so that each has a number",
  );
}

/**
 * The same where types are at least 0: `why` says what makes no sense otherwise. Throws InputError, at the grid's path, when some
 * type of a grid is negative; the grids' distributions do where the interval that the grid stands for begins below 0.
 */
export function nonNegativeGrids(parameters: AgentGrids, why: string): Grid[] {
  return gridsOfAgents(parameters).map((grid, i) => {
    const path = parameters.grids ? `grids[${i}]` : "grid";
    const check = (where: string, lowest: Rational) => {
      if (lowest.sign < 0) throw new InputError(where, `the negative type ${lowest}`, `types >= 0: ${why}`);
    };
    check(path, grid.values[0]);
    return {
      ...grid,
      distribution: () => {
        const found = grid.distribution();
        check(`${path}.from`, found.density.from);
        return found;
      },
    };
  });
}

/** `agent 1`, `agent 2`, … */
export function numbered(noun: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${noun} ${i + 1}`);
}
