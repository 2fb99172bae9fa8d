import { certain, type Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { LotteryList } from "./rule.js";

/** The lotteries of all profiles: a number for each, as most choose one outcome for sure and others repeat themselves. */
export class LotteryTable implements LotteryList {
  private readonly sure: Lottery[] = [];

  constructor(
    /** By profile: the outcome that is chosen for sure, or `~k` for the k-th of `mixed`. */
    readonly choice: Int32Array,
    /** Lotteries over several outcomes, all different. */
    readonly mixed: readonly Lottery[],
  ) {}

  static from(lotteries: Iterable<Lottery>): LotteryTable {
    const table = new LotteryTableBuilder();
    for (const lottery of lotteries) table.push(lottery);
    return table.build();
  }

  get length(): number {
    return this.choice.length;
  }

  at(profile: number): Lottery {
    const choice = this.choice[profile];
    if (choice < 0) return this.mixed[~choice];
    this.sure[choice] ??= certain(choice);
    return this.sure[choice];
  }
}

/** Collects the lotteries of a table, profile by profile. */
export class LotteryTableBuilder {
  private choice = new Int32Array(64);
  private readonly mixed: Lottery[] = [];
  private readonly known = new Map<string, number>();
  private count = 0;

  pushSure(outcome: number): void {
    this.pushChoice(outcome);
  }

  push(lottery: Lottery): void {
    if (lottery.length === 1 && lottery[0].probability.equals(Rational.ONE)) {
      this.pushSure(lottery[0].outcome);
      return;
    }
    const key = lottery.map(({ outcome, probability }) => `${outcome}:${probability}`).join(" ");
    let place = this.known.get(key);
    if (place === undefined) {
      place = this.mixed.push(lottery) - 1;
      this.known.set(key, place);
    }
    this.pushChoice(~place);
  }

  /** An outcome for sure, or `~k` for the k-th mixed lottery. */
  private pushChoice(choice: number): void {
    if (this.count === this.choice.length) {
      const longer = new Int32Array(2 * this.count);
      longer.set(this.choice);
      this.choice = longer;
    }
    this.choice[this.count++] = choice;
  }

  build(): LotteryTable {
    return new LotteryTable(this.choice.slice(0, this.count), this.mixed);
  }
}
