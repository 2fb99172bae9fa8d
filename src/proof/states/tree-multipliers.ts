import type { Environment } from "../../environment/environment.js";
import { Rational } from "../../number/rational.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/** What flows through every profile of an agent's trees of binding requirements. */
export interface TreeFlow {
  /** By profile: the type that the agent would rather report there, or -1 where participation binds. */
  readonly parents: Int32Array;
  /** By profile, over the multipliers' denominator; not negative. */
  readonly flow: Float64Array;
}

/**
 * Multipliers on requirements at every profile, at most one for each agent and profile. They are kept in flat arrays; the
 * lists are made when they are asked for.
 */
export class TreeMultipliers implements Multipliers {
  constructor(
    private readonly environment: Environment,
    readonly purpose: Multipliers["purpose"],
    /** Incentives are asked against every report of the others, not only true ones. */
    readonly dominant: boolean,
    readonly trees: readonly TreeFlow[],
    readonly denominator: bigint,
    readonly budget: BudgetPrices,
  ) {}

  get incentive(): IncentiveMultiplier[] {
    return [...this.eachIncentive()];
  }

  get participation(): ParticipationMultiplier[] {
    return [...this.eachParticipation()];
  }

  *eachIncentive(): Iterable<IncentiveMultiplier> {
    const { profiles } = this.environment;
    for (const { agent, profile: truth, parent: report, weight } of this.entries()) {
      if (report < 0) continue;
      const entry = { agent, type: profiles.typeOf(truth, agent), report, truth, weight };
      yield this.dominant ? { ...entry, reported: truth } : entry;
    }
  }

  *eachParticipation(): Iterable<ParticipationMultiplier> {
    for (const { agent, profile, parent, weight } of this.entries()) {
      if (parent < 0) yield { agent, profile, weight };
    }
  }

  private *entries() {
    for (let agent = 0; agent < this.trees.length; agent++) {
      const { parents, flow } = this.trees[agent];
      for (let profile = 0; profile < flow.length; profile++) {
        if (flow[profile] === 0) continue;
        yield {
          agent,
          profile,
          parent: parents[profile],
          weight: Rational.of(flow[profile], this.denominator),
        };
      }
    }
  }
}
