import type { Environment } from "../environment/environment.js";
import { EfficientThresholds } from "./efficient-thresholds.js";

/**
 * An efficient rule over two outcomes with private values, seen by one agent after the other: whatever the others' types,
 * there is a cut in the order of how much more the agent's types value the second outcome, and the types before it get the
 * first outcome, the types behind it the second. Ties are settled for all.
 */
export class OutcomeCuts {
  /** By agent and type: its place in the agent's order. */
  private readonly places: readonly Int32Array[];
  private readonly known: (Int32Array | undefined)[] = [];

  private constructor(
    private readonly environment: Environment,
    readonly ties: "first" | "last",
    private readonly thresholds: readonly EfficientThresholds[],
  ) {
    this.places = thresholds.map(({ order }) => {
      const places = new Int32Array(order.length);
      for (let k = 0; k < order.length; k++) places[order[k]] = k;
      return places;
    });
  }

  /** Undefined with other than two outcomes, values or costs by profile, or welfare beyond machine integers. */
  static of(environment: Environment, ties: "first" | "last"): OutcomeCuts | undefined {
    const thresholds = environment.agents.map((_, agent) => EfficientThresholds.of(environment, agent));
    if (thresholds.some((found) => !found)) return undefined;
    return new OutcomeCuts(environment, ties, thresholds as EfficientThresholds[]);
  }

  /** The agent's types, those that value the second outcome least first. */
  order(agent: number): Int32Array {
    return this.thresholds[agent].order;
  }

  /** Where a type of the agent stands in its order. */
  place(agent: number, type: number): number {
    return this.places[agent][type];
  }

  /** By place in the order: how much more the type values the second outcome, over the money denominator. */
  differences(agent: number): Float64Array {
    return this.thresholds[agent].differences;
  }

  /** How many of the agent's types would get the first outcome where the others are as in the profile. */
  cut(agent: number, profile: number): number {
    const thresholds = this.thresholds[agent];
    thresholds.look(this.environment.profiles.typesOf(profile).filter((_, i) => i !== agent));
    return this.cutOf(thresholds);
  }

  /** The same for every profile of the others, in their order. */
  cuts(agent: number): Int32Array {
    this.known[agent] ??= this.allCuts(agent);
    return this.known[agent];
  }

  /** The outcome chosen at a profile. */
  outcome(profile: number): 0 | 1 {
    const { profiles, agentCount } = this.environment;
    const last = agentCount - 1;
    return this.places[last][profiles.typeOf(profile, last)] < this.cut(last, profile) ? 0 : 1;
  }

  /** Profiles at which both outcomes are efficient. */
  tied(): number[] {
    const { profiles, agentCount } = this.environment;
    const last = agentCount - 1;
    const { order } = this.thresholds[last];
    const tied: number[] = [];
    this.eachLine(last, (others, { first, second }) => {
      for (let k = first; k < second; k++) tied.push(profiles.withOthers(last, others) + order[k]);
    });
    return tied;
  }

  private allCuts(agent: number): Int32Array {
    const cuts = new Int32Array(this.thresholds[agent].lineCount);
    this.eachLine(agent, (others, thresholds) => {
      cuts[others] = this.cutOf(thresholds);
    });
    return cuts;
  }

  private eachLine(agent: number, visit: (others: number, thresholds: EfficientThresholds) => void): void {
    const thresholds = this.thresholds[agent];
    const sizes = this.environment.profiles.sizes.filter((_, i) => i !== agent);
    const types = sizes.map(() => 0);
    for (let others = 0; others < thresholds.lineCount; others++) {
      thresholds.look(types);
      visit(others, thresholds);
      for (let i = sizes.length - 1; i >= 0 && ++types[i] === sizes[i]; i--) types[i] = 0;
    }
  }

  private cutOf({ first, second }: EfficientThresholds): number {
    return this.ties === "first" ? second : first;
  }
}
