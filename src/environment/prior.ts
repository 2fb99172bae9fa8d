import { InputError } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { ProfileSpace } from "./profile-space.js";

/** A common prior over profiles and the beliefs that it gives each agent. All probabilities are exact. */
export interface Prior {
  readonly kind: "independent" | "joint";
  probability(profile: number): Rational;
  /** Agent's own type probabilities. */
  readonly marginals: readonly RationalVector[];
  /**
   * The probability that `agent`, whose type is the one in `profile`, gives to the others' types in `profile`.
   * Under an independent prior this is defined for types of probability zero as well.
   */
  belief(agent: number, profile: number): Rational;
}

/** A product of marginals. */
export class IndependentPrior implements Prior {
  readonly kind = "independent";
  /** `beliefDenominators[i]` is the product of the others' denominators. */
  private readonly beliefDenominators: readonly bigint[];
  private readonly denominator: bigint;

  /** Throws InputError (`agents[i].prior…`) when a marginal has a negative entry or does not sum to 1. */
  constructor(
    private readonly profiles: ProfileSpace,
    readonly marginals: readonly RationalVector[],
  ) {
    marginals.forEach((marginal, agent) => {
      checkDistribution(marginal, `agents[${agent}].prior`, profiles.sizes[agent], "type");
    });
    this.denominator = marginals.reduce((product, m) => product * m.denominator, 1n);
    this.beliefDenominators = marginals.map((m) => this.denominator / m.denominator);
  }

  probability(profile: number): Rational {
    return Rational.of(this.product(profile, -1), this.denominator);
  }

  belief(agent: number, profile: number): Rational {
    return Rational.of(this.product(profile, agent), this.beliefDenominators[agent]);
  }

  private product(profile: number, excluded: number): bigint {
    let small = 1;
    let product = 1n;
    for (let j = 0; j < this.marginals.length; j++) {
      if (j === excluded) continue;
      const factor = this.marginals[j].numerators[this.profiles.typeOf(profile, j)];
      if (typeof factor === "number" && small * factor <= Number.MAX_SAFE_INTEGER) small *= factor;
      else product *= BigInt(factor);
    }
    return product * BigInt(small);
  }
}

/** Any table over profiles; types may be correlated. */
export class JointPrior implements Prior {
  readonly kind = "joint";
  readonly marginals: readonly RationalVector[];

  /** Throws InputError when the table is no distribution or gives some type no probability at all. */
  constructor(
    private readonly profiles: ProfileSpace,
    private readonly table: RationalVector,
  ) {
    checkDistribution(table, "prior", profiles.count, "profile");
    this.marginals = profiles.sizes.map((size, agent) => {
      const totals = new Array<bigint>(size).fill(0n);
      for (let s = 0; s < profiles.count; s++) totals[profiles.typeOf(s, agent)] += table.numeratorAt(s);
      return new RationalVector(packIntegers(totals), table.denominator);
    });
    this.marginals.forEach((marginal, agent) => {
      for (let type = 0; type < marginal.length; type++) {
        if (marginal.numeratorAt(type) === 0n) {
          throw new InputError(
            `agents[${agent}].types[${type}]`,
            "this type has probability zero under the joint prior, so it has no beliefs",
            "a positive probability for every type, or the type left out",
          );
        }
      }
    });
  }

  probability(profile: number): Rational {
    return this.table.at(profile);
  }

  belief(agent: number, profile: number): Rational {
    const own = this.marginals[agent].at(this.profiles.typeOf(profile, agent));
    return this.table.at(profile).divide(own);
  }
}

function checkDistribution(
  probabilities: RationalVector,
  path: string,
  expected: number,
  what: string,
): void {
  if (probabilities.length !== expected) {
    throw new InputError(
      path,
      `a list of ${probabilities.length}`,
      `a list of ${expected}, one for each ${what}`,
    );
  }
  for (let k = 0; k < expected; k++) {
    const numerator = probabilities.numeratorAt(k);
    if (numerator < 0n) {
      throw new InputError(
        `${path}[${k}]`,
        `the negative probability ${probabilities.at(k)}`,
        "a number >= 0",
      );
    }
  }
  const total = probabilities.sum();
  if (!total.equals(Rational.ONE)) {
    throw new InputError(
      path,
      `probabilities that sum to ${total}`,
      "a sum of exactly 1 (or give `weights`, which are normalised exactly)",
    );
  }
}
