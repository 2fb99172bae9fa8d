import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { firstAtLeast } from "../number/first-at-least.js";
import { type Integer, plus, short, times } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import { All, Best, BestPriced, type Candidates } from "./candidates.js";
import type { Exchangeability } from "./exchangeability.js";
import { outcomeClasses } from "./orbits.js";
import { equalShares, type MixturePart, type Rule, type Shares, sharesOf, type TieRule } from "./rule.js";
import type { Row, Space } from "./space.js";
import { type SureRow, SureRuns, TIED } from "./sure-row.js";

/** What a rule chooses, a row of profiles at a time. */
export interface Choices extends SureRow {
  fill(row: Row): void;
  /** What is chosen where nothing is for sure. */
  lottery(b: number): Shares;
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
        return new Excepting(space, this.choices(rule.rule), rule.lotteries);
      case "mixture":
        return new Mixture(
          space,
          rule.parts,
          rule.parts.map((part) => this.choices(part.rule)),
        );
    }
  }
}

/** Candidates among which ties are settled. */
class Settled extends SureRuns implements Choices {
  /** By type of the last agent, where nothing is for sure: all that are chosen. */
  private readonly chosen: (readonly number[])[] = [];
  private readonly shares = new WeakMap<readonly number[], Shares>();
  private readonly choose: (all: readonly number[], b: number) => readonly number[];
  private readonly orbits: AlikeOutcomes | undefined;

  constructor(
    space: Space,
    private readonly candidates: Candidates,
    ties: TieRule,
    together: boolean,
  ) {
    super(space);
    const { exchange } = space;
    const orbits =
      exchange && !exchange.outcomesStay && !together ? new AlikeOutcomes(space, exchange) : undefined;
    this.orbits = orbits;
    const one = (all: readonly number[]) => (ties === "first" ? all[0] : all[all.length - 1]);
    if (ties === "uniform") this.choose = (all) => all;
    else if (orbits) this.choose = (all, b) => orbits.of(one(all), b);
    else this.choose = (all) => [one(all)];
  }

  fill(row: Row): void {
    const { candidates, chosen } = this;
    candidates.fill(row);
    this.orbits?.fill(row);
    this.settle(row, candidates, (b) => {
      chosen[b] = this.choose(candidates.all(b), b);
      return chosen[b].length === 1 ? chosen[b][0] : TIED;
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
class Listed extends SureRuns implements Choices {
  private row: Row | undefined;
  private readonly known = new WeakMap<Lottery, Shares>();

  constructor(
    space: Space,
    private readonly at: (row: Row, b: number) => Lottery,
  ) {
    super(space);
  }

  fill(row: Row): void {
    this.row = row;
    for (let b = row.from; b < row.to; b++) {
      const { outcomes, shares, denominator } = this.lottery(b);
      const isSure = outcomes.length === 1 && denominator === 1n && shares[0] === 1;
      this.sure[b] = isSure ? outcomes[0] : TIED;
    }
    this.look(row);
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
class Excepting extends SureRuns implements Choices {
  private row: Row | undefined;
  private readonly first: Float64Array;

  constructor(
    space: Space,
    private readonly rule: Choices,
    private readonly lotteries: ReadonlyMap<number, Lottery>,
  ) {
    super(space);
    this.first = Float64Array.from(lotteries.keys()).sort();
  }

  fill(row: Row): void {
    const { rule, lotteries, sure, first } = this;
    this.row = row;
    rule.fill(row);
    this.copy(rule);
    let changed = false;
    for (let k = firstAtLeast(first, row.first + row.from); first[k] < row.first + row.to; k++) {
      const lottery = lotteries.get(first[k])!;
      const isSure = lottery.length === 1 && lottery[0].probability.equals(Rational.ONE);
      sure[first[k] - row.first] = isSure ? lottery[0].outcome : TIED;
      changed = true;
    }
    if (changed) this.look(row);
  }

  lottery(b: number): Shares {
    const listed = this.lotteries.get(this.row!.first + b);
    return listed ? sharesOf(listed) : this.rule.lottery(b);
  }
}

/** One of several rules, by chance. */
class Mixture extends SureRuns implements Choices {
  private readonly denominator: bigint;
  private readonly weights: readonly bigint[];

  constructor(
    space: Space,
    parts: readonly MixturePart[],
    private readonly choices: readonly Choices[],
  ) {
    super(space);
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
    this.look(row);
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
