import type { Environment } from "../../environment/environment.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import type { InterimTree, InterimTreeMultipliers } from "../../proof/interim/interim-tree-multipliers.js";

/**
 * What multipliers along incentive paths make of an outcome at a profile, for an independent prior, over the prior's and the
 * money denominators: the Lagrangian's coefficient
 * `K p(s) r(x, s) - sum_i p_-i(s_-i) [ out_i(s_i) v_i(x, s) - sum_c in_i(c -> s_i) v_i(x, (c, s_-i)) ]`.
 */
export class TieWorths {
  private readonly environment: Environment;
  private readonly flows: readonly AgentFlow[];
  /** `K`; prices along incentive paths are 0, 1 or -1. */
  private readonly costWeight: number;
  private readonly marginals: readonly Float64Array[] | undefined;

  constructor({ environment, question }: Problem, multipliers: InterimTreeMultipliers) {
    const { budget, purpose, trees } = multipliers;
    this.environment = environment;
    this.flows = environment.prior.marginals.map((marginal, agent) => new AgentFlow(trees[agent], marginal));
    const price =
      budget.kind === "prior" ? budget.scale : budget.kind === "expectation" ? budget.price : undefined;
    const surplus = purpose === "bound" && question.objective === "max-surplus" ? 1 : 0;
    this.costWeight = Number(price?.numerator ?? 0n) + surplus;
    this.marginals = this.fitsMachineIntegers()
      ? environment.prior.marginals.map((marginal) => marginal.numerators as Float64Array)
      : undefined;
  }

  /** The coefficients of these outcomes' probabilities at a profile; all of the same kind of number. */
  at(s: number, outcomes: readonly number[]): readonly number[] | readonly bigint[] {
    if (this.marginals) return this.machineWorths(this.marginals, s, outcomes);
    return outcomes.map((x) => this.longWorth(s, x));
  }

  /** Whether every coefficient, and every sum on the way to it, is exact in doubles. */
  private fitsMachineIntegers(): boolean {
    const { prior, values, costs } = this.environment;
    let whole = 1;
    for (const { numerators, denominator } of prior.marginals) {
      if (!(numerators instanceof Float64Array)) return false;
      whole *= Number(denominator);
    }
    let most = Math.abs(this.costWeight) * costs.entries.greatestNumerator() * whole;
    this.flows.forEach(({ greatest }, agent) => {
      most += greatest * values[agent].entries.greatestNumerator() * whole;
    });
    return most <= Number.MAX_SAFE_INTEGER;
  }

  private machineWorths(
    marginals: readonly Float64Array[],
    s: number,
    outcomes: readonly number[],
  ): number[] {
    const { environment, flows, costWeight } = this;
    const { profiles, values, costs } = environment;
    const { strides } = profiles;
    const types = profiles.typesOf(s);
    // The probability of all types, and of all but the agent's own.
    let whole = 1;
    for (let i = 0; i < types.length; i++) whole *= marginals[i][types[i]];
    const worths = outcomes.map((x) =>
      costWeight === 0 ? 0 : costWeight * whole * (costs.numerator(0, s, x) as number),
    );
    for (let agent = 0; agent < types.length; agent++) {
      const type = types[agent];
      const { flow, firstChild, nextChild } = flows[agent];
      let others = 1;
      for (let j = 0; j < types.length; j++) if (j !== agent) others *= marginals[j][types[j]];
      for (let k = 0; k < outcomes.length; k++) {
        const x = outcomes[k];
        let own = -(flow[type] as number) * (values[agent].numerator(type, s, x) as number);
        for (let from = firstChild[type]; from >= 0; from = nextChild[from]) {
          const truth = s + (from - type) * strides[agent];
          own += (flow[from] as number) * (values[agent].numerator(from, truth, x) as number);
        }
        worths[k] += own * others;
      }
    }
    return worths;
  }

  private longWorth(s: number, x: number): bigint {
    const { environment, flows, costWeight } = this;
    const { profiles, values, costs, prior } = environment;
    const except = (excluded: number) =>
      prior.marginals.reduce(
        (product, marginal, j) =>
          j === excluded ? product : product * marginal.numeratorAt(profiles.typeOf(s, j)),
        1n,
      );
    let total = BigInt(costWeight) * BigInt(costs.numerator(0, s, x)) * except(flows.length);
    flows.forEach(({ flow, firstChild, nextChild }, agent) => {
      const type = profiles.typeOf(s, agent);
      let own = -BigInt(flow[type]) * BigInt(values[agent].numerator(type, s, x));
      for (let from = firstChild[type]; from >= 0; from = nextChild[from]) {
        const truth = profiles.replace(s, agent, from);
        own += BigInt(flow[from]) * BigInt(values[agent].numerator(from, truth, x));
      }
      total += own * except(agent);
    });
    return total;
  }
}

/** What leaves each of an agent's types, over its marginal's denominator, and the types that would report it. */
class AgentFlow {
  readonly flow: RationalVector["numerators"];
  /** By type: one that would rather report it, or -1; then, by that type, the next one. */
  readonly firstChild: Int32Array;
  readonly nextChild: Int32Array;

  constructor(tree: InterimTree | undefined, marginal: RationalVector) {
    this.flow = tree ? tree.flow.over(marginal.denominator).numerators : marginal.numerators;
    this.firstChild = new Int32Array(marginal.length).fill(-1);
    this.nextChild = new Int32Array(marginal.length).fill(-1);
    tree?.parents.forEach((parent, type) => {
      if (parent < 0) return;
      this.nextChild[type] = this.firstChild[parent];
      this.firstChild[parent] = type;
    });
  }

  /** All that leaves or enters a type, at most. */
  get greatest(): number {
    let whole = 0;
    for (let type = 0; type < this.flow.length; type++) whole += Math.abs(Number(this.flow[type]));
    return 2 * whole;
  }
}
