import type { Multipliers } from "../certificate/multipliers.js";
import {
  equal,
  type Integer,
  isZero,
  minus,
  negate,
  over,
  plus,
  short,
  smaller,
  times,
  zeros,
} from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import type { Problem } from "../question/problem.js";
import type { Requirement } from "../question/requirement.js";
import { Rules } from "../space/choices.js";
import { Scores } from "../space/scores.js";
import { Slots, slotStarts } from "../space/slots.js";
import { othersWeight, type Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { type Lawful, lawful } from "./allocation.js";
import { ExpectedPrices } from "./expected-prices.js";
import { MoneyPrices } from "./money-prices.js";
import { PriceList } from "./price-list.js";
import { Refuted } from "./refuted.js";
import { SettledWelfare } from "./settled-welfare.js";

/**
 * What prices prove where types are independent and values private, and no price is on incentives at single profiles. What an
 * agent's type adds to the Lagrangian then depends on the others' types by their probability alone: a payment's coefficient is a
 * number for the type times that, and what is left of outcomes is a virtual welfare, whose least value over lawful outcomes is
 * added up profile by profile, or orbit by orbit.
 * Throws Refuted where a price has a wrong sign, is on no requirement, or a payment does not cancel.
 */
export function separableBound(problem: Problem, multipliers: Multipliers): Rational {
  const space = new Space(problem.environment, multipliers.alike);
  const list = new PriceList(problem, multipliers);
  const unit = list.unit(space.whole);
  const expected = new ExpectedPrices(space, unit);
  if (multipliers.purpose === "bound" && problem.question.objective === "max-surplus") expected.addSurplus();
  if (multipliers.purpose === "bound" && problem.question.objective === "max-gains") expected.addGains();
  const single = new SinglePrices(space, list, unit);
  for (const block of list.blocks) {
    if (block.kind !== "list") single.take(block);
    else {
      for (const { requirement, price } of list.listed(block)) {
        if (price.profile === undefined) expected.subtract(requirement, price);
        else single.add(requirement, price.agent, price.profile, price.weight);
      }
    }
  }
  const bound = new LeastSum(
    problem,
    space,
    expected,
    single,
    new MoneyPrices(problem, multipliers, space, unit),
  );
  return bound.value(unit);
}

/** Prices of one requirement at single profiles: of an agent, of every agent who is alike, or of the designer. */
interface AtProfiles {
  readonly requirement: Requirement;
  readonly agent: number | undefined;
  /** By profile; of agents who are alike by slot; of the designer by orbit where they are. */
  readonly weights: Integer[];
}

/** All prices at single profiles, over `unit`. */
class SinglePrices {
  readonly all: AtProfiles[] = [];

  constructor(
    private readonly space: Space,
    private readonly list: PriceList,
    private readonly unit: bigint,
  ) {}

  take(block: Exclude<Multipliers["prices"][number], { kind: "list" }>): void {
    const { list, space, unit } = this;
    if (block.kind === "paths") throw new Error("prices along paths are not separable: this is a bug");
    const requirement = list.requirement(block.on, block.kind === "profiles" ? block.agent : undefined);
    const { weights } = this.of(requirement, block.kind === "profiles" ? block.agent : undefined);
    if (block.kind === "profiles") {
      const { numerators, denominator } = block.weights;
      if (numerators.length !== weights.length)
        throw new Refuted(`${numerators.length} prices on ${requirement.name} instead of ${weights.length}`);
      const factor = short(unit / denominator);
      let negative = false;
      for (let s = 0; s < weights.length; s++) {
        if (numerators[s] < 0) negative = true;
        weights[s] = plus(weights[s], times(factor, numerators[s]));
      }
      if (negative) list.checkSign(requirement, { sign: -1 });
      return;
    }
    if (space.alike) throw new Refuted("prices at ranges of profiles are not on orbits");
    list.checkSign(requirement, block.weight);
    const each = short((block.weight.numerator * unit) / (block.weight.denominator * space.whole));
    for (const [from, to] of block.ranges) {
      for (let s = from; s < to; s++) weights[s] = plus(weights[s], times(each, space.weight(s)));
    }
  }

  add(requirement: Requirement, agent: number | undefined, profile: number, weight: Rational): void {
    if (this.space.alike) throw new Refuted("single prices of agents who are alike do not stand in a list");
    const { weights } = this.of(requirement, agent);
    weights[profile] = plus(weights[profile], short((weight.numerator * this.unit) / weight.denominator));
  }

  private of(requirement: Requirement, agent: number | undefined): AtProfiles {
    const { space, all } = this;
    const { when, against, of, name } = requirement;
    if (when !== "ex post") throw new Refuted(`prices at single profiles are not on ${name}`);
    if (against) throw new Error("prices on incentives at single profiles are not separable: this is a bug");
    if ((agent === undefined) !== (of === "designer" || space.alike))
      throw new Refuted(`prices on ${name} do not say whose`);
    let found = all.find((own) => own.requirement === requirement && own.agent === agent);
    if (!found) {
      const bySlot = space.alike && of === "agents";
      const length = bySlot ? slotStarts(space.environment)[space.count] : space.count;
      found = { requirement, agent, weights: zeros(length) };
      all.push(found);
    }
    return found;
  }
}

/** The least value of a Lagrangian over lawful outcomes, payments having cancelled. */
class LeastSum {
  private readonly lawful: Lawful;
  private readonly slots = new Slots();
  /** Of the row: what the designer's prices make of payments and costs, and prices at single profiles of each agent's value. */
  private readonly paid: Integer[] = [];
  private readonly charged: Integer[] = [];
  private readonly rest: readonly Integer[][];
  /** By the denominator of prescribed lotteries; times `common` where virtual welfare is added. */
  private readonly totals = new Map<bigint, Integer>();
  private common = 1n;
  private settled: SettledWelfare | undefined;

  constructor(
    problem: Problem,
    private readonly space: Space,
    private readonly expected: ExpectedPrices,
    private readonly single: SinglePrices,
    private readonly money: MoneyPrices,
  ) {
    this.lawful = lawful(new Rules(space, problem.givenRule), problem.question);
    this.rest = problem.environment.agents.map(() => []);
  }

  value(unit: bigint): Rational {
    const { space, expected, single } = this;
    const add = single.all.length === 0 ? this.virtualWelfare() : (row: Row) => this.addCoefficients(row);
    space.rows((row) => {
      if (this.lawful.kind === "among") this.lawful.candidates.fill(row);
      else this.lawful.choices.fill(row);
      add(row);
    });
    if (this.settled) this.add(1n, negate(this.settled.value));
    this.money.finish();
    const money = space.environment.moneyDenominator;
    const sums = Array.from(this.totals, ([over, total]) =>
      Rational.of(BigInt(total), unit * over * this.common * money),
    );
    const owed = Rational.of(BigInt(expected.owed), unit);
    return Rational.sum([...sums, Rational.of(this.fixed(), unit * money)]).subtract(owed);
  }

  /** What is left of outside options that the own type determines, and of margins. */
  private fixed(): bigint {
    const { space, expected } = this;
    let total = 0n;
    space.groups.forEach(({ first, agents }, g) => {
      const option = space.environment.outsideOptions[first];
      expected.fixed[g].forEach((fixed, type) => {
        const own = option.dependsOnProfile
          ? 0
          : times(expected.outside[g][type], option.numerator(type, 0, 0));
        total += BigInt(plus(fixed, own)) * space.beliefTotal(first, type) * BigInt(agents);
      });
    });
    return total;
  }

  private add(over: bigint, amount: Integer): void {
    this.totals.set(over, plus(this.totals.get(over) ?? 0, amount));
  }

  /** The least of what coefficients make of lawful lotteries, times a weight. */
  private addLeast(b: number, weight: Integer, coefficient: (x: number) => Integer): void {
    const { lawful: allowed } = this;
    const only = allowed.kind === "among" ? allowed.candidates.sure[b] : allowed.choices.sure[b];
    if (only !== TIED) {
      this.add(1n, times(weight, coefficient(only)));
      return;
    }
    if (allowed.kind === "among") {
      const values = allowed.candidates.all(b).map(coefficient);
      this.add(1n, times(weight, values.reduce(smaller)));
      return;
    }
    const { outcomes, shares, denominator } = allowed.choices.lottery(b);
    outcomes.forEach((x, k) => {
      this.add(denominator, times(times(weight, shares[k]), coefficient(x)));
    });
  }

  /** Outside options that depend on the profile. */
  private addOutside(row: Row, b: number): void {
    const { space, expected } = this;
    const { outsideOptions } = space.environment;
    outsideOptions.forEach((option, i) => {
      if (!option.dependsOnProfile) return;
      const type = i === row.types.length ? b : row.types[i];
      const each = times(expected.outside[space.groupOf[i]][type], othersWeight(row, i, b));
      const amount = times(each, option.numerator(type, row.first + b, 0));
      this.add(1n, times(amount, short(this.common)));
    });
  }

  /** No price is at single profiles: payments cancel type by type, and outcomes are scored. */
  private virtualWelfare(): (row: Row) => void {
    const { space, expected } = this;
    const { groups, groupOf, classOf, environment } = space;
    groups.forEach(({ first, weight }, g) => {
      weight.forEach((own, type) => {
        if (equal(expected.payment[g][type], times(expected.paid, own))) return;
        const who = `${environment.agents[first].name} ${environment.typeLabel(first, type)}`;
        throw new Refuted(`the payments of ${who} do not cancel`);
      });
    });
    this.money.takeAll(expected.money, space);
    // Per weight of a profile instead of the others', and as a score that is greatest where the coefficient is least.
    this.common = groups
      .flatMap(({ weight }) => weight.map(BigInt))
      .reduce((so, own) => (own === 0n ? so : lcm(so, own)), 1n);
    const common = short(this.common);
    const width = environment.outcomes.length;
    const perOutcome = environment.agents.map((_, i) => {
      const { types, classes, weight } = groups[groupOf[i]];
      return Array.from({ length: types * width }, (_none, k) => {
        const type = Math.floor(k / width);
        const worth = expected.worth[groupOf[i]][type * classes + classOf[i][k % width]];
        return negate(isZero(weight[type]) ? worth : times(worth, over(common, weight[type])));
      });
    });
    const scores = new Scores(space, { perOutcome, perCost: times(expected.charged, common) });
    const depends = environment.outsideOptions.some((option) => option.dependsOnProfile);
    const { lawful: allowed } = this;
    const own = allowed.kind === "among" ? allowed.candidates : allowed.choices;
    const settled = scores.isSum ? new SettledWelfare(space, scores) : undefined;
    this.settled = settled;
    return (row) => {
      scores.fill(row);
      const least = (b: number) =>
        this.addLeast(b, times(row.lead, row.spread[b]), (x) => negate(scores.at(b, x)));
      if (depends) for (let b = row.from; b < row.to; b++) this.addOutside(row, b);
      if (settled) {
        settled.add(row, own);
        for (const b of own.open) least(b);
        return;
      }
      for (let b = row.from; b < row.to; b++) {
        if (isZero(row.lead) || isZero(row.spread[b])) this.addAlone(row, b, scores, common);
        else least(b);
      }
    };
  }

  /** Where a type of probability zero is present, only its agent expects the profile, if anybody does. */
  private addAlone(row: Row, b: number, scores: Scores, common: Integer): void {
    for (let i = 0; i <= row.types.length; i++) {
      const others = othersWeight(row, i, b);
      if (!isZero(others)) this.addLeast(b, times(others, common), (x) => negate(scores.at(b, x)));
    }
  }

  /** Every coefficient of a profile, or of all profiles of an orbit together, from its definition. */
  private addCoefficients(row: Row): void {
    const { space, expected, slots, rest } = this;
    const { environment, groupOf, classOf, groups } = space;
    const { values, costs, agents, outsideOptions } = environment;
    const last = row.types.length;
    const depends = outsideOptions.some((option) => option.dependsOnProfile);
    if (space.alike) slots.fill(row);
    this.fillDesigner(row);
    for (let i = 0; i <= last; i++) this.fillAgent(row, i);
    const { sure } = this.lawful.kind === "among" ? this.lawful.candidates : this.lawful.choices;
    const coefficient = (b: number, x: number) => {
      const profile = row.first + b;
      let total = times(this.charged[b], costs.numerator(0, profile, x));
      for (let i = 0; i < agents.length; i++) {
        const type = i === last ? b : row.types[i];
        const { classes } = groups[groupOf[i]];
        const own = expected.worth[groupOf[i]][type * classes + classOf[i][x]];
        if (!isZero(own)) total = plus(total, times(othersWeight(row, i, b), own));
        const single = rest[i][b];
        if (!isZero(single)) total = plus(total, times(single, values[i].numerator(type, profile, x)));
      }
      return total;
    };
    let settled: Integer = 0;
    for (let b = row.from; b < row.to; b++) {
      if (depends) this.addOutside(row, b);
      if (sure[b] !== TIED) settled = plus(settled, coefficient(b, sure[b]));
      else this.addLeast(b, 1, (x) => coefficient(b, x));
    }
    this.add(1n, settled);
  }

  /** What the designer's prices make of payments, of costs and of outside money. */
  private fillDesigner(row: Row): void {
    const { expected, single, paid, charged } = this;
    const { from, to, lead, spread, sizes, start, first } = row;
    const money = zeros(to);
    for (let b = from; b < to; b++) {
      const mass = times(lead, spread[b]);
      paid[b] = times(expected.paid, mass);
      charged[b] = times(expected.charged, mass);
      money[b] = times(expected.money, mass);
    }
    for (const { requirement, weights } of single.all) {
      const { of, terms, margin } = requirement;
      if (of === "agents") continue;
      const { payment = 0, cost = 0, subsidy = 0 } = terms;
      for (let b = from, k = start; b < to; b++, k++) {
        const weight = times(sizes[b], weights[k]);
        if (isZero(weight)) continue;
        paid[b] = plus(paid[b], times(payment, weight));
        charged[b] = minus(charged[b], times(cost, weight));
        money[b] = plus(money[b], times(subsidy, weight));
        this.owe(weight, margin);
      }
    }
    if (!this.money.isLimited) return;
    for (let b = from; b < to; b++) this.money.take(money[b], times(lead, spread[b]), first + b);
  }

  /** What prices on an agent at single profiles make of what it gets. Throws Refuted where its payment does not cancel. */
  private fillAgent(row: Row, i: number): void {
    const { space, expected, single, slots, paid, rest } = this;
    const { outsideOptions, agents } = space.environment;
    const { from, to, first, sizes, types } = row;
    const isLast = i === types.length;
    const net = expected.payment[space.groupOf[i]];
    const worth = rest[i];
    const payment = zeros(to);
    for (let b = from; b < to; b++) {
      payment[b] = times(net[isLast ? b : types[i]], othersWeight(row, i, b));
      worth[b] = 0;
    }
    for (const { requirement, agent, weights } of single.all) {
      const { of, terms, margin } = requirement;
      if (of === "designer" || (agent !== undefined && agent !== i)) continue;
      const { payment: paying = 0, value = 0, outside = 0 } = terms;
      for (let b = from; b < to; b++) {
        const weight = times(sizes[b], weights[space.alike ? slots.at(i, b) : first + b]);
        if (isZero(weight)) continue;
        payment[b] = minus(payment[b], times(paying, weight));
        worth[b] = minus(worth[b], times(value, weight));
        const option = outsideOptions[i].numerator(isLast ? b : types[i], first + b, 0);
        if (!isZero(option)) this.add(1n, negate(times(times(outside, weight), option)));
        this.owe(weight, margin);
      }
    }
    for (let b = from; b < to; b++) {
      if (equal(payment[b], paid[b])) continue;
      const where = space.environment.profileLabel(first + b);
      throw new Refuted(`${agents[i].name}'s payment at ${where} does not cancel`);
    }
  }

  /** So many times a margin. */
  private owe(weight: Integer, margin: Rational): void {
    if (!margin.isZero) this.add(1n, negate(owed(weight, margin, this.space.environment.moneyDenominator)));
  }
}

/** So many times a margin, over the money denominator. */
function owed(weight: Integer, margin: Rational, moneyDenominator: bigint): Integer {
  if (margin.isZero) return 0;
  return short((BigInt(weight) * margin.numerator * moneyDenominator) / margin.denominator);
}
