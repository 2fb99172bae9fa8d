import { ProfileSpace } from "../../environment/profile-space.js";
import type { FlowNetwork } from "./flow-network.js";

/** More sums than this are not kept. */
const MOST_SUMS = 4e7;
/** For more agents there are too many choices of sides. */
const MOST_AGENTS = 6;

/** Thresholds of an agent. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** A profile of thresholds, and what the cells within them offer. */
interface Violation {
  readonly profile: number;
  readonly offered: number;
}

/**
 * Looks for a set of types whose cells offer more among themselves than the types in it ask for, among the sets that take
 * from every agent either its first types or its last ones, up to some type: mostly the violated ones are of that kind. The
 * offers are summed up once, corner by corner; what the last types offer is the whole less what the others do, so that a look at all
 * thresholds is one pass, whatever the sides.
 */
export class CornerSearch {
  private readonly sizes: readonly number[];
  private readonly strides: readonly number[];
  /** By profile: the offers of all profiles whose types come none after its own. */
  private corner: Float64Array | undefined;
  private summed: Float64Array | undefined;
  /** Of a row of the last agent's types, with the others' sides. */
  private readonly row: Float64Array;
  /** Choices of sides, a bit for each agent, the one that last found something first. */
  private readonly choices: number[];

  private constructor(private readonly network: FlowNetwork) {
    this.sizes = network.groups.map(({ size }) => size);
    this.strides = new ProfileSpace(this.sizes).strides;
    this.row = new Float64Array(this.sizes[this.sizes.length - 1]);
    this.choices = Array.from({ length: 2 ** this.sizes.length }, (_, sides) => sides);
  }

  /** Undefined where cells are no profiles, or too many to be summed up for every choice of sides. */
  static of(network: FlowNetwork): CornerSearch | undefined {
    const { groups, cellCount } = network;
    const profiles = groups.every(({ agents }) => agents === 1);
    const few = groups.length <= MOST_AGENTS && cellCount <= MOST_SUMS;
    return profiles && few ? new CornerSearch(network) : undefined;
  }

  /**
   * A set whose excess is beyond `least`, and the sum of its cells' offers: the greatest near the best of a few thresholds, for
   * the choice of sides that last had one, else for any that has; undefined where not even a look at all thresholds finds one.
   */
  find(
    offer: Float64Array,
    demand: Float64Array,
    least: number,
  ): { readonly members: Uint8Array; readonly offered: number } | undefined {
    if (this.summed !== offer) this.corner = this.cornerSums(offer);
    this.summed = offer;
    for (const look of [this.fewThresholds, this.allThresholds]) {
      for (const sides of this.choices) {
        const found = look.call(this, sides, this.demandSums(demand, sides), least);
        if (!found) continue;
        this.choices.sort((a, b) => Number(b === sides) - Number(a === sides));
        return { members: this.members(found.profile, sides), offered: found.offered };
      }
    }
    return undefined;
  }

  private allThresholds(sides: number, asked: readonly Float64Array[], least: number): Violation | undefined {
    const others = this.sizes.slice(0, -1);
    return this.greatest(
      sides,
      asked,
      least,
      others.map((size) => ({ from: 0, to: size, step: 1 })),
    );
  }

  /** Neighbouring thresholds mostly exceed by much the same: first one in so many, then those around the best of them. */
  private fewThresholds(sides: number, asked: readonly Float64Array[], least: number): Violation | undefined {
    const steps = this.sizes.slice(0, -1).map((size) => Math.ceil(Math.sqrt(size)));
    const some = steps.map((step, i) => ({ from: step >> 1, to: this.sizes[i], step }));
    const best = this.greatest(sides, asked, least, some);
    if (!best) return undefined;
    const around = steps.map((step, i) => {
      const at = Math.floor(best.profile / this.strides[i]) % this.sizes[i];
      return { from: Math.max(at - step + 1, 0), to: Math.min(at + step, this.sizes[i]), step: 1 };
    });
    return this.greatest(sides, asked, least, around);
  }

