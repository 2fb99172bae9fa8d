import { fitsMachineIntegers } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { firstAtLeast } from "../number/first-at-least.js";
import { increasingOrder } from "../number/increasing-order.js";

/**
 * Which of two outcomes is efficient, a line at a time, when values depend on the own type alone: a line is what one agent's
 * types make of one profile of the others. With the agent's types in the order of how much more they value the second
 * outcome, the first outcome is efficient up to a threshold and the second beyond it, so that a line takes a binary
 * search instead of a look at each of its profiles. Machine integers only.
 */
export class EfficientThresholds {
  /** How many profiles the others can form. */
  readonly lineCount: number;
  /** The agent's types, those that value the second outcome least first. */
  readonly order: Int32Array;
  /** On the line last looked at: at the types `order[0 .. first)` the first outcome is efficient. */
  first = 0;
  /** At `order[first .. second)` both are, and at `order[second ..]` the second. */
  second = 0;
  /** By place in the order: how much more the type values the second outcome, over the money denominator. */
  readonly differences: Float64Array;
  /** By type of each other agent: the same. */
  private readonly others: readonly Float64Array[];
  private readonly costDifference: number;

  private constructor(environment: Environment, agent: number) {
    const { profiles, values, costs } = environment;
    const differences = values.map(({ entries }) => differencesOf(entries.numerators as Float64Array));
    const own = differences[agent];
    this.lineCount = profiles.othersCount(agent);
    this.order = increasingOrder(own.length, (a, b) => own[a] - own[b]);
    this.differences = new Float64Array(own.length);
    for (let k = 0; k < own.length; k++) this.differences[k] = own[this.order[k]];
    this.others = differences.filter((_, i) => i !== agent);
    this.costDifference = (costs.numerator(0, 0, 1) as number) - (costs.numerator(0, 0, 0) as number);
  }

  /** The lines of an agent, the last one when absent. Undefined with other than two outcomes, values or costs by profile, or welfare beyond machine integers. */
  static of(environment: Environment, agent = environment.agentCount - 1): EfficientThresholds | undefined {
    const { outcomes, hasPrivateValues, costs } = environment;
    if (outcomes.length !== 2 || !hasPrivateValues || costs.dependsOnProfile) return undefined;
    return fitsMachineIntegers(environment) ? new EfficientThresholds(environment, agent) : undefined;
  }

  /** Finds `first` and `second` where the other agents have these types. */
  look(types: readonly number[]): void {
    const { others, differences } = this;
    let missing = this.costDifference;
    for (let i = 0; i < others.length; i++) missing -= others[i][types[i]];
    let place = firstAtLeast(differences, missing);
    this.first = place;
    while (place < differences.length && differences[place] === missing) place++;
    this.second = place;
  }
}

function differencesOf(values: Float64Array): Float64Array {
  const differences = new Float64Array(values.length / 2);
  for (let type = 0; type < differences.length; type++) {
    differences[type] = values[2 * type + 1] - values[2 * type];
  }
  return differences;
}
