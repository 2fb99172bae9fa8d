import { certain, type Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { RationalVectorBuilder } from "../number/rational-vector-builder.js";
import type { Mechanism } from "./direct-mechanism.js";

/** The lotteries of all profiles: a number for each, as most choose one outcome for sure and others repeat themselves. */
export class LotteryTable {
  private readonly sure: Lottery[] = [];

  constructor(
    /** By profile: the outcome that is chosen for sure, or `~k` for the k-th of `mixed`. */
    readonly choice: Int32Array,
    /** Lotteries over several outcomes, all different. */
    readonly mixed: readonly Lottery[],
  ) {}

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

/** A mechanism in tables by profile: flat numbers, so that millions of profiles fit in memory. */
export class TableMechanism implements Mechanism {
  constructor(
    readonly lotteries: LotteryTable,
    /** For each agent, by profile. */
    readonly payments: readonly RationalVector[],
    /** By profile; zero when absent. */
    readonly subsidies: RationalVector | undefined,
  ) {}

  /** A mechanism with all its profiles written out. */
  static of(mechanism: Mechanism, agentCount: number, profileCount: number): TableMechanism {
    if (mechanism instanceof TableMechanism) return mechanism;
    const lotteries = new LotteryTableBuilder();
    const payments = Array.from({ length: agentCount }, () => new RationalVectorBuilder(profileCount));
    const subsidies = new RationalVectorBuilder(profileCount);
    for (let profile = 0; profile < profileCount; profile++) {
      lotteries.push(mechanism.lottery(profile));
      payments.forEach((own, agent) => {
        own.push(mechanism.payment(agent, profile));
      });
      subsidies.push(mechanism.subsidy(profile));
    }
    return new TableMechanism(
      lotteries.build(),
      payments.map((own) => own.build()),
      subsidies.build(),
    );
  }

  lottery(profile: number): Lottery {
    return this.lotteries.at(profile);
  }

  payment(agent: number, profile: number): Rational {
    return this.payments[agent].at(profile);
  }

  subsidy(profile: number): Rational {
    return this.subsidies?.at(profile) ?? Rational.ZERO;
  }
}

/** Payments as one table for each agent, by profile. */
export interface MechanismTables {
  readonly lotteries: readonly Lottery[];
  readonly payments: readonly RationalVector[];
  /** By profile; zero when absent. */
  readonly subsidies?: RationalVector;
}

/** The mechanism that tables describe. */
export function tableMechanism({ lotteries, payments, subsidies }: MechanismTables): TableMechanism {
  const table = new LotteryTableBuilder();
  for (const lottery of lotteries) table.push(lottery);
  return new TableMechanism(table.build(), payments, subsidies);
}

/** All payments and lotteries of a mechanism, written out. */
export function tabulate(mechanism: Mechanism, agentCount: number, profileCount: number): MechanismTables {
  const profiles = Array.from({ length: profileCount }, (_, profile) => profile);
  return {
    lotteries: profiles.map((profile) => mechanism.lottery(profile)),
    payments: Array.from({ length: agentCount }, (_, agent) =>
      RationalVector.from(profiles.map((profile) => mechanism.payment(agent, profile))),
    ),
    subsidies: RationalVector.from(profiles.map((profile) => mechanism.subsidy(profile))),
  };
}
