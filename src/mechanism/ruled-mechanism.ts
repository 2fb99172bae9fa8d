import type { Environment } from "../environment/environment.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Mechanism } from "./mechanism.js";

/** A mechanism known by its rule, with its payments and outside money in tables by profile. */
export class RuledMechanism implements Mechanism {
  private readonly lotteries: AllocationRule;

  constructor(
    readonly environment: Environment,
    readonly rule: KnownRule,
    /** By profile, for each agent. */
    readonly payments: readonly RationalVector[],
    /** By profile; zero when absent. */
    readonly subsidies: RationalVector | undefined,
  ) {
    this.lotteries = lotteriesOf(environment, rule);
  }

  lottery(profile: number): Lottery {
    return this.lotteries(profile);
  }

  payment(agent: number, profile: number): Rational {
    return this.payments[agent].at(profile);
  }

  subsidy(profile: number): Rational {
    return this.subsidies?.at(profile) ?? Rational.ZERO;
  }
}
