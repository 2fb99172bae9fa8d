import { arcsByNode, type FlowNetwork } from "../../src/formulation/flow/flow-network.js";
import type { RandomSource } from "./random-source.js";

/** Up to six types, and cells each of which has some of them; what is not about flows is left out. */
export function randomNetwork(random: RandomSource) {
  const nodeCount = random.integer(1, 6);
  const cells = Array.from({ length: random.integer(1, 12) }, () => {
    const types = Array.from({ length: nodeCount }, (_, t) => t).filter(() => random.integer(0, 2) === 0);
    return types.length > 0 ? types : [random.integer(0, nodeCount - 1)];
  });
  const network = {
    cellCount: cells.length,
    nodeCount,
    slotStart: Int32Array.from([0, ...cells.keys()], (_, s) => cells.slice(0, s).flat().length),
    slotNode: Int32Array.from(cells.flat()),
  } as FlowNetwork;
  return { cells, network, arcs: arcsByNode(network) };
}

/** All sets of types, by membership. */
export function allSets(nodeCount: number): Uint8Array[] {
  return Array.from({ length: 2 ** nodeCount }, (_, set) =>
    Uint8Array.from({ length: nodeCount }, (_member, t) => (set >> t) & 1),
  );
}

/** What the cells with all types in the set offer together. */
export function offeredWithin<Amount extends number | bigint>(
  cells: readonly (readonly number[])[],
  members: Uint8Array,
  offer: ArrayLike<Amount>,
): bigint {
  return cells.reduce(
    (sum, types, s) => (types.every((t) => members[t] === 1) ? sum + BigInt(offer[s]) : sum),
    0n,
  );
}

/** What the types in the set ask for. */
export function askedBy<Amount extends number | bigint>(
  members: Uint8Array,
  demand: ArrayLike<Amount>,
): bigint {
  return Array.from(demand).reduce<bigint>(
    (sum, amount, t) => (members[t] === 1 ? sum + BigInt(amount) : sum),
    0n,
  );
}

/** The least cut by looking at all: types on the source's side take what they ask for, all other types what their cells offer. */
export function leastCut<Amount extends number | bigint>(
  cells: readonly (readonly number[])[],
  offer: ArrayLike<Amount>,
  demand: ArrayLike<Amount>,
): bigint {
  const all = Array.from(offer).reduce<bigint>((sum, amount) => sum + BigInt(amount), 0n);
  const cuts = allSets(demand.length).map(
    (members) => askedBy(members, demand) + all - offeredWithin(cells, members, offer),
  );
  return cuts.reduce((least, cut) => (cut - least < 0n ? cut : least));
}
