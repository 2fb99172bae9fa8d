import { improveCut } from "./cut-search.js";
import type { FlowAmounts } from "./flow-amounts.js";
import { CUTS_IN_AN_INTEGER, type FlowCut, type FlowTask, type FoundCut, withConstants } from "./flow-cut.js";
import { type ArcsByNode, arcsByNode, type FlowStates } from "./flow-states.js";
import { StateFlow } from "./state-flow.js";
import { ThresholdSearch } from "./threshold-search.js";

/** Finds the cuts that amounts violate. */
export class CutSeparation {
  private readonly arcs: ArcsByNode;
  /** One for each kind of cut, since they keep sums of what states offer. */
  private readonly thresholds = new Map<FlowCut["kind"], ThresholdSearch | undefined>();

  constructor(
    private readonly states: FlowStates,
    private readonly task: FlowTask,
  ) {
    this.arcs = arcsByNode(states);
    for (const kind of ["lower", "upper", "short"] as const) {
      this.thresholds.set(kind, ThresholdSearch.of(states));
    }
  }

  /** Candidates that are quickly found; whether they are violated is for the master to say. */
  search({ least, most, demand, allowance, tolerance }: FlowAmounts): FoundCut[] {
    const { exact, money } = this.task;
    // What all states offer beyond what all types ask for, so that sets may exceed it by as much.
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
   * A set `N` whose states offer more among themselves than it asks for is a `lower` cut; the types outside ask for more than
   * all of their states offer by the same amount and a constant. `excess` is what a violated cut's set exceeds.
   */
  private near(kind: FlowCut["kind"], offer: Float64Array, demand: Float64Array, excess: number): FoundCut[] {
    const { states, arcs } = this;
    const thresholds = this.thresholds.get(kind);
    let members: Uint8Array;
    if (thresholds) {
      const found = thresholds.find(offer, demand, excess);
      if (!found) return [];
      if (kind === "lower") return [{ kind, members: found.members, bound: found.offered, mass: 0 }];
      members = found.members;
    } else {
      members = new Uint8Array(states.nodeCount).fill(1);
      improveCut(states, arcs, offer, demand, members);
    }
    const set = kind === "lower" ? members : members.map((member) => 1 - member);
    return [withConstants(states, { kind, members: set })];
  }

  /** The cuts that amounts violate, from minimum cuts; and the flow that led to them. It is found sooner if told of cuts that bind. */
  decide(
    { least, most, demand, allowance, tolerance }: FlowAmounts,
    binding: readonly FlowCut[] = [],
  ): { cuts: FoundCut[]; flow: StateFlow } {
    const { states, arcs, task } = this;
    const tight = tightSets(states, binding);
    const cuts: FoundCut[] = [];
    const collect = (flow: StateFlow, kind: FlowCut["kind"]) => {
      const sides = [flow.sourceSide(false), flow.sourceSide(true)];
      if (sides[0].every((member, k) => member === sides[1][k])) sides.pop();
      for (const side of sides) {
        const members = kind === "lower" ? side : side.map((member) => 1 - member);
        cuts.push(withConstants(states, { kind, members }));
      }
    };
    if (!task.exact && task.money === "subsidy") {
      const flow = new StateFlow(states, arcs, least, demand, tolerance, tight);
      const lacking = flow.lacking.reduce((sum, amount) => sum + amount, 0);
      if (!(lacking <= allowance)) collect(flow, "short");
      return { cuts, flow };
    }
    let flow: StateFlow | undefined;
    if (task.exact) {
      flow = new StateFlow(states, arcs, least, demand, tolerance, tight);
      if (flow.isOfferLeft) collect(flow, "lower");
    }
    if (most) {
      // The offers that must be taken are taken first; what is lacking then comes from the rest.
      const upper =
        flow && !flow.isOfferLeft ? flow : new StateFlow(states, arcs, most, demand, tolerance, tight);
      if (upper === flow) upper.raise(most);
      if (upper.isDemandLeft) collect(upper, "upper");
      flow ??= upper;
    }
    return { cuts, flow: flow! };
  }
}

/** By type, a bit for each cut that binds: whether it is in the set whose states offer just what it asks for. */
function tightSets({ nodeCount }: FlowStates, binding: readonly FlowCut[]): Int32Array {
  const tight = new Int32Array(nodeCount);
  binding.slice(0, CUTS_IN_AN_INTEGER).forEach(({ kind, members }, k) => {
    // The states at an upper cut's types give them all; those of the other types alone are what is left for these.
    for (let t = 0; t < nodeCount; t++) if ((members[t] === 1) === (kind === "lower")) tight[t] |= 1 << k;
  });
  return tight;
}

function total(amounts: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < amounts.length; k++) sum += amounts[k];
  return sum;
}
