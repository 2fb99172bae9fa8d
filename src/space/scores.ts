import { type Integer, isZero, minus, plus, times, zeros } from "../number/integer.js";
import type { Row, Space } from "./space.js";
import { type SureRuns, TIED } from "./sure-row.js";

/**
 * What an outcome is worth at a profile, as a sum over agents by own type, less a price times the cost: welfare, or the virtual
 * welfare of a Lagrangian. Where a type of probability zero is present, nobody but its agent expects the profile: virtual
 * welfare is then what that agent's outcome adds, without cost; and nothing where two such types are.
 */
export interface Weights {
  /** By agent: `perOutcome[type * outcomes + x]`. Absent for welfare, in which values count as they are. */
  readonly perOutcome?: readonly Column[];
  readonly perCost: Integer;
}

type Column = ArrayLike<Integer>;

/** Agents' values, less the cost. */
export const WELFARE: Weights = { perCost: 1 };

/** The worth of every outcome at the profiles of a row; what all agents but the last make of it is added up once for the row. */
export class Scores {
  private readonly width: number;
  private readonly weights: readonly Column[];
  /** `sums[i * width + x]`: what the agents before the i-th add, whose types were these. */
  private readonly sums: Integer[];
  private readonly types: Int32Array;
  private readonly base: Integer[];
  /** `own[b * width + x]`: what the last agent adds. */
  private readonly own: Integer[];
  /** By outcome: the price of what it costs, where that is the same at all profiles. */
  private readonly charge: readonly Integer[] | undefined;
  /** Agents whose values depend on the whole profile. */
  private readonly dependent: readonly number[];
  /** Whether types of probability zero, of which there are some, count by themselves. */
  private readonly isSelective: boolean;
  /** Whether the worth of an outcome is a sum of what agents' types make of it, less a price that is the same everywhere. */
  readonly isSum: boolean;
  /** By type of the last agent, how much more it adds to the second of two outcomes than to the first, where that never falls, */
  private readonly rising: readonly Integer[] | undefined;
  /** or never rises. */
  private readonly falling: readonly Integer[] | undefined;
  private row: Row | undefined;
  /** In the row: how many agents but the last have a type of probability zero, and the last one who does. */
  private impossible = 0;
  private expecting = 0;

  constructor(
    private readonly space: Space,
    private readonly prices: Weights,
  ) {
    const { environment, groups } = space;
    const { outcomes, agentCount, profiles, costs, values } = environment;
    const { perOutcome, perCost } = prices;
    const last = agentCount - 1;
    const agents = environment.agents.map((_, i) => i);
    this.width = outcomes.length;
    this.weights = perOutcome ?? values.map(({ entries }) => entries.numerators);
    this.sums = zeros(agentCount * this.width);
    this.types = new Int32Array(last).fill(-1);
    this.base = zeros(this.width);
    this.charge = costs.dependsOnProfile
      ? undefined
      : outcomes.map((_, x) => times(perCost, costs.numerator(0, 0, x)));
    this.dependent = perOutcome ? [] : agents.filter((i) => values[i].dependsOnProfile);
    this.own = zeros(profiles.sizes[last] * this.width);
    if (!this.dependent.includes(last)) {
      for (let b = 0, k = 0; b < profiles.sizes[last]; b++) {
        for (let x = 0; x < this.width; x++, k++) this.own[k] = this.weights[last][k];
      }
    }
    this.isSelective = perOutcome !== undefined && groups.some(({ weight }) => weight.some(isZero));
    this.isSum = !this.isSelective && this.dependent.length === 0 && this.charge !== undefined;
    if (!this.isSum || this.width !== 2) return;
    const ahead = Array.from({ length: profiles.sizes[last] }, (_, b) =>
      minus(this.own[2 * b + 1], this.own[2 * b]),
    );
    if (ahead.every((own, b) => b === 0 || own >= ahead[b - 1])) this.rising = ahead;
    else if (ahead.every((own, b) => b === 0 || own <= ahead[b - 1])) this.falling = ahead;
  }

  /** Whether of two outcomes one is better up to some type of the last agent, and the other beyond it. */
  get hasThreshold(): boolean {
    return (this.rising ?? this.falling) !== undefined;
  }

