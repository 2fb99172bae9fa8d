import type { Environment } from "../environment/environment.js";
import { EfficientThresholds } from "./efficient-thresholds.js";

/**
 * An efficient rule over two outcomes with private values, seen by one agent after the other: whatever the others' types,
 * there is a threshold in the order of how much more the agent's types value the second outcome, and the types before it get the
 * first outcome, the types behind it the second. Ties are settled for all.
 */
export class OutcomeThresholds {
  /** By agent and type: its place in the agent's order. */
  private readonly places: readonly Int32Array[];
  private readonly known: (Int32Array | undefined)[] = [];

  private constructor(
    private readonly environment: Environment,
    readonly ties: "first" | "last",
    private readonly lines: readonly EfficientThresholds[],
  ) {
    this.places = lines.map(({ order }) => {
      const places = new Int32Array(order.length);
      for (let k = 0; k < order.length; k++) places[order[k]] = k;
      return places;
    });
  }

  /** Undefined with other than two outcomes, values or costs by profile, or welfare beyond machine integers. */
  static in(environment: Environment, ties: "first" | "last"): OutcomeThresholds | undefined {
    const lines = environment.agents.map((_, agent) => EfficientThresholds.of(environment, agent));
    if (lines.some((found) => !found)) return undefined;
    return new OutcomeThresholds(environment, ties, lines as EfficientThresholds[]);
  }

  /** The agent's types, those that value the second outcome least first. */
  order(agent: number): Int32Array {
    return this.lines[agent].order;
  }

  /** Where a type of the agent stands in its order. */
  place(agent: number, type: number): number {
    return this.places[agent][type];
  }

  /** By place in the order: how much more the type values the second outcome, over the money denominator. */
  differences(agent: number): Float64Array {
    return this.lines[agent].differences;
  }

  /** How many of the agent's types would get the first outcome where the others are as in the profile. */
  at(agent: number, profile: number): number {
    const lines = this.lines[agent];
    lines.look(this.environment.profiles.typesOf(profile).filter((_, i) => i !== agent));
    return this.thresholdOf(lines);
  }

  /** The same for every profile of the others, in their order. */
  of(agent: number): Int32Array {
    this.known[agent] ??= this.allThresholds(agent);
    return this.known[agent];
  }

  /** The outcome chosen at a profile. */
  outcome(profile: number): 0 | 1 {
    const { profiles, agentCount } = this.environment;
    const last = agentCount - 1;
    return this.places[last][profiles.typeOf(profile, last)] < this.at(last, profile) ? 0 : 1;
  }

  /** Profiles at which both outcomes are efficient. */
  tied(): number[] {
    const { profiles, agentCount } = this.environment;
    const last = agentCount - 1;
    const { order } = this.lines[last];
    const tied: number[] = [];
    this.eachLine(last, (others, { first, second }) => {
      for (let k = first; k < second; k++) tied.push(profiles.withOthers(last, others) + order[k]);
    });
    return tied;
  }

  private allThresholds(agent: number): Int32Array {
    const thresholds = new Int32Array(this.lines[agent].lineCount);
    this.eachLine(agent, (others, lines) => {
      thresholds[others] = this.thresholdOf(lines);
    });
    return thresholds;
  }

  private eachLine(agent: number, visit: (others: number, lines: EfficientThresholds) => void): void {
    const lines = this.lines[agent];
    const sizes = this.environment.profiles.sizes.filter((_, i) => i !== agent);
    const types = sizes.map(() => 0);
    for (let others = 0; others < lines.lineCount; others++) {
      lines.look(types);
      visit(others, lines);
      for (let i = sizes.length - 1; i >= 0 && ++types[i] === sizes[i]; i--) types[i] = 0;
    }
  }

  private thresholdOf({ first, second }: EfficientThresholds): number {
    return this.ties === "first" ? second : first;
  }
}
