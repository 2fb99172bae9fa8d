import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { Integer } from "../number/integer.js";
import type { PricedRule } from "./rule.js";
import { Scores, WELFARE } from "./scores.js";
import type { Row, Space } from "./space.js";
import { type SureRow, SureRuns, TIED } from "./sure-row.js";

/** Outcomes among which there may be ties, a row of profiles at a time. */
export interface Candidates extends SureRow {
  fill(row: Row): void;
  /** All of them, in their order. */
  all(b: number): readonly number[];
}

/** The outcomes of the greatest welfare. */
export class Best extends SureRuns implements Candidates {
  private readonly scores: Scores;
  private readonly known: KnownOutcomes | undefined;
  private row: Row | undefined;
  private seen = -1;
  /** Of the row for which there are scores. */
  private scored = -1;
  /** So many profiles with ties are still to be compared with the definition. */
  private unchecked = 16;

  constructor(private readonly space: Space) {
    super(space);
    this.scores = new Scores(space, WELFARE);
    // What a threshold tells is told as quickly again.
    this.known = this.scores.hasThreshold ? undefined : KnownOutcomes.of(space);
  }

  fill(row: Row): void {
    // Rows come in the order of their starts, the first one again with a new pass.
    if (this.seen === row.start) return;
    this.seen = row.start;
    this.row = row;
    this.scored = -1;
    const { known, sure } = this;
    if (known?.take(row, sure)) this.look(row);
    else {
      this.score().best(this);
      known?.keep(row, sure);
    }
    if (this.open.length > 0 && this.unchecked > 0) this.checkTies(row, this.open[0]);
  }

  private score(): Scores {
    if (this.scored !== this.seen) this.scores.fill(this.row!);
    this.scored = this.seen;
    return this.scores;
  }

  /** Compares with the definition. */
  private checkTies({ first }: Row, b: number): void {
    const { environment } = this.space;
    this.unchecked--;
    if (efficientOutcomes(environment, first + b).join() === this.all(b).join()) return;
    throw new Error(`ties at ${environment.profileLabel(first + b)} are not told right: this is a bug`);
  }

  all(b: number): readonly number[] {
    return this.sure[b] === TIED ? this.score().allBest(b) : [this.sure[b]];
  }
}

/** What one pass has found of every row, for those that follow: which outcome is efficient, or that several are. */
class KnownOutcomes {
  private readonly outcomes: Int16Array;
  /** Everything before this place is known. */
  private end = 0;

  private constructor(count: number) {
    this.outcomes = new Int16Array(count);
  }

  /** The same for all who ask about an environment, or its orbits; undefined where there are too many. */
  static of({ environment, alike, count }: Space): KnownOutcomes | undefined {
    if (count > MOST_KNOWN || environment.outcomes.length > MOST_OUTCOMES) return undefined;
    const own = known.get(environment) ?? {};
    known.set(environment, own);
    const kind = alike ? "orbits" : "profiles";
    own[kind] ??= new KnownOutcomes(count);
    return own[kind];
  }

  take({ start, from, to }: Row, sure: Int32Array): boolean {
    const { outcomes, end } = this;
    if (start + to - from > end) return false;
    for (let b = from, k = start; b < to; b++, k++) sure[b] = outcomes[k];
    return true;
  }

  keep({ start, from, to }: Row, sure: Int32Array): void {
    const { outcomes } = this;
    if (start !== this.end) return;
    for (let b = from, k = start; b < to; b++, k++) outcomes[k] = sure[b];
    this.end = start + to - from;
  }
}

const MOST_KNOWN = 20_000_000;
const MOST_OUTCOMES = 2 ** 15;

const known = new WeakMap<Environment, { profiles?: KnownOutcomes; orbits?: KnownOutcomes }>();

export class All extends SureRuns implements Candidates {
  private readonly outcomes: readonly number[];

  constructor(space: Space) {
    super(space);
    this.outcomes = space.environment.outcomes.map((_, x) => x);
  }

  fill(row: Row): void {
    this.begin(row);
    this.add(this.outcomes.length === 1 ? 0 : TIED, row.to);
  }

  all(): readonly number[] {
    return this.outcomes;
  }
}

/** Of candidates those of the greatest virtual welfare. */
export class BestPriced extends SureRuns implements Candidates {
  private readonly scores: Scores;

  constructor(
    space: Space,
    private readonly among: Candidates,
    rule: PricedRule,
  ) {
    super(space);
    this.scores = new Scores(space, rule);
  }

  fill(row: Row): void {
    this.among.fill(row);
    this.scores.fill(row);
    if (this.among instanceof All) this.scores.best(this);
    else
      this.settle(row, this.among, (b) => {
        const best = this.all(b);
        return best.length === 1 ? best[0] : TIED;
      });
  }

  all(b: number): readonly number[] {
    let best: number[] = [];
    let most: Integer = 0;
    for (const x of this.among.all(b)) {
      const own = this.scores.at(b, x);
      if (best.length > 0 && own < most) continue;
      if (best.length === 0 || own > most) best = [x];
      else best.push(x);
      most = own;
    }
    return best;
  }
}
