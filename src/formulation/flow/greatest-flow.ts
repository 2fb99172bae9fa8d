import type { ArcsByNode, FlowNetwork } from "./flow-network.js";

/** What a greatest flow comes to. */
export interface FlowFound {
  /** What a cell gives to a type, by slot. */
  givenTo(slot: number): number | bigint;
  /** By type: what it still lacks. */
  readonly lacking: ArrayLike<number | bigint>;
  /** Whether some type lacks anything. */
  readonly isDemandLeft: boolean;
}

/** A greatest flow, whatever its amounts are kept in. */
export interface Flow<Amounts> extends FlowFound {
  /** Offers more at every cell and goes on: no cell then gives less in all than it did. */
  raise(offer: Amounts): void;
  /** Whether some cell could give more. */
  readonly isOfferLeft: boolean;
  /**
   * The types on the source's side of a minimum cut: the smallest such set, or the largest. Cells with all types in it
   * offer more than these types take, where any offer is left; the other types lack what all cells at them offer.
   */
  sourceSide(largest: boolean): Uint8Array;
}

/** A flow so far, and what could still flow. */
export interface Residual {
  /** By arc: what the cell gives to the type. */
  readonly given: Float64Array;
  /** By cell: what it could still give. */
  readonly slack: Float64Array;
  /** By type: what it still lacks. */
  readonly lacking: Float64Array;
}

/**
 * The greatest flow from cells to types (theory, section 6). Cell `s` offers at most `offer[s]`, which it splits among the
 * types in it; a type takes at most its demand. Dinic's algorithm on the types alone: what a cell gives to one of its types
 * may be turned over to another, so it is the residual capacity of an arc between the two. Exact while offers and
 * demands are integers whose sums fit 2^53.
 */
export class GreatestFlow implements Flow<Float64Array> {
  private readonly given: Float64Array;
  readonly lacking: Float64Array;
  private readonly slack: Float64Array;
  private readonly level: Int32Array;
  private readonly next: Int32Array;
  private readonly queue: Int32Array;

  private constructor(
    private readonly network: FlowNetwork,
    private readonly arcs: ArcsByNode,
    { given, slack, lacking }: Residual,
    private readonly least: number,
    private readonly tight: Int32Array,
  ) {
    this.given = given;
    this.slack = slack;
    this.lacking = lacking;
    this.level = new Int32Array(network.nodeCount);
    this.next = new Int32Array(network.nodeCount);
    this.queue = new Int32Array(network.nodeCount);
    this.pourGreedily();
    this.augment();
  }

  /**
   * Amounts up to `least` count as nothing: 0 for integers. Where sets of types are known whose cells offer just what they ask
   * for among themselves, bit `k` of `tight[t]` tells whether type `t` is in the `k`-th; it only saves time.
   */
  static greatest(
    network: FlowNetwork,
    arcs: ArcsByNode,
    offer: Float64Array,
    demand: Float64Array,
    least: number,
    tight: Int32Array,
  ): GreatestFlow {
    const given = new Float64Array(network.slotNode.length);
    return GreatestFlow.onwards(
      network,
      arcs,
      { given, slack: offer.slice(), lacking: demand.slice() },
      least,
      tight,
    );
  }

  /** Goes on from a flow, which is changed in place. */
  static onwards(
    network: FlowNetwork,
    arcs: ArcsByNode,
    residual: Residual,
    least: number,
    tight: Int32Array,
  ): GreatestFlow {
    return new GreatestFlow(network, arcs, residual, least, tight);
  }

  raise(offer: Float64Array): void {
    const { slack, given } = this;
    const { cell } = this.arcs;
    slack.set(offer);
    for (let arc = 0; arc < given.length; arc++) slack[cell[arc]] -= given[arc];
    this.pourGreedily();
    this.augment();
  }

  givenTo(slot: number): number {
    return this.given[this.arcs.ofSlot[slot]];
  }

  get isOfferLeft(): boolean {
    return isAnyAbove(this.slack, this.least);
  }

  get isDemandLeft(): boolean {
    return isAnyAbove(this.lacking, this.least);
  }

  sourceSide(largest: boolean): Uint8Array {
    if (largest) this.labelBackwards();
    else this.label();
    return Uint8Array.from(this.level, (level) => (level >= 0 === largest ? 0 : 1));
  }

