import { Rational } from "../../../number/rational.js";
import { ContinuumRefuted } from "../../method.js";
import type { Block } from "../certificate.js";
import type { AgentCells } from "./agent-cells.js";

/** A block of types as fine cells, with its target. */
export interface PlacedBlock {
  readonly cells: readonly number[];
  readonly target: readonly number[];
  /** Of the target. */
  readonly probability: Rational;
}

export function placedBlocks(blocks: readonly Block[], own: AgentCells, other: AgentCells): PlacedBlock[] {
  return blocks.map(({ cells, target }) => {
    const reached = fineCells(target, other);
    return { cells: fineCells(cells, own), target: reached, probability: probabilityOf(reached, other) };
  });
}

/** The block of each fine cell: every one must be in exactly one. */
export function blockOfCells(blocks: readonly PlacedBlock[], { fineProbability }: AgentCells): number[] {
  const of = fineProbability.map(() => -1);
  blocks.forEach(({ cells }, b) => {
    for (const k of cells) {
      if (of[k] >= 0) throw new ContinuumRefuted("Blocks of a route overlap.");
      of[k] = b;
    }
  });
  if (of.includes(-1)) throw new ContinuumRefuted("Blocks of a route leave out some types.");
  return of;
}

export function fineCells([from, to]: readonly [number, number], { nodes, fine }: AgentCells): number[] {
  if (!(0 <= from && from < to && to < nodes.length))
    throw new ContinuumRefuted(`There are no cells from ${from} to before ${to}.`);
  return Array.from({ length: (to - from) * fine }, (_, k) => from * fine + k);
}

export function probabilityOf(cells: readonly number[], { fineProbability }: AgentCells): Rational {
  const probability = Rational.sum(cells.map((k) => fineProbability[k]));
  if (probability.sign <= 0) throw new ContinuumRefuted("A target of a route has probability 0.");
  return probability;
}