  fill(row: Row): void {
    const { base, width, charge, sums, types } = this;
    this.row = row;
    if (this.isSelective) this.findImpossible(row);
    // Mostly only the last of these types differ from those of the row before.
    let i = 0;
    while (i < types.length && types[i] === row.types[i]) i++;
    for (; i < types.length; i++) this.addAgent(i, row.types[i]);
    for (let x = 0, k = types.length * width; x < width; x++, k++) {
      base[x] = charge ? minus(sums[k], charge[x]) : sums[k];
    }
  }

  private addAgent(i: number, type: number): void {
    const { sums, width, types } = this;
    types[i] = type;
    const counts = !this.dependent.includes(i);
    for (let x = 0, k = i * width; x < width; x++, k++) {
      sums[k + width] = counts ? plus(sums[k], this.weight(i, type, x)) : sums[k];
    }
  }

  private weight(i: number, type: number, x: number): Integer {
    return this.weights[i][type * this.width + x];
  }

  private findImpossible({ types }: Row): void {
    const { groups, groupOf } = this.space;
    this.impossible = 0;
    for (let i = 0; i < types.length; i++) {
      if (!isZero(groups[groupOf[i]].weight[types[i]])) continue;
      this.impossible++;
      this.expecting = i;
    }
  }

  /** What the last agent's type adds to an outcome's worth, and what everything else makes of it in the row. */
  last(b: number, x: number): Integer {
    return this.own[b * this.width + x];
  }

  shared(x: number): Integer {
    return this.base[x];
  }

  /** The worth of an outcome where the last agent has type `b`. */
  at(b: number, x: number): Integer {
    const sum = plus(this.base[x], this.own[b * this.width + x]);
    return this.isSum ? sum : this.beyond(sum, b, x);
  }

  private beyond(sum: Integer, b: number, x: number): Integer {
    const { row, width, space, dependent } = this;
    const { environment, groups, groupOf } = space;
    const last = environment.agentCount - 1;
    if (this.isSelective) {
      const alone = isZero(groups[groupOf[last]].weight[b]);
      if (this.impossible + (alone ? 1 : 0) > 1) return 0;
      if (alone) return this.own[b * width + x];
      if (this.impossible === 1) return this.weight(this.expecting, row!.types[this.expecting], x);
    }
    let total = sum;
    const profile = row!.first + b;
    for (const i of dependent) {
      total = plus(total, environment.values[i].numerator(i === last ? b : row!.types[i], profile, x));
    }
    if (this.charge) return total;
    return minus(total, times(this.prices.perCost, environment.costs.numerator(0, profile, x)));
  }

  /** By type of the last agent: the outcome of the greatest worth, or TIED. */
  best(into: SureRuns): void {
    const { width, base, rising, falling } = this;
    const row = this.row!;
    const { from, to } = row;
    if (rising ?? falling) {
      // Of two outcomes it is the second where the last agent's type adds more to it than all else is behind.
      const behind = minus(base[0], base[1]);
      into.begin(row);
      const first = rising
        ? firstWhere(from, to, (b) => rising[b] >= behind)
        : firstWhere(from, to, (b) => falling![b] <= behind);
      const second = rising
        ? firstWhere(first, to, (b) => rising[b] > behind)
        : firstWhere(first, to, (b) => falling![b] < behind);
      into.add(rising ? 0 : 1, first);
      into.add(TIED, second);
      into.add(rising ? 1 : 0, to);
      return;
    }
    const { sure } = into;
    for (let b = from; b < to; b++) {
      let most = this.at(b, 0);
      let best = 0;
      for (let x = 1; x < width; x++) {
        const own = this.at(b, x);
        if (own < most) continue;
        best = own > most ? x : TIED;
        most = own;
      }
      sure[b] = best;
    }
    into.look(row);
  }

  /** All outcomes of the greatest worth, in their order. */
  allBest(b: number): number[] {
    let most = this.at(b, 0);
    let best = [0];
    for (let x = 1; x < this.width; x++) {
      const own = this.at(b, x);
      if (own < most) continue;
      if (own > most) best = [x];
      else best.push(x);
      most = own;
    }
    return best;
  }
}

/** The first of the numbers from which on it holds, `to` where that is none. It must not cease to hold. */
function firstWhere(from: number, to: number, holds: (b: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