  /**
   * A first flow: types are served in equal parts by the cells that are still to come, then with what is left. A cell that is not
   * all within a tight set has nothing for the types in it.
   */
  private pourGreedily(): void {
    const { slack, lacking, given, least, tight } = this;
    const { slotStart, slotNode, cellCount, nodeCount } = this.network;
    const { ofSlot } = this.arcs;
    const toCome = new Int32Array(nodeCount);
    for (let s = 0; s < cellCount; s++) {
      if (!(slack[s] > least)) continue;
      let common = -1;
      for (let k = slotStart[s]; k < slotStart[s + 1]; k++) common &= tight[slotNode[k]];
      for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
        if (tight[slotNode[k]] === common) toCome[slotNode[k]]++;
      }
    }
    for (let s = 0; s < cellCount; s++) {
      let rest = slack[s];
      if (!(rest > least)) continue;
      const [from, to] = [slotStart[s], slotStart[s + 1]];
      let common = -1;
      for (let k = from; k < to; k++) common &= tight[slotNode[k]];
      for (let k = from; k < to; k++) {
        const t = slotNode[k];
        if (tight[t] !== common) continue;
        const part = Math.min(rest, Math.ceil(lacking[t] / toCome[t]), lacking[t]);
        toCome[t]--;
        if (!(part > 0)) continue;
        given[ofSlot[k]] += part;
        lacking[t] -= part;
        rest -= part;
      }
      for (let k = from; k < to && rest > least; k++) {
        const t = slotNode[k];
        const part = tight[t] === common ? Math.min(rest, lacking[t]) : 0;
        if (!(part > 0)) continue;
        given[ofSlot[k]] += part;
        lacking[t] -= part;
        rest -= part;
      }
      slack[s] = rest;
    }
  }

  private augment(): void {
    const { slack, level, next, least, given } = this;
    const { slotStart, slotNode, cellCount } = this.network;
    const { start, ofSlot } = this.arcs;
    while (this.label()) {
      for (let t = 0; t < next.length; t++) next[t] = start[t];
      for (let s = 0; s < cellCount; s++) {
        for (let k = slotStart[s]; k < slotStart[s + 1] && slack[s] > least; k++) {
          const t = slotNode[k];
          if (level[t] !== 0 || this.isSpent(t)) continue;
          const pushed = this.push(t, slack[s]);
          given[ofSlot[k]] += pushed;
          slack[s] -= pushed;
        }
      }
    }
  }

  /** Nothing more can be sent from the type along the present levels. */
  private isSpent(t: number): boolean {
    return this.next[t] === this.arcs.start[t + 1] && !(this.lacking[t] > this.least);
  }

  /** Breadth-first levels from the cells with an offer left. Whether a type that lacks something is reached. */
  private label(): boolean {
    const { slack, level, queue, given, lacking, least } = this;
    const { slotStart, slotNode, cellCount, nodeCount } = this.network;
    const { start, cell } = this.arcs;
    level.fill(-1);
    let tail = 0;
    for (let s = 0; s < cellCount && tail < nodeCount; s++) {
      if (!(slack[s] > least)) continue;
      for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
        const t = slotNode[k];
        if (level[t] >= 0) continue;
        level[t] = 0;
        queue[tail++] = t;
      }
    }
    let found = false;
    for (let head = 0; head < tail; head++) {
      const t = queue[head];
      if (lacking[t] > least) found = true;
      for (let arc = start[t]; arc < start[t + 1] && tail < nodeCount; arc++) {
        if (!(given[arc] > least)) continue;
        const s = cell[arc];
        for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
          const other = slotNode[k];
          if (level[other] >= 0) continue;
          level[other] = level[t] + 1;
          queue[tail++] = other;
        }
      }
    }
    return found;
  }

  /** Labels the types from which one that lacks something can be reached. */
  private labelBackwards(): void {
    const { level, queue, given, lacking, least } = this;
    const { slotStart, slotNode, nodeCount } = this.network;
    const { start, cell, ofSlot } = this.arcs;
    level.fill(-1);
    let tail = 0;
    for (let t = 0; t < nodeCount; t++) {
      if (!(lacking[t] > least)) continue;
      level[t] = 0;
      queue[tail++] = t;
    }
    for (let head = 0; head < tail; head++) {
      const t = queue[head];
      for (let arc = start[t]; arc < start[t + 1] && tail < nodeCount; arc++) {
        const s = cell[arc];
        for (let k = slotStart[s]; k < slotStart[s + 1]; k++) {
          const other = slotNode[k];
          if (level[other] >= 0 || !(given[ofSlot[k]] > least)) continue;
          level[other] = 0;
          queue[tail++] = other;
        }
      }
    }
  }

  /** Sends up to `amount` from a type to types that lack something, along increasing levels. What was sent. */
  private push(t: number, amount: number): number {
    const { level, next, lacking, least, given } = this;
    const { slotStart, slotNode } = this.network;
    const { start, cell, ofSlot } = this.arcs;
    let rest = amount;
    const taken = Math.min(rest, lacking[t]);
    if (taken > 0) {
      lacking[t] -= taken;
      rest -= taken;
    }
    for (; next[t] < start[t + 1]; next[t]++) {
      const own = next[t];
      if (!(given[own] > least)) continue;
      const s = cell[own];
      for (let k = slotStart[s]; k < slotStart[s + 1] && rest > least && given[own] > least; k++) {
        const other = slotNode[k];
        if (level[other] !== level[t] + 1) continue;
        const pushed = this.push(other, Math.min(rest, given[own]));
        given[own] -= pushed;
        given[ofSlot[k]] += pushed;
        rest -= pushed;
      }
      // The arc may carry more next time, where what stopped it is the amount.
      if (!(rest > least)) break;
    }
    return amount - rest;
  }
}

function isAnyAbove(amounts: Float64Array, bound: number): boolean {
  for (let k = 0; k < amounts.length; k++) if (amounts[k] > bound) return true;
  return false;
}
