import type { ProfileSpace } from "../../environment/profile-space.js";
import { cycleOf } from "../incentive-paths.js";
import type { ChosenOutcomes } from "./chosen-outcomes.js";

/** The largest ex post payments of an agent, by profile, and what keeps each from being larger. */
export interface ProfilePayments {
  /** Over the chosen outcomes' units. */
  readonly payments: Float64Array;
  /** The type that the agent would rather report there; -1 where participation binds. */
  readonly parents: Int32Array;
}

/** Profiles at each of which the agent would rather report its type at the next, the last one at the first. */
export interface ProfileCycle {
  readonly cycle: readonly number[];
}

const ROOT = -1;

/**
 * Shortest paths along every line of an agent's types, the others' profile being fixed (theory, section 5): the generalised
 * VCG payments of CE 3.3 on the grid. A line takes O(m) where the differences at its changes of outcome increase, as checked
 * on the data; otherwise sweeps over all pairs.
 */
export function largestProfilePayments(
  chosen: ChosenOutcomes,
  agent: number,
  withIncentives: boolean,
): ProfilePayments | ProfileCycle {
  const { profiles } = chosen.environment;
  const payments = new Float64Array(profiles.count);
  const parents = new Int32Array(profiles.count).fill(ROOT);
  const lines = new Lines(chosen, agent, payments, parents);
  for (const [first, width] of bundles(profiles, agent)) {
    lines.takePart(first, width);
    const cycle = withIncentives ? lines.relax(first, width) : undefined;
    if (cycle) return { cycle };
  }
  return { payments, parents };
}

/** So many lines are worked on together that their payments stay in a processor's cache. */
const BUNDLE = 32;

/**
 * Bundles of an agent's lines that lie side by side: the profile of type 0 on the first line, and the number of lines. Line `k`
 * of a bundle has type `a` at `first + a * stride + k`.
 */
function* bundles(profiles: ProfileSpace, agent: number): Iterable<readonly [first: number, width: number]> {
  const stride = profiles.strides[agent];
  const block = stride * profiles.sizes[agent];
  for (let start = 0; start < profiles.count; start += block) {
    for (let k = 0; k < stride; k += BUNDLE) yield [start + k, Math.min(BUNDLE, stride - k)];
  }
}

/** An agent's lines of types, a bundle at a time. */
class Lines {
  private readonly size: number;
  private readonly stride: number;
  /** By change of outcome, where values are private: whether higher types gain more by it. */
  private readonly increasing: Map<number, boolean> | undefined;
  /** By line of the bundle: whether neighbours do not suffice. */
  private readonly irregular = new Uint8Array(BUNDLE);

  constructor(
    private readonly chosen: ChosenOutcomes,
    private readonly agent: number,
    private readonly payments: Float64Array,
    private readonly parents: Int32Array,
  ) {
    const { profiles, values } = chosen.environment;
    this.size = profiles.sizes[agent];
    this.stride = profiles.strides[agent];
    this.increasing = values[agent].dependsOnProfile ? undefined : new Map();
  }

  /** The largest payments with which every type takes part. */
  takePart(first: number, width: number): void {
    const { chosen, agent, payments, size, stride } = this;
    for (let type = 0; type < size; type++) {
      for (let k = 0, s = first + type * stride; k < width; k++, s++) {
        payments[s] = chosen.value(agent, s, s, type) - chosen.outside(agent, s, type);
      }
    }
  }

  /** Lowers payments until no type gains by a misreport. A cycle on one of the lines, if there is one. */
  relax(first: number, width: number): number[] | undefined {
    const { size, stride, irregular } = this;
    this.findIrregular(first, width);
    for (let type = 1; type < size; type++) {
      for (let k = 0, s = first + type * stride; k < width; k++, s++) {
        if (irregular[k] === 0) this.pull(s, type, s - stride, type - 1);
      }
    }
    for (let type = size - 2; type >= 0; type--) {
      for (let k = 0, s = first + type * stride; k < width; k++, s++) {
        if (irregular[k] === 0) this.pull(s, type, s + stride, type + 1);
      }
    }
    for (let k = 0; k < width; k++) {
      const cycle = irregular[k] === 1 && this.sweeps(first + k);
      if (cycle) return cycle;
    }
    return undefined;
  }

  /** At each change of outcome along a line higher types must gain more by it: then neighbours suffice. */
  private findIrregular(first: number, width: number): void {
    const { chosen, size, stride, irregular } = this;
    irregular.fill(0);
    for (let type = 0; type + 1 < size; type++) {
      for (let k = 0, s = first + type * stride; k < width; k++, s++) {
        if (chosen.alike(s, s + stride) || irregular[k] === 1) continue;
        if (!this.gainsIncrease(first + k, s, s + stride)) irregular[k] = 1;
      }
    }
  }

  /** Whether higher types gain more by what is chosen at the second of two profiles of a line instead of the first. */
  private gainsIncrease(first: number, before: number, after: number): boolean {
    const { chosen, agent, size, stride, increasing } = this;
    // With private values it is the same on every line.
    const change = increasing && chosen.change(before, after);
    const known = change === undefined ? undefined : increasing?.get(change);
    if (known !== undefined) return known;
    let least = Number.NEGATIVE_INFINITY;
    let found = true;
    for (let type = 0; type < size && found; type++) {
      const truth = first + type * stride;
      const gain = chosen.value(agent, after, truth, type) - chosen.value(agent, before, truth, type);
      found = gain >= least;
      least = gain;
    }
    if (change !== undefined) increasing?.set(change, found);
    return found;
  }

  /** `t(type) <= t(report) + v(type|type) - v(report|type)`. */
  private pull(truth: number, type: number, reported: number, report: number): boolean {
    const { chosen, agent, payments, parents } = this;
    const length = chosen.alike(truth, reported)
      ? 0
      : chosen.value(agent, truth, truth, type) - chosen.value(agent, reported, truth, type);
    const through = payments[reported] + length;
    if (!(through < payments[truth])) return false;
    payments[truth] = through;
    parents[truth] = report;
    return true;
  }

  private sweeps(first: number): number[] | undefined {
    const { size, parents, stride } = this;
    for (let round = 0; ; round++) {
      let changed = false;
      for (let k = 0; k < size; k++) {
        const type = round % 2 === 0 ? k : size - 1 - k;
        for (let report = 0; report < size; report++) {
          changed = this.pull(first + type * stride, type, first + report * stride, report) || changed;
        }
      }
      if (!changed) return undefined;
      const own = Int32Array.from({ length: size }, (_, type) => parents[first + type * stride]);
      const cycle = cycleOf(own);
      if (cycle) return cycle.map((type) => first + type * stride);
    }
  }
}
