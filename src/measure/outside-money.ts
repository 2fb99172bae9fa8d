import { OutsideMoneySums } from "../kernel/outside-money.js";
import { Quantities } from "../kernel/quantities.js";
import { SlackTally } from "../kernel/slack-tally.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, isZero, negate, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import { Rules } from "../space/choices.js";
import { LotterySums } from "../space/lottery-sums.js";
import { othersWeight, type Row, Space } from "../space/space.js";

/** Money from outside that a mechanism takes, and where. */
export interface OutsideMoneyReport {
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

/** More profiles, or orbits, are not looked at for this alone. */
const MOST_PLACES = 2_000_000;

/** Undefined where it is not the same everywhere, and there are too many profiles to look at. */
export function outsideMoney(mechanism: StructuredMechanism): OutsideMoneyReport | undefined {
  const { environment, alike, money } = mechanism;
  if (money.kind === "constant") {
    const { amount } = money;
    return { expected: amount, most: Rational.maximum(amount, Rational.ZERO), constant: amount };
  }
  const space = new Space(environment, alike);
  if (space.count > MOST_PLACES) return undefined;
  const quantities = new Quantities(space, mechanism, new Rules(space, mechanism.given));
  const sums = new OutsideMoneySums(space, quantities, mechanism);
  const byType = space.groups.map(({ types }) => new LotterySums(types));
  const label = (s: number) => environment.profileLabel(s);
  const least = new SlackTally(quantities.unit, label);
  // The greatest amount is the smallest of the negative ones.
  const most = new SlackTally(quantities.unit, label);
  let profiles: Integer = 0;
  space.rows((row) => {
    quantities.fill(row);
    sums.add(row);
    const amounts = quantities.subsidies();
    for (let b = row.from; b < row.to; b++) {
      const over = quantities.denominator(b);
      least.offer(amounts[b], over, row.first + b);
      most.offer(negate(amounts[b]), over, row.first + b);
      if (!isZero(amounts[b])) profiles = plus(profiles, row.sizes[b]);
      addByType(space, row, b, over, amounts[b], byType);
    }
  });
  const { expected } = sums;
  const greatest = most.smallest!;
  // The same everywhere, though it is written down profile by profile.
  if (least.smallest!.slack.equals(greatest.slack.negate()))
    return { expected, most: sums.most, constant: expected };
  const vectors = byType.map((own, g): RationalVector => {
    const { first, agents } = space.groups[g];
    return own.value(quantities.unit, (type) => space.beliefTotal(first, type) * BigInt(agents));
  });
  return {
    expected,
    most: sums.most,
    profiles: Number(profiles),
    at: greatest.worst,
    byType: (agent, type) => vectors[space.groupOf[agent]].at(type),
  };
}

/** Everybody's part of the money at a profile, by its type, weighed by what it believes. */
function addByType(
  { groupOf }: Space,
  row: Row,
  b: number,
  over: Integer,
  amount: Integer,
  byType: readonly LotterySums[],
): void {
  if (isZero(amount)) return;
  for (let i = 0; i < groupOf.length; i++) {
    const own = byType[groupOf[i]].of(BigInt(over));
    const type = i === row.types.length ? b : row.types[i];
    own[type] = plus(own[type], times(othersWeight(row, i, b), amount));
  }
}
