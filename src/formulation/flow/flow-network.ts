import type { InterimValues } from "../interim-values.js";

/**
 * A rule's cells as a network through which money flows (theory, section 6). With gains `g_i = w_i - t_i >= 0`, where
 * `w_i = v_i - u_i`, a cell's budget is `sum_i g_i = G + z` with `G = sum_i w_i - r`: the cell offers money to the types that
 * are in it, and each type is to have its interim gain from all of its cells together. A cell is a profile, or
 * an orbit of profiles where agents are alike. Integers in doubles throughout.
 */
export interface FlowNetwork {
  readonly cellCount: number;
  /** Types, the nodes of the network: those of each group in turn. */
  readonly nodeCount: number;
  readonly groups: readonly FlowGroup[];
  /** The types in cell `s` are `slotNode[k]` for `slotStart[s] <= k < slotStart[s + 1]`, each once. */
  readonly slotStart: Int32Array;
  readonly slotNode: Int32Array;
  /** By slot: how many agents of the type are in the cell. */
  readonly slotAgents: Uint8Array;
  /** By slot: what these agents together get from the rule beyond their outside options, over `denominator`. */
  readonly worth: Float64Array;
  /** By cell: `G`, over `denominator`. */
  readonly gain: Float64Array;
  readonly denominator: number;
  /** By cell: its probability, over `whole`. */
  readonly mass: Float64Array;
  readonly whole: number;
  /** By cell: the probability of each of its profiles, over `whole`. */
  readonly profileMass: Float64Array;
}

/** The types of one agent, or of any one of exchangeable agents. */
export interface FlowGroup {
  /** The node of its first type. */
  readonly first: number;
  readonly size: number;
  /** How many agents it stands for. */
  readonly agents: number;
  /** `p(type) = weight[type] / weightTotal`; none is zero. */
  readonly weight: Float64Array;
  readonly weightTotal: number;
  /** What reports are worth to one of the agents in expectation. */
  readonly values: InterimValues;
}

/** The slots once more as arcs, numbered node by node: what is looked at together lies together. */
export interface ArcsByNode {
  /** The arcs of node `t` are `start[t] <= arc < start[t + 1]`, in the order of cells. */
  readonly start: Int32Array;
  /** By arc: its cell. */
  readonly cell: Int32Array;
  /** By slot: its arc. */
  readonly ofSlot: Int32Array;
}

export function arcsByNode({ cellCount, nodeCount, slotStart, slotNode }: FlowNetwork): ArcsByNode {
  const start = new Int32Array(nodeCount + 1);
  for (let k = 0; k < slotNode.length; k++) start[slotNode[k] + 1]++;
  for (let t = 0; t < nodeCount; t++) start[t + 1] += start[t];
  const next = start.slice();
  const cell = new Int32Array(slotNode.length);
  const ofSlot = new Int32Array(slotNode.length);
  for (let s = 0; s < cellCount; s++) {
    for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
      const arc = next[slotNode[k]]++;
      cell[arc] = s;
      ofSlot[k] = arc;
    }
  }
  return { start, cell, ofSlot };
}

/** Which group a node belongs to, by node. */
export function groupOfNodes({ nodeCount, groups }: FlowNetwork): Int32Array {
  const of = new Int32Array(nodeCount);
  groups.forEach(({ first, size }, group) => {
    of.fill(group, first, first + size);
  });
  return of;
}
