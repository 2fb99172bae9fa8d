import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "./multipliers.js";

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
    const { profiles } = this.environment;
    return this.trees.flatMap(({ parents, flow }, agent) =>
      [...this.carrying(flow)].flatMap((truth) => {
        if (parents[truth] < 0) return [];
        const type = profiles.typeOf(truth, agent);
        const entry = { agent, type, report: parents[truth], truth, weight: this.weight(flow[truth]) };
        return [this.dominant ? { ...entry, reported: truth } : entry];
      }),
    );
  }

  get participation(): ParticipationMultiplier[] {
    return this.trees.flatMap(({ parents, flow }, agent) =>
      [...this.carrying(flow)].flatMap((profile) =>
        parents[profile] < 0 ? [{ agent, profile, weight: this.weight(flow[profile]) }] : [],
      ),
    );
  }

  private *carrying(flow: Float64Array): Iterable<number> {
    for (let s = 0; s < flow.length; s++) if (flow[s] !== 0) yield s;
  }

  private weight(flow: number): Rational {
    return Rational.of(flow, this.denominator);
  }
}
