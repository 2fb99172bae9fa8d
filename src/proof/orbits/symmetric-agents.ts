import type { Environment } from "../../environment/environment.js";
import { type Orbit, orbits } from "../../environment/orbits/orbits.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";

/**
 * Exchangeable agents with private values and independent types, as the referee sees them: outcomes in classes that are worth
 * the same to every type of an agent, and beliefs about orbits, in whole numbers.
 */
export class SymmetricAgents {
  readonly typeCount: number;
  /** How many classes of values there are. */
  readonly classCount: number;
  /** `values[type * classes + class]`, over the money denominator. */
  readonly values: readonly bigint[];
  /** The denominator `D` of a type's probability. */
  readonly denominator: bigint;
  private readonly classOf: readonly Int32Array[];
  /** `powers[type][k]`: the numerator of the type's probability to the power `k`. */
  private readonly powers: readonly (readonly bigint[])[];

  constructor(readonly environment: Environment) {
    const { profiles, prior, outcomes, agentCount } = environment;
    const [marginal] = prior.marginals;
    const types = Array.from({ length: profiles.sizes[0] }, (_, type) => type);
    this.typeCount = types.length;
    this.denominator = marginal.denominator;
    this.powers = types.map((type) => {
      const p = marginal.numeratorAt(type);
      return Array.from({ length: agentCount + 1 }, (_, k) => p ** BigInt(k));
    });
    const known = new Map<string, number>();
    const worths: bigint[][] = [];
    this.classOf = environment.values.map((table) =>
      Int32Array.from(outcomes, (_, x) => {
        const worth = types.map((type) => BigInt(table.numerator(type, 0, x)));
        const key = worth.join();
        const place = known.get(key) ?? worths.push(worth) - 1;
        known.set(key, place);
        return place;
      }),
    );
    this.classCount = worths.length;
    this.values = types.flatMap((type) => worths.map((worth) => worth[type]));
  }

  of(agent: number, outcome: number): number {
    return this.classOf[agent][outcome];
  }

  /** The probability of all the orbit's profiles together, over `D^n`. */
  mass({ present, size }: Orbit): bigint {
    let product = BigInt(size);
    for (const { type, count } of present) product *= this.powers[type][count];
    return product;
  }

  /** By type present: what an agent of it believes of all the orbit's profiles in which it has it, over `D^(n - 1)`. */
  beliefs(orbit: Orbit): bigint[] {
    const { size, present } = orbit;
    const n = BigInt(this.environment.agentCount);
    const mass = this.mass(orbit);
    return present.map(({ type, count }, k) => {
      // Of the orbit's profiles, count / n give a certain agent the type, whose own probability is no matter of belief.
      const own = this.powers[type][1];
      if (own !== 0n) return (mass * BigInt(count)) / (n * own);
      let product = (BigInt(size) * BigInt(count)) / n;
      present.forEach((other, j) => {
        product *= this.powers[other.type][j === k ? count - 1 : other.count];
      });
      return product;
    });
  }

  /** Numbers of one agent of each type as the mean over types, times `D`. */
  mean(of: readonly bigint[]): bigint {
    return of.reduce((total, own, type) => total + this.powers[type][1] * own, 0n);
  }

  /** `E[u | type]`, by type. */
  outsideOptions(): RationalVector {
    const { environment, denominator, typeCount } = this;
    const { outsideOptions, moneyDenominator, agentCount } = environment;
    const sums = new Array<bigint>(typeCount).fill(0n);
    if (outsideOptions.every((option) => !option.dependsOnProfile)) {
      const own = sums.map((_, type) => BigInt(outsideOptions[0].numerator(type, 0, 0)));
      return new RationalVector(packIntegers(own), moneyDenominator);
    }
    for (const orbit of orbits(environment)) {
      this.beliefs(orbit).forEach((belief, k) => {
        const { type, agent } = orbit.present[k];
        sums[type] += belief * BigInt(outsideOptions[agent].numerator(type, orbit.profile, 0));
      });
    }
    return new RationalVector(packIntegers(sums), denominator ** BigInt(agentCount - 1) * moneyDenominator);
  }
}
