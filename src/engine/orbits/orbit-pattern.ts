import type { Environment } from "../../environment/environment.js";
import { type Lottery, uniformLottery } from "../../environment/lottery.js";
import { Rational } from "../../number/rational.js";
import type { Exchangeability } from "../../space/exchangeability.js";
import { outcomeClasses } from "../../space/orbits.js";
import type { ValueClasses } from "../../space/value-classes.js";

/**
 * Which neighbours in a profile with increasing types have equal types: blocks of agents, one for each type that occurs. It
 * decides which outcomes are alike, whatever the types are.
 */
export interface OrbitPattern {
  /** How many agents each block has. */
  readonly counts: Int32Array;
  /** How many profiles an orbit of this pattern has. */
  readonly size: number;
  readonly classes: readonly OutcomeClass[];
  /** `classOf[x]`: the place among the classes of outcome `x`. */
  readonly classOf: Int32Array;
}

/** Outcomes that exchanging agents of equal types turns into each other: a symmetric lottery gives them equal shares. */
export class OutcomeClass {
  /**
   * The agents who get something else than the base class of values, whichever of the outcomes it is: `count[e]` agents of
   * block `block[e]` get what class `valueClass[e]` is worth.
   */
  readonly block: Int32Array;
  readonly valueClass: Int32Array;
  readonly count: Int32Array;
  /** This class and no other. */
  readonly surely: ClassLottery;

  constructor(
    readonly outcomes: readonly number[],
    blockOf: Int32Array,
    values: ValueClasses,
  ) {
    const entries = new Map<number, number>();
    blockOf.forEach((block, agent) => {
      const own = values.of(agent, outcomes[0]);
      if (own === values.base) return;
      const place = block * values.count + own;
      entries.set(place, (entries.get(place) ?? 0) + 1);
    });
    const places = [...entries.keys()];
    this.block = Int32Array.from(places, (place) => Math.floor(place / values.count));
    this.valueClass = Int32Array.from(places, (place) => place % values.count);
    this.count = Int32Array.from(entries.values());
    this.surely = {
      parts: [{ of: this, share: 1n }],
      denominator: 1n,
      lottery: uniformLottery(outcomes),
    };
  }
}

/** A lottery that treats agents of equal types alike. */
export interface ClassLottery {
  readonly parts: readonly { readonly of: OutcomeClass; readonly share: bigint }[];
  /** What the shares sum to. */
  readonly denominator: bigint;
  readonly lottery: Lottery;
}

/** Chooses classes in the proportions of their shares. */
export function mixedClasses(parts: ClassLottery["parts"]): ClassLottery {
  if (parts.length === 1) return parts[0].of.surely;
  const denominator = parts.reduce((total, { share }) => total + share, 0n);
  const lottery = parts.flatMap(({ of, share }) => {
    const probability = Rational.of(share, denominator * BigInt(of.outcomes.length));
    return of.outcomes.map((outcome) => ({ outcome, probability }));
  });
  return { parts, denominator, lottery };
}

/** Every pattern that occurs, made when it is first seen. */
export class OrbitPatterns {
  private readonly known = new Map<number, OrbitPattern>();

  constructor(
    private readonly environment: Environment,
    private readonly exchange: Exchangeability,
    private readonly values: ValueClasses,
  ) {}

  /** The pattern of a profile with increasing types. */
  of(types: ArrayLike<number>): OrbitPattern {
    // A bit for each pair of neighbours: at most 53 agents have profiles that can be numbered, if they have two types each.
    let key = 0;
    for (let i = 1; i < types.length; i++) key = 2 * key + (types[i] === types[i - 1] ? 1 : 0);
    let pattern = this.known.get(key);
    if (!pattern) {
      pattern = this.make(Array.from(types));
      this.known.set(key, pattern);
    }
    return pattern;
  }

  private make(types: readonly number[]): OrbitPattern {
    const { environment, exchange, values } = this;
    const blockOf = new Int32Array(types.length);
    const counts: number[] = [];
    let size = 1;
    types.forEach((type, agent) => {
      if (agent > 0 && type === types[agent - 1]) counts[counts.length - 1]++;
      else counts.push(1);
      blockOf[agent] = counts.length - 1;
      // Multinomial coefficient, a binomial factor at a time: always an integer.
      size = (size * (agent + 1)) / counts[counts.length - 1];
    });
    const all = environment.outcomes.map((_, x) => x);
    const classes = outcomeClasses({ types }, all, exchange).map(
      (outcomes) => new OutcomeClass(outcomes, blockOf, values),
    );
    const classOf = new Int32Array(all.length);
    classes.forEach(({ outcomes }, k) => {
      for (const x of outcomes) classOf[x] = k;
    });
    return { counts: Int32Array.from(counts), size, classes, classOf };
  }
}
