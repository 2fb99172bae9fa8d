import type { ChosenOutcomes } from "./chosen-outcomes.js";

/**
 * The graph of the first of two agents' payments `t(s)` under exact ex post balance (theory, section 5), the second paying
 * `r - t`. Its nodes are the profiles and a root that stands for zero. With `w_i = v_i - u_i`:
 *
 * - `t(s) <= w_1(s)`, and `0 <= t(s) + w_2(s) - r(s)`, so that both take part;
 * - `t(s) <= t(lie) + v_1(s|s) - v_1(lie|s)` where the lie is the first agent's;
 * - `t(lie) <= t(s) + v_2(s|s) - v_2(lie|s) + r(lie) - r(s)` where it is the second's.
 *
 * On a line where differences increase, as checked on the data, neighbours imply all other lies, so that a profile has six
 * arcs; only other lines have arcs between all pairs. Nothing is stored but a distance and a parent for each node.
 */
export class BalanceGraph {
  /** `t(s)` by profile, once solved; its root is the last entry. */
  private readonly distance: Float64Array;
  /** The node whose payment bounds this one. */
  private readonly parent: Int32Array;
  private readonly rows: number;
  private readonly columns: number;
  private readonly root: number;
  /** By column, for the first agent's lines, and by row: whether neighbours do not suffice. */
  private readonly irregular: readonly [Uint8Array, Uint8Array];

  constructor(
    private readonly chosen: ChosenOutcomes,
    private readonly withIncentives: boolean,
  ) {
    const { sizes, count } = chosen.environment.profiles;
    [this.rows, this.columns] = sizes;
    this.root = count;
    this.distance = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
    this.distance[count] = 0;
    this.parent = new Int32Array(count + 1).fill(-1);
    this.irregular = [
      Uint8Array.from({ length: this.columns }, (_, b) => this.isIrregular(0, b, this.rows, this.columns)),
      Uint8Array.from({ length: this.rows }, (_, a) =>
        this.isIrregular(1, a * this.columns, this.columns, 1),
      ),
    ];
  }

  get payments(): Float64Array {
    return this.distance.slice(0, this.root);
  }

  /** The largest payments; or, where there are none, the nodes around a negative cycle, each before the one it bounds. */
  solve(): number[] | undefined {
    const { chosen, root } = this;
    for (let s = 0; s < root; s++) this.relax(root, s, this.gain(0, s));
    for (let round = 0; ; round++) {
      let changed = false;
      for (let k = 0; k < root; k++) {
        const s = round % 2 === 0 ? k : root - 1 - k;
        changed = this.relaxInto(s) || changed;
        changed = this.relax(s, root, this.gain(1, s) - chosen.cost(s)) || changed;
        // The second agent would pay more than it has. Every node has a parent now, and so there is a cycle.
        if (this.distance[root] < 0) return this.anyCycle();
      }
      if (!changed) return undefined;
      const cycle = this.anyCycle();
      if (cycle) return cycle;
    }
  }

  private gain(agent: number, s: number): number {
    return this.chosen.value(agent, s, s) - this.chosen.outside(agent, s);
  }

  /** All arcs between profiles that end at one. */
  private relaxInto(s: number): boolean {
    if (!this.withIncentives) return false;
    const { rows, columns, irregular } = this;
    const a = Math.floor(s / columns);
    const b = s - a * columns;
    let changed = false;
    if (irregular[0][b] === 0) {
      if (a > 0) changed = this.relaxFirst(s, a, s - columns) || changed;
      if (a + 1 < rows) changed = this.relaxFirst(s, a, s + columns) || changed;
    } else {
      for (let other = 0; other < rows; other++) {
        if (other !== a) changed = this.relaxFirst(s, a, other * columns + b) || changed;
      }
    }
    if (irregular[1][a] === 0) {
      if (b > 0) changed = this.relaxSecond(s, s - 1, b - 1) || changed;
      if (b + 1 < columns) changed = this.relaxSecond(s, s + 1, b + 1) || changed;
    } else {
      for (let other = 0; other < columns; other++) {
        if (other !== b) changed = this.relaxSecond(s, a * columns + other, other) || changed;
      }
    }
    return changed;
  }

  /** The first agent, being of type `a` at `truth`, against the lie. */
  private relaxFirst(truth: number, a: number, lie: number): boolean {
    const { chosen } = this;
    const gained = chosen.alike(truth, lie)
      ? 0
      : chosen.value(0, truth, truth, a) - chosen.value(0, lie, truth, a);
    return this.relax(lie, truth, gained);
  }

  /** The second agent, being of type `b` at `truth`, against the lie. */
  private relaxSecond(lie: number, truth: number, b: number): boolean {
    const { chosen } = this;
    const gained = chosen.value(1, truth, truth, b) - chosen.value(1, lie, truth, b);
    return this.relax(truth, lie, gained + chosen.cost(lie) - chosen.cost(truth));
  }

  private relax(from: number, to: number, length: number): boolean {
    const { distance, parent } = this;
    if (!(distance[from] + length < distance[to])) return false;
    distance[to] = distance[from] + length;
    parent[to] = from;
    return true;
  }

  /** Whether on the line from `first` some change of outcome is worth less to a later type than to an earlier one. */
  private isIrregular(agent: number, first: number, size: number, stride: number): number {
    const { chosen } = this;
    for (let k = 0; k + 1 < size; k++) {
      const before = first + k * stride;
      if (chosen.alike(before, before + stride)) continue;
      let least = Number.NEGATIVE_INFINITY;
      for (let type = 0; type < size; type++) {
        const truth = first + type * stride;
        const more =
          chosen.value(agent, before + stride, truth, type) - chosen.value(agent, before, truth, type);
        if (more < least) return 1;
        least = more;
      }
    }
    return 0;
  }

  private cycleThrough(node: number): number[] {
    const cycle = [node];
    for (let at = this.parent[node]; at !== node; at = this.parent[at]) cycle.push(at);
    return cycle.reverse();
  }

  /** A cycle among the parents; there is one only if its length is negative. */
  private anyCycle(): number[] | undefined {
    const { parent } = this;
    const seen = new Int32Array(parent.length).fill(-1);
    for (let start = 0; start < parent.length; start++) {
      let node = start;
      while (node >= 0 && seen[node] < 0) {
        seen[node] = start;
        node = parent[node];
      }
      if (node >= 0 && seen[node] === start) return this.cycleThrough(node);
    }
    return undefined;
  }
}
