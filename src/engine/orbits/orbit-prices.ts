import type { OutcomeClass } from "./orbit-pattern.js";
import { NOBODY, type OrbitTable, type OrbitView, SEVERAL } from "./orbit-table.js";

/**
 * What an outcome is worth at a profile with increasing types, as a sum over agents: whole numbers by type and class of
 * values, and a price of cost. With an agent's value and the price 1 it is welfare; with virtual values, what an outcome
 * brings the designer. Where a type of probability zero is present, only what its agent gets counts, for nobody else expects
 * the profile.
 */
export interface OrbitPrices {
  /** `perClass[type * classes + class]`; zero for the base class. */
  readonly perClass: readonly bigint[];
  /** Of a unit of the cost's numerator. */
  readonly perCost: bigint;
}

/** Welfare, over the money denominator and up to what agents get from the base class. */
export function welfarePrices({ values }: OrbitTable): OrbitPrices {
  return { perClass: values.beyondBase, perCost: 1n };
}

/** Doubles of this many bits are shifted right before they become infinite. */
const MOST_BITS = 900;

/**
 * Finds the outcomes of the greatest worth, exactly: sums are doubles, which are exact where they fit machine integers.
 * Otherwise a rounding error that they provably do not exceed tells which classes are to be compared in integers.
 */
export class OrbitScores {
  private readonly perClass: Float64Array;
  private readonly perCost: number;
  /** By outcome; undefined where cost depends on the profile. */
  private readonly costs: Float64Array | undefined;
  private readonly rounding: number;
  private readonly scores: Float64Array;
  private readonly width: number;

  constructor(
    private readonly table: OrbitTable,
    readonly prices: OrbitPrices,
    /** Whether agents of impossible types count like all others, as they do for welfare. */
    private readonly everywhere = false,
  ) {
    const { environment, values } = table;
    const { costs, outcomes, agentCount } = environment;
    this.width = values.count;
    this.scores = new Float64Array(outcomes.length);
    const dearest = greatest(costs.entries.numerators);
    const worth = prices.perClass.reduce((most, price) => larger(most, absolute(price)), 0n);
    const most = worth * BigInt(agentCount) + absolute(prices.perCost) * dearest;
    const shift = BigInt(Math.max(0, most.toString(16).length * 4 - MOST_BITS));
    this.perClass = Float64Array.from(prices.perClass, (price) => Number(price >> shift));
    this.perCost = Number(prices.perCost >> shift);
    // A sum has n + 1 products, each rounded when its factors are, when they are multiplied, and when it is added.
    const exact = most <= BigInt(Number.MAX_SAFE_INTEGER);
    this.rounding = exact ? 0 : (agentCount + 6) * 2 ** -51 * Number(most >> shift);
    const cost = (x: number) => Number(costs.numerator(0, 0, x)) * this.perCost;
    this.costs = costs.dependsOnProfile ? undefined : Float64Array.from(outcomes, (_, x) => cost(x));
  }

  /** The first of the classes of the greatest worth. */
  best(view: OrbitView, classes: readonly OutcomeClass[]): OutcomeClass {
    if (classes.length === 1 || (view.impossible === SEVERAL && !this.everywhere)) return classes[0];
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    let second = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes.length; k++) {
      const score = this.score(view, classes[k]);
      if (score > most) {
        second = most;
        most = score;
        best = k;
      } else if (score > second) second = score;
    }
    const sure = this.rounding === 0 || most - second > 2 * this.rounding;
    return sure ? classes[best] : this.allBest(view, classes)[0];
  }

  /** All classes of the greatest worth, in their order. */
  allBest(view: OrbitView, classes: readonly OutcomeClass[]): readonly OutcomeClass[] {
    if (classes.length === 1 || (view.impossible === SEVERAL && !this.everywhere)) return classes;
    const { scores, rounding } = this;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes.length; k++) {
      scores[k] = this.score(view, classes[k]);
      if (scores[k] > most) most = scores[k];
    }
    const near = classes.filter((_, k) => scores[k] >= most - 2 * rounding);
    if (rounding === 0 || near.length === 1) return near;
    const exact = near.map((one) => this.exactScore(view, one));
    const first = exact.reduce(larger);
    return near.filter((_, k) => exact[k] === first);
  }

  private score({ types, from, profile, impossible }: OrbitView, of: OutcomeClass): number {
    const { perClass, width, costs } = this;
    const { block, valueClass, count } = of;
    const alone = impossible !== NOBODY && !this.everywhere;
    let total = 0;
    for (let e = 0; e < block.length; e++) {
      if (alone && block[e] !== impossible) continue;
      total += count[e] * perClass[types[from + block[e]] * width + valueClass[e]];
    }
    if (alone) return total;
    const x = of.outcomes[0];
    return costs ? total - costs[x] : total - this.perCost * this.cost(profile, x);
  }

  private cost(profile: number, x: number): number {
    return Number(this.table.environment.costs.numerator(0, profile, x));
  }

  private exactScore({ types, from, profile, impossible }: OrbitView, of: OutcomeClass): bigint {
    const { perClass, perCost } = this.prices;
    const { block, valueClass, count } = of;
    const alone = impossible !== NOBODY && !this.everywhere;
    let total = 0n;
    for (let e = 0; e < block.length; e++) {
      if (alone && block[e] !== impossible) continue;
      total += BigInt(count[e]) * perClass[types[from + block[e]] * this.width + valueClass[e]];
    }
    if (alone) return total;
    return total - perCost * BigInt(this.table.environment.costs.numerator(0, profile, of.outcomes[0]));
  }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function greatest(numerators: Iterable<number | bigint>): bigint {
  let most = 0n;
  for (const numerator of numerators) most = larger(most, absolute(BigInt(numerator)));
  return most;
}
