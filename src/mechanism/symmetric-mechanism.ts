import type { Environment } from "../environment/environment.js";
import type { Lottery } from "../environment/lottery.js";
import type { Exchangeability } from "../environment/orbits/exchangeability.js";
import { sorted, swappedBack } from "../environment/orbits/orbits.js";
import type { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";

/**
 * A mechanism that treats exchangeable agents alike: it is known by what it does at the profiles with increasing types,
 * and by what an agent pays there as a function of its own type. Nothing of the size of the profile space is stored.
 */
export class SymmetricMechanism implements Mechanism {
  constructor(
    readonly environment: Environment,
    readonly exchange: Exchangeability,
    /** By profiles with increasing types; agents of the same type must be treated alike. */
    readonly orbitLottery: (increasing: number) => Lottery,
    /** What an agent of the type pays. */
    readonly orbitPayment: (type: number, increasing: number) => Rational,
    readonly orbitSubsidy: (increasing: number) => Rational,
  ) {}

  lottery(profile: number): Lottery {
    const { profile: increasing, swaps } = sorted(this.environment, profile);
    return swappedBack(this.orbitLottery(increasing), swaps, this.exchange);
  }

  payment(agent: number, profile: number): Rational {
    const type = this.environment.profiles.typeOf(profile, agent);
    return this.orbitPayment(type, sorted(this.environment, profile).profile);
  }

  subsidy(profile: number): Rational {
    return this.orbitSubsidy(sorted(this.environment, profile).profile);
  }
}
