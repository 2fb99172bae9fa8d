import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, isZero, negate, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import { SumsOver } from "../number/sums-over.js";
import { Rules } from "../space/choices.js";
import { LotterySums } from "../space/lottery-sums.js";
import { othersWeight, type Row, Space } from "../space/space.js";
import { Quantities } from "./quantities.js";
import { SlackTally } from "./slack-tally.js";

/** Money from outside that a mechanism takes, and where. */
export interface OutsideMoney {
  /** `E z`. */
  readonly expected: Rational;
  /** The most that it takes at any profile, zero at least. */
  readonly most: Rational;
  /** The amount, where it is the same at every profile. */
  readonly constant?: Rational | undefined;
  /** The rest is absent where it is the same at every profile. At how many profiles it takes any, */
  readonly profiles?: number;
  /** one at which it takes the most, */
  readonly at?: string | undefined;
  /** and `E[z | type]`, by agent and type. */
  readonly byType?: (agent: number, type: number) => Rational;
}

/** Outside money over all profiles: what is expected of it, by whom, and the most. */
export class OutsideMoneySums {
  private readonly constant: Rational | undefined;
  private readonly sums = new SumsOver();
  /** By group of alike agents. */
  private readonly byType: readonly LotterySums[];
  private readonly least: SlackTally;
  /** The greatest amount is the smallest of the negative ones. */
  private readonly greatest: SlackTally;
  private profiles: Integer = 0;

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    { money }: StructuredMechanism,
  ) {
    this.constant = money.kind === "constant" ? money.amount : undefined;
    this.byType = space.groups.map(({ types }) => new LotterySums(types));
    const label = (s: number) => space.environment.profileLabel(s);
    this.least = new SlackTally(quantities.unit, label);
    this.greatest = new SlackTally(quantities.unit, label);
  }

  add(row: Row): void {
    if (this.constant) return;
    const { quantities, byType, sums } = this;
    const { groupOf } = this.space;
    const { from, to, types, lead, factors, spread, alone, sizes } = row;
    const { open } = quantities.choices;
    const amounts = quantities.subsidies();
    const own = byType[groupOf[types.length]].whole;
    let sum: Integer = 0;
    let { profiles } = this;
    let [low, high] = [-1, -1];
    for (let b = from, next = 0; b < to; b++) {
      const amount = amounts[b];
      if (!isZero(amount)) profiles = plus(profiles, sizes[b]);
      if (open[next] === b) {
        next++;
        this.addLottery(row, b, amount);
        continue;
      }
      if (low < 0 || amount < amounts[low]) low = b;
      if (high < 0 || amount > amounts[high]) high = b;
      if (isZero(amount)) continue;
      sum = plus(sum, times(spread[b], amount));
      own[b] = plus(own[b], times(alone[b], amount));
    }
    this.profiles = profiles;
    if (low >= 0) this.offer(amounts[low], 1, row.first + low);
    if (high >= 0) this.offer(amounts[high], 1, row.first + high);
    sums.add(times(lead, sum), 1);
    for (let i = 0; i < types.length; i++) {
      const { whole } = byType[groupOf[i]];
      whole[types[i]] = plus(whole[types[i]], times(factors[i], sum));
    }
  }

  /** An amount over the lottery's denominator. */
  private addLottery(row: Row, b: number, amount: Integer): void {
    const { sums, byType, space, quantities } = this;
    const over = quantities.denominator(b);
    this.offer(amount, over, row.first + b);
    sums.add(times(times(row.lead, row.spread[b]), amount), over);
    for (let i = 0; i <= row.types.length; i++) {
      const own = byType[space.groupOf[i]].of(BigInt(over));
      const type = i === row.types.length ? b : row.types[i];
      own[type] = plus(own[type], times(othersWeight(row, i, b), amount));
    }
  }

  private offer(amount: Integer, over: Integer, profile: number): void {
    this.least.offer(amount, over, profile);
    this.greatest.offer(negate(amount), over, profile);
  }

  /** `E z`. */
  get expected(): Rational {
    return this.constant ?? this.sums.value(this.space.whole * this.quantities.unit);
  }

  /** `max z`, zero at least. */
  get most(): Rational {
    return Rational.maximum(this.constant ?? this.greatest.smallest!.slack.negate(), Rational.ZERO);
  }

  get report(): OutsideMoney {
    const { space, expected, most, least, greatest, constant, byType } = this;
    // It may be the same everywhere though it is written down profile by profile.
    if (constant ?? least.smallest!.slack.equals(greatest.smallest!.slack.negate()))
      return { expected, most, constant: expected };
    const vectors = byType.map((own, g): RationalVector => {
      const { first, agents } = space.groups[g];
      return own.value(this.quantities.unit, (type) => space.beliefTotal(first, type) * BigInt(agents));
    });
    return {
      expected,
      most,
      profiles: Number(this.profiles),
      at: greatest.smallest!.worst,
      byType: (agent, type) => vectors[space.groupOf[agent]].at(type),
    };
  }
}

/** More profiles, or orbits, are not looked at for this alone. */
const MOST_PLACES = 2_000_000;

/** Undefined where it is not the same everywhere, and there are too many profiles to look at. */
export function outsideMoney(mechanism: StructuredMechanism): OutsideMoney | undefined {
  const space = new Space(mechanism.environment, mechanism.alike);
  const isConstant = mechanism.money.kind === "constant";
  if (!isConstant && space.count > MOST_PLACES) return undefined;
  const quantities = new Quantities(space, mechanism, new Rules(space, mechanism.given));
  const sums = new OutsideMoneySums(space, quantities, mechanism);
  if (!isConstant) {
    space.rows((row) => {
      quantities.fill(row);
      sums.add(row);
    });
  }
  return sums.report;
}
