import type { FlowStates } from "./flow-states.js";

/** More sums than this are not kept. */
const MOST_SUMS = 4e7;

/**
 * Looks for a set of types whose states offer more among themselves than the types in it ask for, among the sets that take
 * from every agent either its first types or its last ones, up to some type: mostly the violated ones are of that kind. For
 * each choice of sides the offers are summed up once, corner by corner, so that a look at all thresholds is one pass.
 */
export class ThresholdSearch {
  private readonly sizes: readonly number[];
  private readonly sums = new Map<number, Float64Array>();
  private summed: Float64Array | undefined;
  /** Choices of sides, a bit for each agent, the one that last found something first. */
  private readonly choices: number[];

  private constructor(private readonly states: FlowStates) {
    this.sizes = states.groups.map(({ size }) => size);
    this.choices = Array.from({ length: 2 ** this.sizes.length }, (_, sides) => sides);
  }

  /** Undefined where states are no profiles, or too many to be summed up for every choice of sides. */
  static of(states: FlowStates): ThresholdSearch | undefined {
    const { groups, stateCount } = states;
    const profiles = groups.every(({ agents }) => agents === 1);
    return profiles && 2 ** groups.length * stateCount <= MOST_SUMS ? new ThresholdSearch(states) : undefined;
  }

  /**
   * The set with the greatest excess for a choice of sides, and the sum of its states' offers: for the choice that was last
   * found to have an excess beyond `least`, else for any that has; undefined where none does.
   */
  find(
    offer: Float64Array,
    demand: Float64Array,
    least: number,
  ): { readonly members: Uint8Array; readonly offered: number } | undefined {
    if (this.summed !== offer) this.sums.clear();
    this.summed = offer;
    for (const sides of this.choices) {
      const corner = this.sums.get(sides) ?? this.cornerSums(offer, sides);
      this.sums.set(sides, corner);
      const profile = this.greatest(corner, this.demandSums(demand, sides), least);
      if (profile === undefined) continue;
      this.choices.sort((a, b) => Number(b === sides) - Number(a === sides));
      return { members: this.members(profile, sides), offered: corner[profile] };
    }
    return undefined;
  }

  /** By profile: the offers of all profiles whose types are all on the chosen sides of it. */
  private cornerSums(offer: Float64Array, sides: number): Float64Array {
    const sums = offer.slice();
    let stride = sums.length;
    this.sizes.forEach((size, agent) => {
      stride /= size;
      const fromTheEnd = (sides >> agent) & 1;
      for (let block = 0; block < sums.length; block += stride * size) {
        for (let k = 1; k < size; k++) {
          const to = block + (fromTheEnd ? size - 1 - k : k) * stride;
          const from = fromTheEnd ? to + stride : to - stride;
          for (let rest = 0; rest < stride; rest++) sums[to + rest] += sums[from + rest];
        }
      }
    });
    return sums;
  }

  /** By agent and type: what the types on the chosen side of it ask for. */
  private demandSums(demand: Float64Array, sides: number): Float64Array[] {
    return this.states.groups.map(({ first, size }, agent) => {
      const sums = demand.slice(first, first + size);
      if ((sides >> agent) & 1) for (let k = size - 2; k >= 0; k--) sums[k] += sums[k + 1];
      else for (let k = 1; k < size; k++) sums[k] += sums[k - 1];
      return sums;
    });
  }

  /** The profile of thresholds with the greatest excess; undefined where none is beyond `least`. */
  private greatest(corner: Float64Array, asked: readonly Float64Array[], least: number): number | undefined {
    const last = this.sizes.length - 1;
    const lastSize = this.sizes[last];
    const ofLast = asked[last];
    const types = new Int32Array(last);
    let best = least;
    let profile: number | undefined;
    for (let row = 0; row < corner.length; row += lastSize) {
      let others = 0;
      for (let i = 0; i < last; i++) others += asked[i][types[i]];
      for (let b = 0; b < lastSize; b++) {
        const excess = corner[row + b] - others - ofLast[b];
        if (!(excess > best)) continue;
        best = excess;
        profile = row + b;
      }
      for (let i = last - 1; i >= 0 && ++types[i] === this.sizes[i]; i--) types[i] = 0;
    }
    return profile;
  }

  private members(profile: number, sides: number): Uint8Array {
    const { groups, nodeCount } = this.states;
    const members = new Uint8Array(nodeCount);
    let rest = profile;
    for (let agent = groups.length - 1; agent >= 0; agent--) {
      const { first, size } = groups[agent];
      const threshold = rest % size;
      rest = (rest - threshold) / size;
      if ((sides >> agent) & 1) members.fill(1, first + threshold, first + size);
      else members.fill(1, first, first + threshold + 1);
    }
    return members;
  }
}
