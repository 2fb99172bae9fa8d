import type { Environment } from "../../environment/environment.js";
import type { TieRule } from "../../environment/known-rule.js";

/**
 * What the referee knows of an efficient rule after looking at every profile once, by itself. Integers in doubles: weights
 * are products of the marginals' numerators and of `shares`, money is over the environment's denominator.
 */
export interface InterimPass {
  readonly shares: number;
  /** `mass[i][type * outcomes + x]`: weight of the others' profiles at which the rule chooses `x`. */
  readonly mass: readonly Float64Array[];
  /** `cost[i][type]`: the same weights times the cost of what is chosen. */
  readonly cost: readonly Float64Array[];
  /** Weight times welfare of what is chosen, over all profiles; as a BigInt because it may be large. */
  readonly welfare: bigint;
  /** Profiles with more than one efficient outcome. */
  readonly tied: readonly number[];
  /** Outcomes with positive probability, summed over all profiles. */
  readonly support: number;
}

/** A look at every profile, one after the other. Every integer must be known to be exact in a double. */
export function scanPass(environment: Environment, ties: TieRule, shares: number): InterimPass {
  const scan = new Scan(environment, ties, shares);
  const { count, sizes } = environment.profiles;
  for (let first = 0; first < count; first += sizes[sizes.length - 1]) scan.row(first);
  return scan.result();
}

/** Profiles in runs along the last agent's types; everything it needs is in flat arrays of doubles. */
class Scan {
  private readonly marginals: readonly Float64Array[];
  private readonly values: readonly Float64Array[];
  private readonly mass: readonly Float64Array[];
  private readonly cost: readonly Float64Array[];
  private readonly prefix: Float64Array;
  private readonly rowMass: Float64Array;
  /** By type of the last agent and outcome: the outcome's mass less that of the type before. */
  private readonly rises: Float64Array;
  /** By type of the last agent: the weight of the types before it. */
  private readonly below: Float64Array;
  private rowCost = 0;
  private readonly tied: number[] = [];
  private welfare = 0n;
  private support = 0;

  constructor(
    private readonly environment: Environment,
    private readonly ties: TieRule,
    private readonly shares: number,
  ) {
    const { profiles, prior, values, outcomes } = environment;
    this.marginals = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
    this.values = values.map((table) => table.entries.numerators as Float64Array);
    this.mass = profiles.sizes.map((size) => new Float64Array(size * outcomes.length));
    this.cost = profiles.sizes.map((size) => new Float64Array(size));
    this.prefix = new Float64Array(outcomes.length);
    this.rowMass = new Float64Array(outcomes.length);
    const own = this.marginals[this.marginals.length - 1];
    this.rises = new Float64Array(own.length * outcomes.length);
    this.below = new Float64Array(own.length + 1);
    for (let b = 0; b < own.length; b++) this.below[b + 1] = this.below[b] + own[b];
  }

