import { CornerSearch } from "./corner-search.js";
import { improveCut } from "./cut-search.js";
import type { FloatAmounts, FlowAmounts } from "./flow-amounts.js";
import { CUTS_IN_AN_INTEGER, type FlowCut, type FlowTask, type FoundCut, withConstants } from "./flow-cut.js";
import { type ArcsByNode, arcsByNode, type FlowNetwork } from "./flow-network.js";
import { type Flow, type FlowFound, GreatestFlow } from "./greatest-flow.js";
import { WideAmounts } from "./wide-amounts.js";
import { WideFlow } from "./wide-flow.js";

/** Finds the cuts that amounts violate. */
export class CutSeparation {
  private readonly arcs: ArcsByNode;
  /** One for each kind of cut, since they keep sums of what cells offer. */
  private readonly thresholds = new Map<FlowCut["kind"], CornerSearch | undefined>();

  constructor(
    private readonly network: FlowNetwork,
    private readonly task: FlowTask,
  ) {
    this.arcs = arcsByNode(network);
    for (const kind of ["lower", "upper", "short"] as const) {
      this.thresholds.set(kind, CornerSearch.of(network));
    }
  }

  /** Candidates that are quickly found; whether they are violated is for the master to say. */
  search({ least, most, demand, allowance, tolerance }: FloatAmounts): FoundCut[] {
    const { exact, money } = this.task;
    // What all cells offer beyond what all types ask for, so that sets may exceed it by as much.
    const apart = (offer: Float64Array) => total(offer) - total(demand);
    if (!exact && money === "subsidy") {
      return this.near("short", least, demand, apart(least) + allowance + tolerance);
    }
    return [
      ...(exact ? this.near("lower", least, demand, tolerance) : []),
      ...(most ? this.near("upper", most, demand, apart(most) + tolerance) : []),
    ];
  }

  /**
   * A set `N` whose cells offer more among themselves than it asks for is a `lower` cut; the types outside ask for more than
   * all of their cells offer by the same amount and a constant. `excess` is what a violated cut's set exceeds.
   */
  private near(kind: FlowCut["kind"], offer: Float64Array, demand: Float64Array, excess: number): FoundCut[] {
    const { network, arcs } = this;
    const thresholds = this.thresholds.get(kind);
    let members: Uint8Array;
    if (thresholds) {
      const found = thresholds.find(offer, demand, excess);
      if (!found) return [];
      if (kind === "lower") return [{ kind, members: found.members, bound: found.offered, mass: 0 }];
      members = found.members;
    } else {
      members = new Uint8Array(network.nodeCount).fill(1);
      improveCut(network, arcs, offer, demand, members);
    }
    const set = kind === "lower" ? members : members.map((member) => 1 - member);
    return [withConstants(network, { kind, members: set })];
  }

  /** The cuts that amounts violate, from minimum cuts; and the flow that led to them. It is found sooner if told of cuts that bind. */
  decide(
    amounts: FlowAmounts | FlowAmounts<WideAmounts>,
    binding: readonly FlowCut[] = [],
  ): { cuts: FoundCut[]; flow: FlowFound } {
    const { network, arcs } = this;
    const tight = tightSets(network, binding);
    if (isWide(amounts)) {
      return this.flowOf(amounts, (offer) => new WideFlow(network, arcs, offer, amounts.demand, tight));
    }
    const { demand, tolerance } = amounts;
    return this.flowOf(amounts, (offer) =>
      GreatestFlow.greatest(network, arcs, offer, demand, tolerance, tight),
    );
  }

  private flowOf<Amounts>(
    { least, most, allowance }: FlowAmounts<Amounts>,
    greatest: (offer: Amounts) => Flow<Amounts>,
  ): { cuts: FoundCut[]; flow: FlowFound } {
    const { network, task } = this;
    const cuts: FoundCut[] = [];
    const collect = (flow: Flow<Amounts>, kind: FlowCut["kind"]) => {
      const sides = [flow.sourceSide(false), flow.sourceSide(true)];
      if (sides[0].every((member, k) => member === sides[1][k])) sides.pop();
      for (const side of sides) {
        const members = kind === "lower" ? side : side.map((member) => 1 - member);
        cuts.push(withConstants(network, { kind, members }));
      }
    };
    if (!task.exact && task.money === "subsidy") {
      const flow = greatest(least);
      if (!(sumOf(flow.lacking) <= allowance)) collect(flow, "short");
      return { cuts, flow };
    }
    let flow: Flow<Amounts> | undefined;
    if (task.exact) {
      flow = greatest(least);
      if (flow.isOfferLeft) collect(flow, "lower");
    }
    if (most) {
      // The offers that must be taken are taken first; what is lacking then comes from the rest.
      const upper = flow && !flow.isOfferLeft ? flow : greatest(most);
      if (upper === flow) upper.raise(most);
      if (upper.isDemandLeft) collect(upper, "upper");
      flow ??= upper;
    }
    return { cuts, flow: flow! };
  }
}

function isWide(amounts: FlowAmounts | FlowAmounts<WideAmounts>): amounts is FlowAmounts<WideAmounts> {
  return amounts.demand instanceof WideAmounts;
}

function sumOf(amounts: ArrayLike<number | bigint>): number | bigint {
  return Array.from(amounts).reduce((sum, amount) =>
    typeof sum === "number" && typeof amount === "number" ? sum + amount : BigInt(sum) + BigInt(amount),
  );
}

/** By type, a bit for each cut that binds: whether it is in the set whose cells offer just what it asks for. */
function tightSets({ nodeCount }: FlowNetwork, binding: readonly FlowCut[]): Int32Array {
  const tight = new Int32Array(nodeCount);
  binding.slice(0, CUTS_IN_AN_INTEGER).forEach(({ kind, members }, k) => {
    // The cells at an upper cut's types give them all; those of the other types alone are what is left for these.
    for (let t = 0; t < nodeCount; t++) if ((members[t] === 1) === (kind === "lower")) tight[t] |= 1 << k;
  });
  return tight;
}

function total(amounts: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < amounts.length; k++) sum += amounts[k];
  return sum;
}
