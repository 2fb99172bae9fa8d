import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import { type ExpectedOutcome, ExpectedOutcomes } from "../space/expected-outcomes.js";
import { LotterySums } from "../space/lottery-sums.js";
import { othersWeight, type Row, type Space } from "../space/space.js";
import type { Quantities } from "./quantities.js";

/** What one agent of a group expects when it reports a type and all others tell the truth, before it knows their types. */
export interface Expectation extends ExpectedOutcome {
  /** By type: value and payment if the type is its own, and outside option. */
  readonly values: RationalVector;
  readonly payments: RationalVector;
  readonly outside: RationalVector;
}

/** Sums of one group over the rows, by type of an agent of it. */
interface GroupSums {
  /** Where values depend on the whole profile. */
  readonly values: LotterySums | undefined;
  /** Where payments are no sum of what types determine. */
  readonly payments: LotterySums | undefined;
  /** Where outside options depend on the whole profile. */
  readonly outside: LotterySums | undefined;
}

/** What each type expects under a mechanism: sums over all rows. */
export class InterimSums {
  private readonly groups: readonly GroupSums[];
  private readonly outcomes: ExpectedOutcomes;

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    private readonly mechanism: StructuredMechanism,
  ) {
    const { environment } = space;
    const { outsideOptions, prior } = environment;
    this.groups = space.groups.map(({ first, agents, types, isPrivate }, g) => ({
      values: isPrivate ? undefined : new LotterySums(types),
      payments:
        mechanism.payments[g].kind === "sum" && prior.kind === "independent"
          ? undefined
          : new LotterySums(types),
      outside: outsideOptions.slice(first, first + agents).some((option) => option.dependsOnProfile)
        ? new LotterySums(types)
        : undefined,
    }));
    this.outcomes = new ExpectedOutcomes(space, quantities.choices);
  }

  add(row: Row): void {
    this.outcomes.add(row);
    if (this.groups.some(({ values, payments, outside }) => values || payments || outside))
      this.addProfiles(row);
  }

  /** What has to be looked at profile by profile. */
  private addProfiles(row: Row): void {
    const { space, quantities, groups } = this;
    const { agentCount, outsideOptions } = space.environment;
    for (let i = 0; i < agentCount; i++) {
      const { values, payments, outside } = groups[space.groupOf[i]];
      if (values) this.addList(row, i, values, quantities.values(i));
      if (payments) this.addList(row, i, payments, quantities.payments(i));
      if (!outside) continue;
      for (let b = row.from; b < row.to; b++) {
        const type = i === row.types.length ? b : row.types[i];
        const option = outsideOptions[i].numerator(type, row.first + b, 0);
        outside.whole[type] = plus(outside.whole[type], times(othersWeight(row, i, b), option));
      }
    }
  }

  /** Money over the quantities' unit, by the agent's type, weighed by what it believes. */
  private addList(row: Row, i: number, sums: LotterySums, list: readonly Integer[]): void {
    const { from, to, types, spread, alone, factors } = row;
    const { open } = this.quantities.choices;
    const isLast = i === types.length;
    let settled: Integer = 0;
    for (let b = from, next = 0; b < to; b++) {
      if (open[next] === b) {
        next++;
        const type = isLast ? b : types[i];
        const own = sums.of(this.quantities.choices.lottery(b).denominator);
        own[type] = plus(own[type], times(othersWeight(row, i, b), list[b]));
      } else if (isLast) sums.whole[b] = plus(sums.whole[b], times(alone[b], list[b]));
      else settled = plus(settled, times(spread[b], list[b]));
    }
    if (!isLast) sums.whole[types[i]] = plus(sums.whole[types[i]], times(factors[i], settled));
  }

  /** By group; once, at the end. */
  expectations(): Expectation[] {
    const { space, mechanism } = this;
    const { moneyDenominator, outsideOptions } = space.environment;
    const { unit } = this.quantities;
    const overOf = (g: number) => {
      const { first, agents } = space.groups[g];
      return (type: number) => space.beliefTotal(first, type) * BigInt(agents);
    };
    const before = this.outcomes.expectations().map((expected, g): Omit<Expectation, "payments"> => {
      const { first, types, isPrivate } = space.groups[g];
      const { values, outside } = this.groups[g];
      return {
        ...expected,
        values: isPrivate ? worth(space, g, expected.chances) : values!.value(unit, overOf(g)),
        outside: outside
          ? outside.value(moneyDenominator, overOf(g))
          : new RationalVector(
              packIntegers(
                Array.from({ length: types }, (_, type) => outsideOptions[first].numerator(type, 0, 0)),
              ),
              moneyDenominator,
            ),
      };
    });
    return before.map((expectation, g) => {
      const summed = this.groups[g].payments;
      const payments = summed
        ? summed.value(unit, overOf(g))
        : expectedSums(space, mechanism, g, expectation);
      return { ...expectation, payments };
    });
  }
}

/** What types get from the chances of their own report. */
function worth({ groups, environment }: Space, g: number, chances: RationalVector): RationalVector {
  const { types, classes, value } = groups[g];
  const { numerators } = chances;
  const sums = Array.from({ length: types }, (_, type) => {
    let sum: Integer = 0;
    for (let k = type * classes; k < (type + 1) * classes; k++)
      sum = plus(sum, times(numerators[k], value[k]));
    return sum;
  });
  return new RationalVector(packIntegers(sums), chances.denominator * environment.moneyDenominator);
}

/**
 * `E[t_i | type]` of payments that are sums, where types are independent: what the own type determines, the means of what the
 * others' types determine, and the expected cost and value.
 */
function expectedSums(
  space: Space,
  { payments }: StructuredMechanism,
  g: number,
  { costs, values, outside }: Omit<Expectation, "payments">,
): RationalVector {
  const payment = payments[g];
  if (payment.kind !== "sum")
    throw new Error("payments that are no sums have no parts by type: this is a bug");
  const { byType, onCost, onValue } = payment;
  const { marginals } = space.environment.prior;
  const { types, agents } = space.groups[g];
  const own = space.alike ? byType[0] : byType[g];
  const others = new RationalSum();
  if (space.alike && byType[1]) others.addProduct(marginals[0].dot(byType[1]), Rational.of(agents - 1));
  if (!space.alike) {
    byType.forEach((part, j) => {
      if (part && j !== g) others.add(marginals[j].dot(part));
    });
  }
  const fixed = others.value;
  if (onCost.isZero && !onValue) return own ? own.plus(fixed) : constant(fixed, types);
  const parts: [RationalVector, Rational][] = [[costs, onCost]];
  if (own) parts.push([own, Rational.ONE]);
  if (onValue) parts.push([values, Rational.ONE], [outside, Rational.ONE.negate()]);
  return RationalVector.combined(...parts).plus(fixed);
}

function constant(amount: Rational, length: number): RationalVector {
  return RationalVector.from(Array.from({ length }, () => amount));
}

/** `E` of what depends on the type of an agent of the group. */
export function meanOf({ environment, groups }: Space, g: number, of: RationalVector): Rational {
  return environment.prior.marginals[groups[g].first].dot(of);
}
