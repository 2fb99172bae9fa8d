import type { Block, Route } from "./certificate.js";

/** Ranges of cells, from the first to before the second. */
type Range = readonly [number, number];

/**
 * Blocks and targets of a route between two agents, where there is most room. `room(a, b)` is what may be moved at cells `a` of the
 * first and `b` of the second, `probability` that of cells. Undefined where there is none.
 */
export function chosenRoute(
  agents: readonly [number, number],
  room: readonly (readonly number[])[],
  probability: readonly [readonly number[], readonly number[]],
): Route | undefined {
  const across = room[0].map((_, b) => room.map((row) => row[b]));
  const own = partitions(room, probability[1]);
  // Targets of the second agent's blocks must leave room for a hub somewhere.
  const other = [
    ...partitions(across, probability[0]).filter(({ blocks }) => blocks.length === 1),
    ...across.flatMap((hub) =>
      partitions(
        across.map((row) => row.map((at, a) => Math.min(at, hub[a]))),
        probability[0],
      ).filter(({ blocks }) => blocks.length > 1),
    ),
  ];
  let best: { cost: number; route: Route } | undefined;
  for (const first of own) {
    for (const second of other) {
      const blocks = [first.blocks, second.blocks] as const;
      // What a unit of `|r|` takes of the room, for each of the three parts of a route; later parts move corrections as well.
      let cost = 1 / first.quality + CORRECTED / second.quality;
      if (best && cost >= best.cost) continue;
      let hub: Range | undefined;
      if (second.blocks.length > 1) {
        const reached = second.blocks.flatMap(({ target: [from, to] }) => room.slice(from, to));
        const found = bestRange(leastOf(reached), probability[1]);
        const rarest = Math.min(...second.blocks.map(({ target }) => mass(probability[0], target)));
        cost += CORRECTED / (found.quality * rarest);
        hub = found.range;
      }
      if (cost < (best?.cost ?? Infinity)) best = { cost, route: { agents, blocks, ...(hub && { hub }) } };
    }
  }
  return best?.route;
}

/** Blocks of the first agent alone, with targets where there is most room; `quality` tells how much. */
export function chosenBlocks(
  room: readonly (readonly number[])[],
  probability: readonly number[],
): Partition | undefined {
  return partitions(room, probability).reduce<Partition | undefined>(
    (best, partition) => (best && best.quality >= partition.quality ? best : partition),
    undefined,
  );
}

/** A guess of what corrections add. */
const CORRECTED = 3;

export interface Partition {
  readonly blocks: readonly Block[];
  /** What each unit of `|r|` finds of room, at worst. */
  readonly quality: number;
}

/** All types in one block, or two blocks parted at any cell, each with its best target. */
function partitions(room: readonly (readonly number[])[], probability: readonly number[]): Partition[] {
  const cells = room.length;
  const block = (from: number, to: number) => {
    const { range, quality } = bestRange(leastOf(room.slice(from, to)), probability);
    return { block: { cells: [from, to] as const, target: range }, quality };
  };
  return Array.from({ length: cells }, (_, threshold) => {
    const parts = threshold === 0 ? [block(0, cells)] : [block(0, threshold), block(threshold, cells)];
    return {
      blocks: parts.map(({ block }) => block),
      quality: Math.min(...parts.map(({ quality }) => quality)),
    };
  }).filter(({ quality }) => quality > 0);
}

/** The range with most of probability times least room. */
function bestRange(
  room: readonly number[],
  probability: readonly number[],
): { range: Range; quality: number } {
  let best: { range: Range; quality: number } = { range: [0, 0], quality: 0 };
  for (let from = 0; from < room.length; from++) {
    let [least, whole] = [Infinity, 0];
    for (let to = from + 1; to <= room.length && room[to - 1] > 0; to++) {
      least = Math.min(least, room[to - 1]);
      whole += probability[to - 1];
      if (least * whole > best.quality) best = { range: [from, to], quality: least * whole };
    }
  }
  return best;
}

function leastOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, k) => rows.reduce((least, row) => Math.min(least, row[k]), Infinity));
}

function mass(probability: readonly number[], [from, to]: Range): number {
  return probability.slice(from, to).reduce((sum, p) => sum + p, 0);
}
