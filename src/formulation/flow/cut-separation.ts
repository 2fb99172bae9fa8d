import { improveCut } from "./cut-search.js";
import type { FlowAmounts } from "./flow-amounts.js";
import type { FlowCut, FlowTask } from "./flow-cut.js";
import { type FlowStates, type SlotsByNode, slotsByNode } from "./flow-states.js";
import { StateFlow } from "./state-flow.js";

/** Finds the cuts that amounts violate. */
export class CutSeparation {
  private readonly byNode: SlotsByNode;
  /** The sets that the last search ended with: the next violated cut is mostly near them. */
  private readonly last = new Map<FlowCut["kind"], Uint8Array>();

  constructor(
    private readonly states: FlowStates,
    private readonly task: FlowTask,
  ) {
    this.byNode = slotsByNode(states);
  }

  /** Candidates that are quickly found; whether they are violated is for the master to say. */
  search(amounts: FlowAmounts): FlowCut[] {
    const { exact, money } = this.task;
    const cuts: FlowCut[] = [];
    if (!exact && money === "subsidy") cuts.push(...this.near("short", amounts.least, amounts.demand));
    else {
      if (exact) cuts.push(...this.near("lower", amounts.least, amounts.demand));
      if (amounts.most) cuts.push(...this.near("upper", amounts.most, amounts.demand));
    }
    return cuts;
  }

  /**
   * A set `N` whose states offer more among themselves than it asks for is a `lower` cut; the types outside ask for more than
   * all of their states offer by the same amount and a constant.
   */
  private near(kind: FlowCut["kind"], offer: Float64Array, demand: Float64Array): FlowCut[] {
    const { states, byNode } = this;
    const cuts: FlowCut[] = [];
    const starts = [new Uint8Array(states.nodeCount).fill(1), this.last.get(kind)];
    let greatest = Number.NEGATIVE_INFINITY;
    for (const start of starts) {
      if (!start) continue;
      const members = start.slice();
      const excess = improveCut(states, byNode, offer, demand, members);
      cuts.push({ kind, members: kind === "lower" ? members : members.map((member) => 1 - member) });
      if (!(excess > greatest)) continue;
      greatest = excess;
      this.last.set(kind, members);
    }
    return cuts;
  }

  /** The cuts that amounts violate, from minimum cuts; and the flow that led to them. */
  decide({ least, most, demand, allowance, tolerance }: FlowAmounts): { cuts: FlowCut[]; flow: StateFlow } {
    const { states, byNode, task } = this;
    const cuts: FlowCut[] = [];
    const collect = (flow: StateFlow, kind: FlowCut["kind"]) => {
      const sides = [flow.sourceSide(false), flow.sourceSide(true)];
      if (sides[0].every((member, k) => member === sides[1][k])) sides.pop();
      for (const side of sides) {
        cuts.push({ kind, members: kind === "lower" ? side : side.map((member) => 1 - member) });
      }
    };
    if (!task.exact && task.money === "subsidy") {
      const flow = new StateFlow(states, byNode, least, demand, tolerance);
      const lacking = flow.lacking.reduce((sum, amount) => sum + amount, 0);
      if (!(lacking <= allowance)) collect(flow, "short");
      return { cuts, flow };
    }
    let flow: StateFlow | undefined;
    if (task.exact) {
      flow = new StateFlow(states, byNode, least, demand, tolerance);
      if (flow.isOfferLeft) collect(flow, "lower");
    }
    if (most) {
      // The offers that must be taken are taken first; what is lacking then comes from the rest.
      const upper = flow && !flow.isOfferLeft ? flow : new StateFlow(states, byNode, most, demand, tolerance);
      if (upper === flow) upper.raise(most);
      if (upper.isDemandLeft) collect(upper, "upper");
      flow ??= upper;
    }
    return { cuts, flow: flow! };
  }
}
