import type { ChosenOutcomes } from "./chosen-outcomes.js";
import { cycleOf } from "./incentive-paths.js";

/** The largest ex post payments of an agent, by profile, and what keeps each from being larger. */
export interface StatePayments {
  /** Over the chosen outcomes' units. */
  readonly payments: Float64Array;
  /** The type that the agent would rather report there; -1 where participation binds. */
  readonly parents: Int32Array;
}

/** Profiles at each of which the agent would rather report its type at the next, the last one at the first. */
export interface StateCycle {
  readonly cycle: readonly number[];
}

const ROOT = -1;

/**
 * Shortest paths along every line of an agent's types, the others' profile being fixed (theory, section 5): the generalised
 * VCG payments of CE 3.3 on the grid. A line takes O(m) where the differences at its changes of outcome increase, as checked
 * on the data; otherwise sweeps over all pairs.
 */
export function largestStatePayments(
  chosen: ChosenOutcomes,
  agent: number,
  withIncentives: boolean,
): StatePayments | StateCycle {
  const { profiles } = chosen.environment;
  const payments = new Float64Array(profiles.count);
  const parents = new Int32Array(profiles.count).fill(ROOT);
  const line = new Line(chosen, agent, payments, parents);
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const cycle = line.relax(profiles.withOthers(agent, others), withIncentives);
    if (cycle) return { cycle };
  }
  return { payments, parents };
}

class Line {
  private readonly size: number;
  private readonly stride: number;
  private first = 0;

  constructor(
    private readonly chosen: ChosenOutcomes,
    private readonly agent: number,
    private readonly payments: Float64Array,
    private readonly parents: Int32Array,
  ) {
    const { profiles } = chosen.environment;
    this.size = profiles.sizes[agent];
    this.stride = profiles.strides[agent];
  }

  relax(first: number, withIncentives: boolean): number[] | undefined {
    const { chosen, agent, payments, size, stride } = this;
    this.first = first;
    for (let type = 0; type < size; type++) {
      const s = first + type * stride;
      payments[s] = chosen.value(agent, s, s, type) - chosen.outside(agent, s, type);
    }
    if (!withIncentives) return undefined;
    if (!this.differencesIncrease()) return this.sweeps();
    for (let type = 1; type < size; type++) this.pull(type, type - 1);
    for (let type = size - 2; type >= 0; type--) this.pull(type, type + 1);
    return undefined;
  }

  /** At each change of outcome along the line, whether higher types gain more by it: then neighbours suffice. */
  private differencesIncrease(): boolean {
    const { chosen, agent, first, size, stride } = this;
    for (let k = 0; k + 1 < size; k++) {
      const before = first + k * stride;
      const after = before + stride;
      if (chosen.alike(before, after)) continue;
      let least = Number.NEGATIVE_INFINITY;
      for (let type = 0; type < size; type++) {
        const truth = first + type * stride;
        const gain = chosen.value(agent, after, truth, type) - chosen.value(agent, before, truth, type);
        if (gain < least) return false;
        least = gain;
      }
    }
    return true;
  }

  /** `t(type) <= t(report) + v(type|type) - v(report|type)`. */
  private pull(type: number, report: number): boolean {
    const { chosen, agent, payments, parents, first, stride } = this;
    const truth = first + type * stride;
    const reported = first + report * stride;
    const length = chosen.alike(truth, reported)
      ? 0
      : chosen.value(agent, truth, truth, type) - chosen.value(agent, reported, truth, type);
    const through = payments[reported] + length;
    if (!(through < payments[truth])) return false;
    payments[truth] = through;
    parents[truth] = report;
    return true;
  }

  private sweeps(): number[] | undefined {
    const { size, parents, first, stride } = this;
    for (let round = 0; ; round++) {
      let changed = false;
      for (let k = 0; k < size; k++) {
        const type = round % 2 === 0 ? k : size - 1 - k;
        for (let report = 0; report < size; report++) changed = this.pull(type, report) || changed;
      }
      if (!changed) return undefined;
      const own = Int32Array.from({ length: size }, (_, type) => parents[first + type * stride]);
      const cycle = cycleOf(own);
      if (cycle) return cycle.map((type) => first + type * stride);
    }
  }
}

/** What flows through every profile when `mass[s]` is to reach it along the parents of its line. */
export function stateFlow(
  chosen: ChosenOutcomes,
  agent: number,
  parents: Int32Array,
  mass: Float64Array,
): Float64Array {
  const { profiles } = chosen.environment;
  const { sizes, strides } = profiles;
  const [size, stride] = [sizes[agent], strides[agent]];
  const flow = mass.slice();
  const children = new Int32Array(size);
  const ready = new Int32Array(size);
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    children.fill(0);
    for (let type = 0; type < size; type++) {
      const parent = parents[first + type * stride];
      if (parent !== ROOT) children[parent]++;
    }
    let waiting = 0;
    for (let type = 0; type < size; type++) if (children[type] === 0) ready[waiting++] = type;
    while (waiting > 0) {
      const type = ready[--waiting];
      const parent = parents[first + type * stride];
      if (parent === ROOT) continue;
      flow[first + parent * stride] += flow[first + type * stride];
      if (--children[parent] === 0) ready[waiting++] = parent;
    }
  }
  return flow;
}
