import type { Environment } from "../environment/environment.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Mechanism } from "./mechanism.js";

/**
 * A mechanism known by its rule and by what types gain, the same `g_i(s_i)` beyond the outside option at every profile:
 *
 *     t_i(s) = sum_x phi(x | s) v_i(x, s) - u_i(s) - g_i(s_i)
 *
 * With an independent prior its interim payments are those of every mechanism with the rule and these interim gains, and
 * participation at every profile is no more than participation in expectation. It stores nothing of the size of the profile
 * space.
 */
export class SteadyGainsMechanism implements Mechanism {
  private readonly lotteries: AllocationRule;

  constructor(
    readonly environment: Environment,
    readonly rule: KnownRule,
    /** `g_i`, by type, for each agent. */
    readonly gains: readonly RationalVector[],
    /** The same at every profile. */
    readonly constantSubsidy: Rational,
  ) {
    this.lotteries = lotteriesOf(environment, rule);
  }

  lottery(profile: number): Lottery {
    return this.lotteries(profile);
  }

  payment(agent: number, profile: number): Rational {
    const { environment, gains } = this;
    const total = new RationalSum()
      .add(environment.outsideOption(agent, profile).negate())
      .add(gains[agent].at(environment.profiles.typeOf(profile, agent)).negate());
    for (const { outcome, probability } of this.lottery(profile)) {
      total.addProduct(probability, environment.value(agent, outcome, profile));
    }
    return total.value;
  }

  subsidy(): Rational {
    return this.constantSubsidy;
  }
}
