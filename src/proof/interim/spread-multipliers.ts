import type { Environment } from "../../environment/environment.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/**
 * Multipliers on interim IR as multipliers on ex post IR: that of a type is spread over the profiles that have it, by what the
 * type believes of them, for an independent prior.
 */
export class SpreadMultipliers implements Multipliers {
  constructor(
    private readonly environment: Environment,
    /** On participation by type. */
    readonly interim: Multipliers,
  ) {}

  get purpose(): Multipliers["purpose"] {
    return this.interim.purpose;
  }

  get incentive(): readonly IncentiveMultiplier[] {
    return this.interim.incentive;
  }

  get budget(): BudgetPrices {
    return this.interim.budget;
  }

  get participation(): ParticipationMultiplier[] {
    return [...this.eachParticipation()];
  }

  *eachParticipation(): Iterable<ParticipationMultiplier> {
    const { profiles, prior } = this.environment;
    for (const { agent, type, weight } of this.interim.participation) {
      const offset = type! * profiles.strides[agent];
      for (let others = 0; others < profiles.othersCount(agent); others++) {
        const profile = profiles.withOthers(agent, others) + offset;
        const belief = prior.belief(agent, profile);
        if (!belief.isZero) yield { agent, profile, weight: weight.multiply(belief) };
      }
    }
  }
}
