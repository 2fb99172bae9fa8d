import type { ArcsByNode, FlowNetwork } from "./flow-network.js";
import { type Flow, GreatestFlow, type Residual } from "./greatest-flow.js";
import { WideAmounts } from "./wide-amounts.js";

/** So much of an amount is enough for all that the low parts can move. */
const ENOUGH = 2 ** 52;

/**
 * `GreatestFlow` for integers beyond 2^53, by scaling (Edmonds and Karp 1972): first of the high parts alone. What
 * is then still to flow crosses a cut whose arcs have low parts only, so it is little, and of no amount does more count.
 */
export class WideFlow implements Flow<WideAmounts> {
  private readonly given: WideAmounts;
  private readonly left: WideAmounts;
  private slack: WideAmounts;
  private fine!: GreatestFlow;

  /** So many bits the low parts may have. */
  static mostBits({ slotNode, nodeCount, cellCount }: FlowNetwork): number {
    return Math.floor(Math.log2(ENOUGH / 2 / (slotNode.length + nodeCount + cellCount)));
  }

  /** `tight` as for `GreatestFlow`; the high parts of all offers and demands together must be safe integers. */
  constructor(
    private readonly network: FlowNetwork,
    private readonly arcs: ArcsByNode,
    offer: WideAmounts,
    demand: WideAmounts,
    private readonly tight: Int32Array,
  ) {
    this.given = WideAmounts.zeros(network.slotNode.length, offer.bits);
    this.slack = offer.copy();
    this.left = demand.copy();
    this.augment();
  }

  raise(offer: WideAmounts): void {
    this.slack = offer.copy();
    const { high, low } = this.given;
    const { cell } = this.arcs;
    for (let arc = 0; arc < high.length; arc++) this.slack.add(cell[arc], -high[arc], -low[arc]);
    this.augment();
  }

  givenTo(slot: number): bigint {
    return this.given.at(this.arcs.ofSlot[slot]);
  }

  get lacking(): readonly bigint[] {
    return Array.from({ length: this.left.length }, (_, t) => this.left.at(t));
  }

  get isOfferLeft(): boolean {
    return this.fine.isOfferLeft;
  }

  get isDemandLeft(): boolean {
    return this.fine.isDemandLeft;
  }

  sourceSide(largest: boolean): Uint8Array {
    return this.fine.sourceSide(largest);
  }

  private augment(): void {
    const { network, arcs, given, slack, left, tight } = this;
    const parts = [given, slack, left];
    // High parts flow by themselves, and are changed in place.
    GreatestFlow.onwards(
      network,
      arcs,
      { given: given.high, slack: slack.high, lacking: left.high },
      0,
      tight,
    );
    const before = parts.map((amounts) => amounts.upTo(ENOUGH));
    const after = before.map((amounts) => amounts.slice());
    const residual: Residual = { given: after[0], slack: after[1], lacking: after[2] };
    this.fine = GreatestFlow.onwards(network, arcs, residual, 0, tight);
    parts.forEach((amounts, part) => {
      for (let k = 0; k < amounts.length; k++) {
        const moved = after[part][k] - before[part][k];
        if (moved !== 0) amounts.add(k, 0, moved);
      }
    });
  }
}
