import { improveCut } from "./cut-search.js";
import type { FlowAmounts } from "./flow-amounts.js";
import type { FlowCut, FlowTask } from "./flow-cut.js";
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
  search({ least, most, demand }: FlowAmounts): FlowCut[] {
    const { exact, money } = this.task;
    if (!exact && money === "subsidy") return this.near("short", least, demand);
    return [
      ...(exact ? this.near("lower", least, demand) : []),
      ...(most ? this.near("upper", most, demand) : []),
    ];
  }

  /**
   * A set `N` whose states offer more among themselves than it asks for is a `lower` cut; the types outside ask for more than
   * all of their states offer by the same amount and a constant.
   */
  private near(kind: FlowCut["kind"], offer: Float64Array, demand: Float64Array): FlowCut[] {
    const { states, arcs } = this;
    const thresholds = this.thresholds.get(kind);
    let sets = thresholds?.best(offer, demand) ?? [];
    if (!thresholds) {
      const members = new Uint8Array(states.nodeCount).fill(1);
      improveCut(states, arcs, offer, demand, members);
      sets = [members];
    }
    return sets.map((set) => ({ kind, members: kind === "lower" ? set : set.map((member) => 1 - member) }));
  }

  /** The cuts that amounts violate, from minimum cuts; and the flow that led to them. */
  decide({ least, most, demand, allowance, tolerance }: FlowAmounts): { cuts: FlowCut[]; flow: StateFlow } {
    const { states, arcs, task } = this;
    const cuts: FlowCut[] = [];
    const collect = (flow: StateFlow, kind: FlowCut["kind"]) => {
      const sides = [flow.sourceSide(false), flow.sourceSide(true)];
      if (sides[0].every((member, k) => member === sides[1][k])) sides.pop();
      for (const side of sides) {
        cuts.push({ kind, members: kind === "lower" ? side : side.map((member) => 1 - member) });
      }
    };
    if (!task.exact && task.money === "subsidy") {
      const flow = new StateFlow(states, arcs, least, demand, tolerance);
      const lacking = flow.lacking.reduce((sum, amount) => sum + amount, 0);
      if (!(lacking <= allowance)) collect(flow, "short");
      return { cuts, flow };
    }
    let flow: StateFlow | undefined;
    if (task.exact) {
      flow = new StateFlow(states, arcs, least, demand, tolerance);
      if (flow.isOfferLeft) collect(flow, "lower");
    }
    if (most) {
      // The offers that must be taken are taken first; what is lacking then comes from the rest.
      const upper = flow && !flow.isOfferLeft ? flow : new StateFlow(states, arcs, most, demand, tolerance);
      if (upper === flow) upper.raise(most);
      if (upper.isDemandLeft) collect(upper, "upper");
      flow ??= upper;
    }
    return { cuts, flow: flow! };
  }
}
