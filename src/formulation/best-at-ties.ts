import { efficientOutcomes } from "../environment/efficiency.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import type { Problem } from "../problem/problem.js";
import type { Multipliers } from "../proof/multipliers.js";

/**
 * Whether a rule that breaks ties in its own way does as well by the multipliers at every tied profile as any other way
 * would: then its mechanism is best among all efficient rules. For multipliers that flow down incentive paths, with an
 * independent prior. The multipliers' value of an outcome at a profile is that of the Lagrangian, divided by nothing:
 * `K p(s) r(x, s) - sum_i p_-i(s_-i) [ out_i(s_i) v_i(x, s) - sum_c in_i(c -> s_i) v_i(x, (c, s_-i)) ]`.
 */
export function isBestAtTies(
  problem: Problem,
  rule: KnownRule,
  multipliers: Multipliers,
  tied: readonly number[],
): boolean {
  if (tied.length === 0) return true;
  const { environment } = problem;
  const { profiles, prior } = environment;
  const denominators = prior.marginals.map((marginal) => marginal.denominator);
  const weights = environment.agents.map((_, agent) => new Weights(profiles.sizes[agent]));
  // Every weight is an integer over its agent's denominator.
  const scaled = (agent: number, weight: { numerator: bigint; denominator: bigint }) =>
    weight.numerator * (denominators[agent] / weight.denominator);
  for (const { agent, type, report, weight } of multipliers.incentive) {
    weights[agent].leave(type, scaled(agent, weight));
    weights[agent].enter(report, type, scaled(agent, weight));
  }
  for (const { agent, type, weight } of multipliers.participation) {
    if (type !== undefined) weights[agent].leave(type, scaled(agent, weight));
    else weights[agent].leaveAll(prior.marginals[agent].numeratorsOver(denominators[agent]));
  }
  const { budget, purpose } = multipliers;
  const price =
    budget.kind === "prior" ? budget.scale : budget.kind === "expectation" ? budget.price : undefined;
  const surplus = purpose === "bound" && problem.question.objective === "max-surplus" ? 1n : 0n;
  // Prices along incentive paths are 0, 1 or -1.
  const costWeight = (price?.numerator ?? 0n) + surplus;
  const numerator = (agent: number, s: number) =>
    prior.marginals[agent].numeratorAt(profiles.typeOf(s, agent));
  const probability = environment.agents.map((_, agent) => agent);

  const worth = (s: number, x: number): bigint => {
    let total = 0n;
    if (costWeight !== 0n) {
      const cost = BigInt(environment.costs.numerator(0, s, x));
      if (cost !== 0n) total += probability.reduce((p, i) => p * numerator(i, s), costWeight * cost);
    }
    for (const agent of probability) {
      const type = profiles.typeOf(s, agent);
      const value = (own: number) =>
        BigInt(environment.values[agent].numerator(own, profiles.replace(s, agent, own), x));
      let own = -weights[agent].leaving[type] * value(type);
      for (const [from, weight] of weights[agent].entering[type]) own += weight * value(from);
      total += probability.reduce((p, i) => (i === agent ? p : p * numerator(i, s)), own);
    }
    return total;
  };
  const lottery = lotteriesOf(environment, rule);
  return tied.every((s) => {
    const outcomes = efficientOutcomes(environment, s);
    const worths = new Map(outcomes.map((x) => [x, worth(s, x)]));
    const chosen = lottery(s).map(({ outcome }) => worths.get(outcome)!);
    return chosen.every((own) => outcomes.every((x) => own <= worths.get(x)!));
  });
}

/** Multipliers by the type that they are on, and by the type that would be reported. */
class Weights {
  readonly leaving: bigint[];
  readonly entering: [from: number, weight: bigint][][];

  constructor(typeCount: number) {
    this.leaving = new Array<bigint>(typeCount).fill(0n);
    this.entering = Array.from({ length: typeCount }, () => []);
  }

  leave(type: number, weight: bigint): void {
    this.leaving[type] += weight;
  }

  leaveAll(weights: readonly bigint[]): void {
    weights.forEach((weight, type) => {
      this.leave(type, weight);
    });
  }

  enter(report: number, from: number, weight: bigint): void {
    this.entering[report].push([from, weight]);
  }
}