  row(first: number): void {
    const { environment, marginals, values, prefix, rowMass, shares } = this;
    const { profiles, costs } = environment;
    const width = prefix.length;
    const last = marginals.length - 1;
    let weight = 1;
    for (let x = 0; x < width; x++) prefix[x] = costs.dependsOnProfile ? 0 : -this.charge(0, x);
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(first, i);
      weight *= marginals[i][type];
      for (let x = 0; x < width; x++) prefix[x] += values[i][type * width + x];
    }
    rowMass.fill(0);
    this.rowCost = 0;
    const welfare = costs.dependsOnProfile
      ? this.chooseOneByOne(first, weight * shares)
      : this.choose(first, weight * shares, prefix, values[last], marginals[last], rowMass);
    this.welfare += BigInt(welfare) * BigInt(weight * shares);
    for (let i = 0; i < last; i++) {
      const type = profiles.typeOf(first, i);
      let others = 1;
      for (let j = 0; j < last; j++) if (j !== i) others *= marginals[j][profiles.typeOf(first, j)];
      for (let x = 0; x < width; x++) this.mass[i][type * width + x] += others * rowMass[x];
      this.cost[i][type] += others * this.rowCost;
    }
  }

  /** Adds the choices of a run and returns their welfare times the last agent's probability. */
  private choose(
    first: number,
    weight: number,
    prefix: Float64Array,
    values: Float64Array,
    marginal: Float64Array,
    rowMass: Float64Array,
  ): number {
    const width = prefix.length;
    const { shares, rises, below } = this;
    let welfare = 0;
    // From one profile to the next the outcome mostly stays: `rises` gets only the changes.
    let present = -1;
    let before = 0;
    for (let b = 0, own = 0; b < marginal.length; b++, own += width) {
      let best = prefix[0] + values[own];
      let chosen = 0;
      let tied = false;
      for (let x = 1; x < width; x++) {
        const candidate = prefix[x] + values[own + x];
        if (candidate < best) continue;
        tied = candidate === best;
        if (tied) continue;
        best = candidate;
        chosen = x;
      }
      welfare += marginal[b] * best;
      if (tied) this.split(first, b, weight, best, (x) => prefix[x] + values[own + x]);
      const now = tied ? -1 : chosen;
      if (now === present) continue;
      if (present >= 0) {
        rises[own + present] -= weight;
        rowMass[present] += shares * (below[b] - before);
      }
      if (now >= 0) rises[own + now] += weight;
      present = now;
      before = below[b];
    }
    if (present >= 0) rowMass[present] += shares * (below[marginal.length] - before);
    this.support += marginal.length;
    return welfare;
  }

  /** The same where the cost depends on the whole profile. */
  private chooseOneByOne(first: number, weight: number): number {
    const { prefix, values, marginals } = this;
    const width = prefix.length;
    const last = marginals.length - 1;
    let welfare = 0;
    for (let b = 0; b < marginals[last].length; b++) {
      const worth = (x: number) => prefix[x] + values[last][b * width + x] - this.charge(first + b, x);
      let best = worth(0);
      for (let x = 1; x < width; x++) best = Math.max(best, worth(x));
      welfare += marginals[last][b] * best;
      this.split(first, b, weight, best, worth);
    }
    this.support += marginals[last].length;
    return welfare;
  }

  /** Adds the choice at one profile, as the rule breaks its ties. */
  private split(first: number, b: number, weight: number, best: number, worth: (x: number) => number): void {
    const { mass, rowMass, marginals, cost } = this;
    const width = rowMass.length;
    const last = marginals.length - 1;
    let equal: number[] = [];
    for (let x = 0; x < width; x++) if (worth(x) === best) equal.push(x);
    if (equal.length > 1) this.tied.push(first + b);
    if (this.ties === "first") equal = [equal[0]];
    if (this.ties === "last") equal = [equal[equal.length - 1]];
    this.support += equal.length - 1;
    // Both weights are multiples of the shares, which every number of tied outcomes divides.
    const own = (this.shares * marginals[last][b]) / equal.length;
    for (const x of equal) {
      mass[last][b * width + x] += weight / equal.length;
      rowMass[x] += own;
      if (!this.environment.costs.dependsOnProfile) continue;
      cost[last][b] += (weight / equal.length) * this.charge(first + b, x);
      this.rowCost += own * this.charge(first + b, x);
    }
  }

  private charge(profile: number, x: number): number {
    return this.environment.costs.numerator(0, profile, x) as number;
  }

  result(): InterimPass {
    const { environment, shares, mass, cost, welfare, tied, support, rises, rowMass } = this;
    const last = mass[mass.length - 1];
    for (let k = 0; k < last.length; k++) {
      if (k >= rowMass.length) rises[k] += rises[k - rowMass.length];
      last[k] += rises[k];
    }
    if (!environment.costs.dependsOnProfile) {
      const width = environment.outcomes.length;
      mass.forEach((own, i) => {
        for (let k = 0; k < own.length; k++) {
          cost[i][Math.floor(k / width)] += own[k] * this.charge(0, k % width);
        }
      });
    }
    return { shares, mass, cost, welfare, tied, support };
  }
}
