import { equal, type Integer, isZero, plus, short, times } from "../number/integer.js";
import { IntegerArray } from "../number/integer-array.js";
import { lcm, Rational } from "../number/rational.js";
import type { Shares } from "../space/rule.js";
import type { Row, Space } from "../space/space.js";
import type { Quantities } from "./quantities.js";

/**
 * Everything that a mechanism chooses and asks, profile by profile, for requirements that compare profiles with each other. Money
 * is over `unit` times one denominator of all lotteries.
 */
export class Record {
  /** By profile: the outcome that is chosen for sure, or `~k` for the k-th of the lotteries. */
  readonly choice: Int32Array;
  private readonly lotteries: Shares[] = [];
  private readonly known = new Map<string, number>();
  /** `payments[agent][profile]`, over `unit` times the lottery's own denominator until `finish`; of agents without menus. */
  private readonly payments: readonly (IntegerArray | undefined)[];
  /** What all lotteries' denominators divide. */
  shares: bigint = 1n;

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
  ) {
    const { profiles, agents } = space.environment;
    this.choice = new Int32Array(profiles.count);
    this.payments = agents.map((_, i) =>
      quantities.menus[i] ? undefined : new IntegerArray(profiles.count),
    );
  }

  add({ first, from, to }: Row): void {
    const { choice, payments, quantities } = this;
    const { choices } = quantities;
    choice.set(choices.sure, first);
    for (const b of choices.open) choice[first + b] = ~this.place(choices.lottery(b));
    for (let i = 0; i < payments.length; i++) {
      const own = payments[i];
      if (!own) continue;
      const list = quantities.payments(i);
      for (let b = from; b < to; b++) own.set(first + b, list[b]);
    }
  }

  private place(lottery: Shares): number {
    const key = `${lottery.outcomes.join()}:${lottery.shares.join()}/${lottery.denominator}`;
    let place = this.known.get(key);
    if (place === undefined) {
      place = this.lotteries.push(lottery) - 1;
      this.known.set(key, place);
      this.shares = lcm(this.shares, lottery.denominator);
    }
    return place;
  }

  /** Brings all payments over the same unit, once every row has been added. */
  finish(): this {
    const { choice, payments, lotteries } = this;
    if (lotteries.length === 0) return this;
    const sure = short(this.shares);
    const factors = lotteries.map(({ denominator }) => short(this.shares / denominator));
    for (const own of payments) {
      for (let s = 0; own && s < own.length; s++)
        own.set(s, times(own.at(s), choice[s] < 0 ? factors[~choice[s]] : sure));
    }
    return this;
  }

  /** An agent's prices, where its payments are a menu for each cut. */
  menu(agent: number): ArrayLike<Integer> | undefined {
    return this.quantities.menus[agent];
  }

  /** What the agent pays at a profile; by a menu where the cut is known. */
  payment(agent: number, profile: number): Integer {
    const own = this.payments[agent];
    if (own) return own.at(profile);
    const { profiles } = this.space.environment;
    const [stride, type] = [profiles.strides[agent], profiles.typeOf(profile, agent)];
    let cut = 0;
    for (let t = 0, s = profile - type * stride; t < profiles.sizes[agent]; t++, s += stride) {
      if (this.choice[s] === 0) cut++;
    }
    return this.menu(agent)![2 * cut + this.choice[profile]];
  }

  /** What the agent gets from a choice, being of a type at a true profile. */
  value(agent: number, type: number, truth: number, choice: number): Integer {
    const table = this.space.environment.values[agent];
    const { scale } = this.quantities;
    if (choice >= 0) return times(times(scale, short(this.shares)), table.numerator(type, truth, choice));
    const { outcomes, shares, denominator } = this.lotteries[~choice];
    const factor = times(scale, short(this.shares / denominator));
    return outcomes.reduce<Integer>(
      (total, x, k) => plus(total, times(times(factor, shares[k]), table.numerator(type, truth, x))),
      0,
    );
  }

  /** The same by type of the agent, on the line that begins at a profile. With private values it is the same on all lines. */
  values(agent: number): (choice: number, first: number) => readonly Integer[] {
    const { profiles, values } = this.space.environment;
    const [size, stride] = [profiles.sizes[agent], profiles.strides[agent]];
    const along = (choice: number, first: number) =>
      Array.from({ length: size }, (_, type) => this.value(agent, type, first + type * stride, choice));
    if (values[agent].dependsOnProfile) return along;
    const known = new Map<number, readonly Integer[]>();
    return (choice) => {
      const found = known.get(choice) ?? along(choice, 0);
      known.set(choice, found);
      return found;
    };
  }

  /** Tells choices apart that are different lotteries, in whatever order they list their outcomes. */
  sameChoices(): (choice: number) => number {
    const first = new Map<string, number>();
    const places = this.lotteries.map(({ outcomes, shares, denominator }, k) => {
      const entries = outcomes.flatMap((x, e) =>
        isZero(shares[e]) ? [] : [`${x}:${Rational.of(shares[e], denominator)}`],
      );
      const sure = outcomes.find((_, e) => equal(shares[e], short(denominator)));
      if (sure !== undefined && entries.length === 1) return sure;
      const key = entries.sort().join(" ");
      const found = first.get(key) ?? ~k;
      first.set(key, found);
      return found;
    });
    return (choice) => (choice < 0 ? places[~choice] : choice);
  }

  /** Of all money. */
  get unit(): bigint {
    return this.quantities.unit * this.shares;
  }
}
