import type { Environment } from "../environment/environment.js";
import { orbits } from "../environment/orbits.js";
import type { SymmetricMechanism } from "../mechanism/symmetric-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";

/** Outcomes in classes that are worth the same to every type of an agent: to get a good, or not. */
export class ValueClasses {
  /** `values[k][type]`. */
  readonly values: Rational[][] = [];
  private readonly classOf: Int32Array[];

  constructor({ values, outcomes, profiles }: Environment) {
    const known = new Map<string, number>();
    this.classOf = values.map((table, agent) =>
      Int32Array.from(outcomes, (_, x) => {
        const own = Array.from({ length: profiles.sizes[agent] }, (_, type) => table.at(type, 0, x));
        const key = own.join(",");
        const place = known.get(key) ?? this.values.push(own) - 1;
        known.set(key, place);
        return place;
      }),
    );
  }

  of(agent: number, outcome: number): number {
    return this.classOf[agent][outcome];
  }
}

/** What reports bring any one of exchangeable agents in expectation, with private values and independent types. */
export class SymmetricInterim {
  private readonly classes: ValueClasses;
  private readonly chances: RationalSum[][];
  private readonly payments: RationalSum[];
  private readonly outsides: RationalSum[];

  constructor(environment: Environment, mechanism: SymmetricMechanism | undefined) {
    const { profiles, prior, agentCount } = environment;
    this.classes = new ValueClasses(environment);
    const types = Array.from({ length: profiles.sizes[0] }, (_, type) => type);
    this.chances = types.map(() => this.classes.values.map(() => new RationalSum()));
    this.payments = types.map(() => new RationalSum());
    this.outsides = types.map(() => new RationalSum());
    for (const { profile, size, present } of orbits(environment)) {
      for (const { type, count, agent } of present) {
        // Of the orbit's profiles, count / n give the agent this type.
        const ways = Rational.of(BigInt(size) * BigInt(count), agentCount);
        const belief = prior.belief(agent, profile).multiply(ways);
        if (belief.isZero) continue;
        this.outsides[type].addProduct(belief, environment.outsideOption(agent, profile));
        if (!mechanism) continue;
        this.payments[type].addProduct(belief, mechanism.orbitPayment(type, profile));
        for (const { outcome, probability } of mechanism.orbitLottery(profile)) {
          this.chances[type][this.classes.of(agent, outcome)].addProduct(belief, probability);
        }
      }
    }
  }

  utility(type: number, report: number): Rational {
    const total = new RationalSum().add(this.payments[report].value.negate());
    this.chances[report].forEach((chance, k) => {
      total.addProduct(chance.value, this.classes.values[k][type]);
    });
    return total.value;
  }

  outside(type: number): Rational {
    return this.outsides[type].value;
  }
}
