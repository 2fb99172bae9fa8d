import type { Row, Space } from "./space.js";

/** In place of an outcome where several may be chosen. */
export const TIED = -1;

/** What is chosen for sure at the profiles of a row. */
export interface SureRow {
  /** By type of the last agent: the only outcome, or TIED. */
  readonly sure: Int32Array;
  /** The types for which it is TIED. */
  readonly open: readonly number[];
  /** Where runs of neighbours of whom `sure` says the same end: each begins where the one before ends, the first with the row. */
  readonly ends: readonly number[];
}

/** The same while it is found out: run by run where a threshold tells, else by a look at every type. */
export class SureRuns implements SureRow {
  readonly sure: Int32Array;
  open: number[] = [];
  ends: number[] = [];
  private end = 0;

  constructor({ environment: { profiles, agentCount } }: Space) {
    this.sure = new Int32Array(profiles.sizes[agentCount - 1]);
  }

  begin({ from }: Row): void {
    this.open = [];
    this.ends = [];
    this.end = from;
  }

  /** The types that come next, up to `to`. */
  add(x: number, to: number): void {
    const { sure, open, ends, end } = this;
    if (to === end) return;
    if (ends.length > 0 && sure[end - 1] === x) ends[ends.length - 1] = to;
    else ends.push(to);
    // Of a few it is quicker to write each.
    if (to - end > 16) sure.fill(x, end, to);
    else for (let b = end; b < to; b++) sure[b] = x;
    for (let b = end; x === TIED && b < to; b++) open.push(b);
    this.end = to;
  }

  /** Of a row that has been filled by somebody else. */
  look({ from, to }: Row): void {
    const { sure } = this;
    const open: number[] = [];
    const ends: number[] = [];
    for (let b = from; b < to; b++) {
      if (sure[b] === TIED) open.push(b);
      if (b + 1 === to || sure[b + 1] !== sure[b]) ends.push(b + 1);
    }
    this.open = open;
    this.ends = ends;
  }

  /** Of another row, with what is chosen where nothing is for sure, or TIED. */
  settle(row: Row, other: SureRow, choose: (b: number) => number): void {
    if (other.open.length === 0) {
      this.copy(other);
      return;
    }
    this.begin(row);
    for (const to of other.ends) {
      const x = other.sure[to - 1];
      if (x !== TIED) this.add(x, to);
      else while (this.end < to) this.add(choose(this.end), this.end + 1);
    }
  }

  copy(other: SureRow): void {
    this.sure.set(other.sure);
    this.open = other.open.slice();
    this.ends = other.ends.slice();
  }
}
