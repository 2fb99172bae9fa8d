import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, plus, times, zeros } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import { TIED } from "../space/scores.js";
import type { Row, Space } from "../space/space.js";
import type { Quantities } from "./quantities.js";
import { SureOutcomes } from "./sure-outcomes.js";

/** What one agent of a group expects when it reports a type and all others tell the truth, before it knows their types. */
export interface Expectation {
  /** `chances.at(type * classes + class)`: how likely it gets what the class is worth. */
  readonly chances: RationalVector;
  /** By type: value and payment if the type is its own, outside option, and the cost of what is chosen. */
  readonly values: RationalVector;
  readonly payments: RationalVector;
  readonly outside: RationalVector;
  readonly costs: RationalVector;
}

/** Sums by place, each over the denominator of the lotteries that it is of. */
class Sums {
  /** Over the denominator 1, as most are. */
  readonly whole: Integer[];
  private readonly others = new Map<bigint, Integer[]>();

  constructor(private readonly length: number) {
    this.whole = zeros(length);
  }

  of(denominator: bigint): Integer[] {
    if (denominator === 1n) return this.whole;
    let sums = this.others.get(denominator);
    if (!sums) {
      sums = zeros(this.length);
      this.others.set(denominator, sums);
    }
    return sums;
  }

  /** All together, over `unit * over(place)`. */
  value(unit: bigint, over: (place: number) => bigint): RationalVector {
    let common = 1n;
    for (const denominator of this.others.keys()) common = lcm(common, denominator);
    const totals = this.whole.map((sum) => BigInt(sum) * common);
    for (const [denominator, sums] of this.others) {
      const factor = common / denominator;
      sums.forEach((sum, k) => {
        totals[k] += BigInt(sum) * factor;
      });
    }
    const divisors = totals.map((_, place) => over(place));
    const all = divisors.reduce((so, divisor) => lcm(so, divisor), 1n);
    const numerators = totals.map((total, place) => total * (all / divisors[place]));
    return new RationalVector(packIntegers(numerators), all * common * unit);
  }
}

/** Sums of one group over the rows, by type of an agent of it. */
interface GroupSums {
  readonly chances: Sums;
  readonly costs: Sums;
  /** Where values depend on the whole profile. */
  readonly values: Sums | undefined;
  /** Where payments are no sum of what types determine. */
  readonly payments: Sums | undefined;
  /** Where outside options depend on the whole profile. */
  readonly outside: Sums | undefined;
}

