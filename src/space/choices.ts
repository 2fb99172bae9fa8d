import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { firstAtLeast } from "../number/first-at-least.js";
import { type Integer, plus, short, times } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import type { Exchangeability } from "./exchangeability.js";
import { outcomeClasses } from "./orbits.js";
import {
  equalShares,
  type MixturePart,
  type PricedRule,
  type Rule,
  type Shares,
  sharesOf,
  type TieRule,
} from "./rule.js";
import { Scores, TIED, WELFARE } from "./scores.js";
import type { Row, Space } from "./space.js";

/** What a rule chooses, a row of profiles at a time. */
export interface Choices {
  fill(row: Row): void;
  /** By type of the last agent: the outcome that is chosen for sure, or TIED. */
  readonly sure: Int32Array;
  /** The types for which it is TIED. */
  readonly open: readonly number[];
  /** What is chosen where nothing is for sure. */
  lottery(b: number): Shares;
}

/** Outcomes among which there may be ties, a row of profiles at a time. */
export interface Candidates {
  fill(row: Row): void;
  /** By type of the last agent: the only one, or TIED. */
  readonly sure: Int32Array;
  /** The types for which it is TIED. */
  readonly open: readonly number[];
  /** All of them, in their order. */
  all(b: number): readonly number[];
}

/** The choices of rules in one space. Efficient outcomes are looked for once, whoever asks. */
export class Rules {
  readonly efficient: Candidates;
  readonly all: Candidates;

  constructor(
    private readonly space: Space,
    private readonly given: AllocationRule | undefined,
    /**
     * Among outcomes that exchanging agents of equal types turns into each other, one is as good as an equal lottery to whoever
     * asks only what agents of each type get together. The first stands for all then.
     */
    private readonly together = false,
  ) {
    this.efficient = new Best(space);
    this.all = new All(space);
  }

  /** Throws RangeError for the given rule where there is none. */
  choices(rule: Rule): Choices {
    const { space, given } = this;
    switch (rule.kind) {
      case "given":
        if (!given) throw new RangeError("the instance has no allocation rule");
        return new Listed(space, (row, b) => given(row.first + b));
      case "table":
        return new Listed(space, (row, b) => rule.lotteries.at(row.start + b - row.from));
      case "efficient":
        return new Settled(space, this.efficient, rule.ties, this.together);
      case "priced":
        return new Settled(space, new BestPriced(space, this[rule.among], rule), "first", this.together);
      case "except":
        return new Excepting(this.choices(rule.rule), rule.lotteries);
      case "mixture":
        return new Mixture(
          space,
          rule.parts,
          rule.parts.map((part) => this.choices(part.rule)),
        );
    }
  }
}

function places(space: Space): Int32Array {
  const { profiles, agentCount } = space.environment;
  return new Int32Array(profiles.sizes[agentCount - 1]);
}

function openOf(sure: Int32Array, { from, to }: Row): number[] {
  const open: number[] = [];
  for (let b = from; b < to; b++) if (sure[b] === TIED) open.push(b);
  return open;
}

/** The outcomes of the greatest welfare. */
class Best implements Candidates {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private readonly scores: Scores;
  private readonly known: KnownOutcomes | undefined;
  private row: Row | undefined;
  private seen = -1;
  /** Of the row for which there are scores. */
  private scored = -1;
  /** So many profiles with ties are still to be compared with the definition. */
  private unchecked = 16;

  constructor(private readonly space: Space) {
    this.sure = places(space);
    this.scores = new Scores(space, WELFARE);
    this.known = KnownOutcomes.of(space);
  }

