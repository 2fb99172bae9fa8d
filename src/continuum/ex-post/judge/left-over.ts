import type { Rational } from "../../../number/rational.js";
import { ContinuumRefuted } from "../../method.js";
import type { Route } from "../certificate.js";
import { blockOfCells, placedBlocks } from "./blocks.js";
import { type EnclosedEnvironment, floored } from "./enclosed-environment.js";
import type { ProductTable } from "./product-table.js";
import type { Load } from "./room.js";
import type { ShareTables } from "./upper-bound.js";

/** What shares leave over, at products of nodes. */
export function leftOver(shares: ShareTables): ProductTable {
  const { denominator } = shares[0];
  return {
    ...shares[0],
    values: shares[0].values.map((_, v) =>
      shares.reduce((left, { values }) => left - values[v], denominator),
    ),
  };
}

/**
 * What routes move that bring agents what shares miss out of what shares leave over: agent i gets
 * `r_i(t_i) 1{B}(t_j)/P(B)`, with B the target of its type's block, which has mean `r_i` given its type. `missed[i]` encloses
 * `r_i` from above, which must not be negative. What is left over is the part after the agents' shares.
 */
export function leftOverLoads(
  { agents, scale }: Pick<EnclosedEnvironment, "agents" | "scale">,
  routes: readonly Route[],
  missed: readonly (readonly Rational[])[],
): Load[] {
  const reached = new Set(routes.map(({ agents: [i] }) => i));
  if (reached.size !== routes.length || reached.size !== agents.length)
    throw new ContinuumRefuted("Routes do not bring every agent once what shares miss.");
  return routes.map((route) => {
    const [i, j] = route.agents;
    if (!(i in agents) || !(j in agents) || i === j)
      throw new ContinuumRefuted(`There is no route between agents ${i} and ${j}.`);
    const blocks = placedBlocks(route.blocks[0], agents[i], agents[j]);
    const blockOf = blockOfCells(blocks, agents[i]);
    const targets = blocks.map(({ target }) => new Set(target));
    const loads = missed[i].map((r, k) => {
      const { numerator, denominator } = r.divide(blocks[blockOf[k]].probability);
      return -floored(-numerator * scale, denominator);
    });
    return {
      agents: [i, j],
      takenFrom: [agents.length],
      moved: (k, l) => (targets[blockOf[k]].has(l) ? loads[k] : 0n),
    };
  });
}