  private cornerSums(offer: Float64Array): Float64Array {
    const sums = offer.slice();
    this.sizes.forEach((size, agent) => {
      const stride = this.strides[agent];
      for (let block = 0; block < sums.length; block += stride * size) {
        for (let to = block + stride; to < block + stride * size; to++) sums[to] += sums[to - stride];
      }
    });
    return sums;
  }

  /** By agent and type: what the types on the chosen side of it ask for. */
  private demandSums(demand: Float64Array, sides: number): Float64Array[] {
    return this.network.groups.map(({ first, size }, agent) => {
      const sums = demand.slice(first, first + size);
      if ((sides >> agent) & 1) for (let k = size - 2; k >= 0; k--) sums[k] += sums[k + 1];
      else for (let k = 1; k < size; k++) sums[k] += sums[k - 1];
      return sums;
    });
  }

  /** The profile of thresholds with the greatest excess, among some of the other agents' and all of the last one's. */
  private greatest(
    sides: number,
    asked: readonly Float64Array[],
    least: number,
    ranges: readonly Range[],
  ): Violation | undefined {
    const last = this.sizes.length - 1;
    const size = this.sizes[last];
    const ofLast = asked[last];
    const lastFromTheEnd = ((sides >> last) & 1) === 1;
    const types = Int32Array.from(ranges, ({ from }) => from);
    let best = least;
    let found: Violation | undefined;
    for (let at = last; at >= 0; ) {
      let first = 0;
      let others = 0;
      for (let i = 0; i < last; i++) {
        first += types[i] * this.strides[i];
        others += asked[i][types[i]];
      }
      const row = this.rowSums(sides, types, first);
      const whole = row[size - 1];
      let threshold = -1;
      if (lastFromTheEnd) {
        let before = 0;
        for (let b = 0; b < size; b++) {
          const excess = whole - before - others - ofLast[b];
          before = row[b];
          if (!(excess > best)) continue;
          best = excess;
          threshold = b;
        }
      } else {
        for (let b = 0; b < size; b++) {
          const excess = row[b] - others - ofLast[b];
          if (!(excess > best)) continue;
          best = excess;
          threshold = b;
        }
      }
      if (threshold >= 0) {
        const before = threshold === 0 ? 0 : row[threshold - 1];
        found = { profile: first + threshold, offered: lastFromTheEnd ? whole - before : row[threshold] };
      }
      for (at = last - 1; at >= 0; at--) {
        types[at] += ranges[at].step;
        if (types[at] < ranges[at].to) break;
        types[at] = ranges[at].from;
      }
    }
    return found;
  }

  /** The sums along a row: of an agent that takes its last types, those up to its very last less those before its own. */
  private rowSums(sides: number, types: Int32Array, first: number): Float64Array {
    const { row, sizes, strides } = this;
    const corner = this.corner!;
    const flipped = sides & ((1 << types.length) - 1);
    if (flipped === 0) return corner.subarray(first, first + row.length);
    let isEmpty = true;
    // Every subset of the agents that take their last types.
    for (let less = flipped; ; less = (less - 1) & flipped) {
      let at = first;
      let sign = 1;
      for (let i = 0; i < types.length; i++) {
        if (((less >> i) & 1) === 1) {
          sign = types[i] === 0 ? 0 : -sign;
          at -= strides[i];
        } else if (((flipped >> i) & 1) === 1) at += (sizes[i] - 1 - types[i]) * strides[i];
      }
      if (sign !== 0 && isEmpty) for (let b = 0; b < row.length; b++) row[b] = sign * corner[at + b];
      else if (sign !== 0) for (let b = 0; b < row.length; b++) row[b] += sign * corner[at + b];
      if (sign !== 0) isEmpty = false;
      if (less === 0) return row;
    }
  }

  private members(profile: number, sides: number): Uint8Array {
    const { groups, nodeCount } = this.network;
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