  fill(row: Row): void {
    // Rows come in the order of their starts, the first one again with a new pass.
    if (this.seen === row.start) return;
    this.seen = row.start;
    this.row = row;
    this.scored = -1;
    const { known, sure } = this;
    if (known?.take(row, sure)) this.open = openOf(sure, row);
    else {
      this.open = this.score().best(sure);
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

class All implements Candidates {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private readonly outcomes: readonly number[];

  constructor(space: Space) {
    this.outcomes = space.environment.outcomes.map((_, x) => x);
    this.sure = places(space).fill(this.outcomes.length === 1 ? 0 : TIED);
  }

  fill(row: Row): void {
    this.open = openOf(this.sure, row);
  }

  all(): readonly number[] {
    return this.outcomes;
  }
}

/** Of candidates those of the greatest virtual welfare. */
class BestPriced implements Candidates {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private readonly scores: Scores;

  constructor(
    space: Space,
    private readonly among: Candidates,
    rule: PricedRule,
  ) {
    this.sure = places(space);
    this.scores = new Scores(space, rule);
  }

  fill(row: Row): void {
    this.among.fill(row);
    this.scores.fill(row);
    if (this.among instanceof All) {
      this.open = this.scores.best(this.sure);
      return;
    }
    this.sure.set(this.among.sure);
    this.open = this.among.open.filter((b) => {
      const best = this.all(b);
      if (best.length === 1) this.sure[b] = best[0];
      return best.length > 1;
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

/** Candidates among which ties are settled. */
class Settled implements Choices {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  /** By type of the last agent, where nothing is for sure: all that are chosen. */
  private readonly chosen: (readonly number[])[] = [];
  private readonly shares = new WeakMap<readonly number[], Shares>();
  private readonly settle: (all: readonly number[], b: number) => readonly number[];
  private readonly orbits: AlikeOutcomes | undefined;

  constructor(
    space: Space,
    private readonly candidates: Candidates,
    ties: TieRule,
    together: boolean,
  ) {
    this.sure = places(space);
    const { exchange } = space;
    const orbits =
      exchange && !exchange.outcomesStay && !together ? new AlikeOutcomes(space, exchange) : undefined;
    this.orbits = orbits;
    const one = (all: readonly number[]) => (ties === "first" ? all[0] : all[all.length - 1]);
    if (ties === "uniform") this.settle = (all) => all;
    else if (orbits) this.settle = (all, b) => orbits.of(one(all), b);
    else this.settle = (all) => [one(all)];
  }

  fill(row: Row): void {
    const { candidates, sure, chosen } = this;
    candidates.fill(row);
    this.orbits?.fill(row);
    sure.set(candidates.sure);
    if (candidates.open.length === 0) {
      this.open = candidates.open;
      return;
    }
    this.open = candidates.open.filter((b) => {
      chosen[b] = this.settle(candidates.all(b), b);
      if (chosen[b].length === 1) sure[b] = chosen[b][0];
      return chosen[b].length > 1;
    });
  }

  lottery(b: number): Shares {
    const own = this.chosen[b];
    const known = this.shares.get(own) ?? equalShares(own);
    this.shares.set(own, known);
    return known;
  }
}

/** Outcomes that exchanging agents of equal types turns into each other, a row at a time. */
class AlikeOutcomes {
  /** By which neighbours are equal, for each outcome. */
  private readonly known = new Map<string, ReadonlyMap<number, readonly number[]>>();
  private row: Row | undefined;
  /** Which neighbours are equal among all agents but the last. */
  private before = "";

  constructor(
    private readonly space: Space,
    private readonly exchange: Exchangeability,
  ) {}

  fill(row: Row): void {
    const { types } = row;
    this.row = row;
    let before = "";
    for (let i = 0; i + 1 < types.length; i++) before += types[i] === types[i + 1] ? "=" : "<";
    this.before = before;
  }

  of(outcome: number, b: number): readonly number[] {
    const { types } = this.row!;
    const key = this.before + (types[types.length - 1] === b ? "=" : "<");
    const classes = this.known.get(key) ?? this.find(key, [...types, b]);
    return classes.get(outcome)!;
  }

  private find(key: string, types: readonly number[]): ReadonlyMap<number, readonly number[]> {
    const all = this.space.environment.outcomes.map((_, x) => x);
    const found = outcomeClasses({ types }, all, this.exchange);
    const classes = new Map(found.flatMap((members) => members.map((member) => [member, members] as const)));
    this.known.set(key, classes);
    return classes;
  }
}

/** A rule that is looked up, profile by profile. */
class Listed implements Choices {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private row: Row | undefined;
  private readonly known = new WeakMap<Lottery, Shares>();

  constructor(
    space: Space,
    private readonly at: (row: Row, b: number) => Lottery,
  ) {
    this.sure = places(space);
  }

  fill(row: Row): void {
    this.row = row;
    for (let b = row.from; b < row.to; b++) {
      const { outcomes, shares, denominator } = this.lottery(b);
      const isSure = outcomes.length === 1 && denominator === 1n && shares[0] === 1;
      this.sure[b] = isSure ? outcomes[0] : TIED;
    }
    this.open = openOf(this.sure, row);
  }

  lottery(b: number): Shares {
    const lottery = this.at(this.row!, b);
    let shares = this.known.get(lottery);
    if (!shares) {
      shares = sharesOf(lottery);
      this.known.set(lottery, shares);
    }
    return shares;
  }
}

/** A rule but for profiles at which lotteries are listed. */
class Excepting implements Choices {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private row: Row | undefined;
  private readonly first: Float64Array;

  constructor(
    private readonly rule: Choices,
    private readonly lotteries: ReadonlyMap<number, Lottery>,
  ) {
    this.sure = rule.sure.slice();
    this.first = Float64Array.from(lotteries.keys()).sort();
  }

  fill(row: Row): void {
    const { rule, lotteries, sure, first } = this;
    this.row = row;
    rule.fill(row);
    sure.set(rule.sure);
    this.open = rule.open;
    let changed = false;
    for (let k = firstAtLeast(first, row.first + row.from); first[k] < row.first + row.to; k++) {
      const lottery = lotteries.get(first[k])!;
      const isSure = lottery.length === 1 && lottery[0].probability.equals(Rational.ONE);
      sure[first[k] - row.first] = isSure ? lottery[0].outcome : TIED;
      changed = true;
    }
    if (changed) this.open = openOf(sure, row);
  }

  lottery(b: number): Shares {
    const listed = this.lotteries.get(this.row!.first + b);
    return listed ? sharesOf(listed) : this.rule.lottery(b);
  }
}

/** One of several rules, by chance. */
class Mixture implements Choices {
  readonly sure: Int32Array;
  open: readonly number[] = [];
  private readonly denominator: bigint;
  private readonly weights: readonly bigint[];

  constructor(
    space: Space,
    parts: readonly MixturePart[],
    private readonly choices: readonly Choices[],
  ) {
    this.sure = places(space);
    this.denominator = parts.reduce((common, { weight }) => lcm(common, weight.denominator), 1n);
    this.weights = parts.map(({ weight }) => weight.numerator * (this.denominator / weight.denominator));
  }

  fill(row: Row): void {
    for (const part of this.choices) part.fill(row);
    const [first] = this.choices;
    for (let b = row.from; b < row.to; b++) {
      const same = this.choices.every((part) => part.sure[b] === first.sure[b]);
      this.sure[b] = same ? first.sure[b] : TIED;
    }
    this.open = openOf(this.sure, row);
  }

  lottery(b: number): Shares {
    const parts = this.choices.map((part) =>
      part.sure[b] === TIED ? part.lottery(b) : equalShares([part.sure[b]]),
    );
    const common = parts.reduce((so, { denominator }) => lcm(so, denominator), 1n);
    const chance = new Map<number, Integer>();
    parts.forEach(({ outcomes, shares, denominator }, k) => {
      const factor = short(this.weights[k] * (common / denominator));
      outcomes.forEach((x, j) => {
        chance.set(x, plus(chance.get(x) ?? 0, times(factor, shares[j])));
      });
    });
    return {
      outcomes: [...chance.keys()],
      shares: [...chance.values()],
      denominator: common * this.denominator,
    };
  }
}
