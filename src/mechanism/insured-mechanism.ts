import type { Environment } from "../environment/environment.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Mechanism } from "./mechanism.js";

/** Who insures the mechanism against its ex post deficit (BN, insurance contracts). */
export interface Insurers {
  /** Bears the deficit, less what its own type lets one predict. */
  readonly primary: number;
  /** Bears what the primary insurer's type lets one predict, less the mean. */
  readonly secondary: number;
  /** `E[r | type of the primary insurer]`, by type. */
  readonly predictedCosts: RationalVector;
}

/**
 * A mechanism known by its rule and its interim payments, with an independent prior. Without insurers each agent pays
 * its interim payment at every profile. With them the deficit is the same at every profile, namely its mean (BN Prop. 2),
 * and if the predicted costs are right no interim payment changes. It stores nothing of the size of the profile space.
 */
export class InsuredMechanism implements Mechanism {
  /** `E T_i`, for each agent. */
  readonly meanPayments: readonly Rational[];
  private readonly meanCost: Rational;
  private readonly lotteries: AllocationRule;

  constructor(
    readonly environment: Environment,
    readonly rule: KnownRule,
    /** `T_i`, by type, for each agent. */
    readonly interimPayments: readonly RationalVector[],
    readonly insurers: Insurers | undefined,
    /** The same at every profile. */
    readonly constantSubsidy: Rational,
  ) {
    const { marginals } = environment.prior;
    this.meanPayments = interimPayments.map((payments, i) => marginals[i].dot(payments));
    this.meanCost = insurers ? marginals[insurers.primary].dot(insurers.predictedCosts) : Rational.ZERO;
    this.lotteries = lotteriesOf(environment, rule);
  }

  lottery(profile: number): Lottery {
    return this.lotteries(profile);
  }

  payment(agent: number, profile: number): Rational {
    const { insurers } = this;
    const own = this.interimPayment(agent, profile);
    if (agent === insurers?.primary) {
      const total = new RationalSum().add(own).add(this.predictedCost(insurers, profile).negate());
      for (const { outcome, probability } of this.lottery(profile)) {
        total.addProduct(probability, this.environment.cost(outcome, profile));
      }
      this.interimPayments.forEach((_, other) => {
        if (other !== agent) total.add(this.surprise(other, profile).negate());
      });
      return total.value;
    }
    if (agent === insurers?.secondary) {
      return own
        .add(this.predictedCost(insurers, profile).subtract(this.meanCost))
        .subtract(this.surprise(insurers.primary, profile));
    }
    return own;
  }

  subsidy(): Rational {
    return this.constantSubsidy;
  }

  private interimPayment(agent: number, profile: number): Rational {
    return this.interimPayments[agent].at(this.environment.profiles.typeOf(profile, agent));
  }

  /** By how much the agent's interim payment differs from its mean. */
  private surprise(agent: number, profile: number): Rational {
    return this.interimPayment(agent, profile).subtract(this.meanPayments[agent]);
  }

  private predictedCost({ primary, predictedCosts }: Insurers, profile: number): Rational {
    return predictedCosts.at(this.environment.profiles.typeOf(profile, primary));
  }
}
