import type { Environment } from "../environment/environment.js";

/**
 * What outcomes may be worth to agents with private values: classes of pairs of an agent and an outcome that are worth the
 * same to every type. Of one good there are two classes: that the agent gets it, and that it does not.
 */
export class ValueClasses {
  readonly count: number;
  /** The class of most pairs, of which it is enough to know that no other class came about. */
  readonly base: number;
  /** `values[type * count + class]`, over the money denominator. */
  readonly values: readonly bigint[];
  private readonly classOf: readonly Int32Array[];

  /** All agents must have equally many types. */
  constructor({ values, outcomes, profiles }: Environment) {
    const types = profiles.sizes[0];
    const known = new Map<string, number>();
    const worths: (number | bigint)[][] = [];
    const pairs: number[] = [];
    this.classOf = values.map((table) =>
      Int32Array.from(outcomes, (_, x) => {
        const worth = Array.from({ length: types }, (_, type) => table.numerator(type, 0, x));
        const key = worth.join(",");
        let place = known.get(key);
        if (place === undefined) {
          place = worths.push(worth) - 1;
          known.set(key, place);
          pairs.push(0);
        }
        pairs[place]++;
        return place;
      }),
    );
    this.count = worths.length;
    this.base = pairs.indexOf(Math.max(...pairs));
    this.values = Array.from({ length: types * this.count }, (_, k) =>
      BigInt(worths[k % this.count][Math.floor(k / this.count)]),
    );
  }

  of(agent: number, outcome: number): number {
    return this.classOf[agent][outcome];
  }

  /** `values` less what the base class is worth to the type. */
  get beyondBase(): bigint[] {
    const { values, count, base } = this;
    return values.map((value, k) => value - values[k - (k % count) + base]);
  }
}