/** What each type expects under a mechanism: sums over all rows. */
export class InterimSums {
  private readonly groups: readonly GroupSums[];
  private readonly hasCosts: boolean;
  private readonly chosen: SureOutcomes;

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    private readonly mechanism: StructuredMechanism,
  ) {
    const { environment } = space;
    const { costs, outsideOptions, prior } = environment;
    this.groups = space.groups.map(({ first, agents, types, classes, isPrivate }, g) => ({
      chances: new Sums(types * classes),
      costs: new Sums(types),
      values: isPrivate ? undefined : new Sums(types),
      payments:
        mechanism.payments[g].kind === "sum" && prior.kind === "independent" ? undefined : new Sums(types),
      outside: outsideOptions.slice(first, first + agents).some((option) => option.dependsOnProfile)
        ? new Sums(types)
        : undefined,
    }));
    this.hasCosts = costs.entries.greatestNumerator() > 0;
    this.chosen = new SureOutcomes(space);
  }

  add(row: Row): void {
    this.addChosen(row);
    this.addOthers(row);
    if (this.groups.some(({ values, payments, outside }) => values || payments || outside))
      this.addProfiles(row);
  }

  /** What is chosen for sure, of which the last agent's part is told apart at the end, and lotteries. */
  private addChosen(row: Row): void {
    const { sure, open } = this.quantities.choices;
    const { costs } = this.space.environment;
    this.chosen.add(row, sure);
    for (const b of open) this.addLottery(row, b);
    if (!costs.dependsOnProfile || !this.hasCosts) return;
    for (let b = row.from; b < row.to; b++) if (sure[b] !== TIED) this.addCost(row, b, sure[b]);
  }

  /** The last agent's chances, and costs where they are by outcome. */
  private addLast(): void {
    const { space, hasCosts } = this;
    const { costs, agentCount } = space.environment;
    const g = space.groupOf[agentCount - 1];
    const { chances, costs: spent } = this.groups[g];
    const { classes } = space.groups[g];
    const classOf = space.classOf[agentCount - 1];
    this.chosen.each((b, x, weight) => {
      const place = b * classes + classOf[x];
      chances.whole[place] = plus(chances.whole[place], weight);
      if (hasCosts && !costs.dependsOnProfile)
        spent.whole[b] = plus(spent.whole[b], times(weight, costs.numerator(0, 0, x)));
    });
  }

  /** The other agents' part of the outcomes that are for sure in the row, and of costs where they are by outcome. */
  private addOthers({ types, factors }: Row): void {
    const { space, hasCosts } = this;
    const { mass } = this.chosen;
    const { costs } = space.environment;
    for (let i = 0; i < types.length; i++) {
      const g = space.groupOf[i];
      const { chances, costs: spent } = this.groups[g];
      const { classes } = space.groups[g];
      for (let x = 0; x < mass.length; x++) {
        if (mass[x] === 0) continue;
        const weight = times(factors[i], mass[x]);
        const place = types[i] * classes + space.classOf[i][x];
        chances.whole[place] = plus(chances.whole[place], weight);
        if (!hasCosts || costs.dependsOnProfile) continue;
        const charged = times(weight, costs.numerator(0, 0, x));
        spent.whole[types[i]] = plus(spent.whole[types[i]], charged);
      }
    }
  }

  /** Everybody's part of the cost of a sure outcome, where that depends on the profile. */
  private addCost(row: Row, b: number, x: number): void {
    const { space, groups } = this;
    const charge = space.environment.costs.numerator(0, row.first + b, x);
    space.groupOf.forEach((g, i) => {
      const spent = groups[g].costs.whole;
      const type = i === row.types.length ? b : row.types[i];
      spent[type] = plus(spent[type], times(othersWeight(row, i, b), charge));
    });
  }

  /** Everybody's part of a lottery. */
  private addLottery(row: Row, b: number): void {
    const { space } = this;
    const { costs, agentCount } = space.environment;
    const { outcomes, shares, denominator } = this.quantities.choices.lottery(b);
    let charge: Integer = 0;
    outcomes.forEach((x, k) => {
      charge = plus(charge, times(shares[k], costs.numerator(0, row.first + b, x)));
    });
    for (let i = 0; i < agentCount; i++) {
      const g = space.groupOf[i];
      const type = i === agentCount - 1 ? b : row.types[i];
      const weight = othersWeight(row, i, b);
      const chances = this.groups[g].chances.of(denominator);
      outcomes.forEach((x, k) => {
        const place = type * space.groups[g].classes + space.classOf[i][x];
        chances[place] = plus(chances[place], times(weight, shares[k]));
      });
      const spent = this.groups[g].costs.of(denominator);
      spent[type] = plus(spent[type], times(weight, charge));
    }
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
  private addList(row: Row, i: number, sums: Sums, list: readonly Integer[]): void {
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

  /** By group, at the end. */
  expectations(): Expectation[] {
    this.addLast();
    const { space, mechanism } = this;
    const { moneyDenominator, outsideOptions } = space.environment;
    const { unit } = this.quantities;
    const before = this.groups.map((sums, g): Omit<Expectation, "payments"> => {
      const { first, agents, types, classes, isPrivate } = space.groups[g];
      // All agents of the group meet the same weights of others.
      const over = (type: number) => space.beliefTotal(first, type) * BigInt(agents);
      const chances = sums.chances.value(1n, (place) => over(Math.floor(place / classes)));
      return {
        chances,
        costs: sums.costs.value(moneyDenominator, over),
        values: isPrivate ? worth(space, g, chances) : sums.values!.value(unit, over),
        outside: sums.outside
          ? sums.outside.value(moneyDenominator, over)
          : RationalVector.from(
              Array.from({ length: types }, (_, type) => outsideOptions[first].at(type, 0, 0)),
            ),
      };
    });
    return before.map((expectation, g) => {
      const { first, agents } = space.groups[g];
      const summed = this.groups[g].payments;
      const over = (type: number) => space.beliefTotal(first, type) * BigInt(agents);
      const payments = summed ? summed.value(unit, over) : expectedSums(space, mechanism, g, expectation);
      return { ...expectation, payments };
    });
  }
}

/** The weight of the others' types. */
export function othersWeight({ types, factors, spread, alone }: Row, i: number, b: number): Integer {
  return i === types.length ? alone[b] : times(factors[i], spread[b]);
}

/** What types get from the chances of their own report. */
function worth({ groups, environment }: Space, g: number, chances: RationalVector): RationalVector {
  const { types, classes, value } = groups[g];
  const sums = Array.from({ length: types }, (_, type) => {
    let sum = 0n;
    for (let k = type * classes; k < (type + 1) * classes; k++)
      sum += chances.numeratorAt(k) * BigInt(value[k]);
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
