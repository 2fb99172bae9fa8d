import type { Table } from "../environment/table.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, minus, over, plus, short, times, zeros } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Choices, Rules } from "../space/choices.js";
import { Slots } from "../space/slots.js";
import type { Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { thresholds } from "../space/thresholds.js";
import { Refuted } from "./refuted.js";

/** Numbers by type of the last agent, for the row that is looked at. */
type RowList = readonly Integer[];

/** Many whole numbers, in whatever list. */
type Integers = ArrayLike<Integer>;

/**
 * What happens at the profiles of a row under a mechanism: what is chosen, what that is worth to each agent and costs, what is
 * paid, what comes from outside. Money is over `unit` times the lottery's denominator at the profile. Lists are made when they are
 * first asked for, and good until the next row.
 */
export class Quantities {
  readonly choices: Choices;
  readonly unit: bigint;
  /** What makes money over the environment's denominator money over `unit`. */
  readonly scale: Integer;
  /** By agent: the prices of its menu, if it has one. */
  readonly menus: readonly (Integers | undefined)[];
  private readonly hasMenus: boolean;
  private readonly slots: Slots | undefined;
  /** Whether anything costs anything. */
  readonly hasCosts: boolean;
  /** By agent: whether it has anything without the mechanism. */
  readonly hasOutside: readonly boolean[];
  private readonly parts: readonly PaymentPart[];
  private readonly money: Integer | Integers | undefined;
  private row: Row | undefined;
  private readonly lists = new Map<string, { start: number; readonly list: Integer[] }>();

  constructor(
    private readonly space: Space,
    mechanism: StructuredMechanism,
    rules: Rules,
    /** Denominators that `unit` is to be a multiple of besides. */
    denominators: readonly bigint[] = [],
  ) {
    const { environment } = space;
    const { moneyDenominator } = environment;
    this.choices = rules.choices(mechanism.rule);
    this.unit = unitOf(mechanism, denominators);
    const { unit } = this;
    this.scale = short(unit / moneyDenominator);
    this.hasCosts = environment.costs.entries.greatestNumerator() > 0;
    this.hasOutside = environment.outsideOptions.map(({ entries }) => entries.greatestNumerator() > 0);
    const cuts = mechanism.payments.some(({ kind }) => kind === "menu")
      ? thresholds(space, rules.choices(mechanism.rule))
      : undefined;
    this.slots = space.alike ? new Slots() : undefined;
    // Of alike agents one vector serves all.
    const known = new Map<RationalVector, Integers>();
    const whole = (vector: RationalVector) => {
      const found = known.get(vector) ?? scaled(vector, unit);
      known.set(vector, found);
      return found;
    };
    const partOf = (i: number): PaymentPart => {
      const own = mechanism.payments[space.alike ? 0 : i];
      if (own.kind === "menu") return new MenuPart(space, i, whole(own.prices), cuts![i], this.choices);
      if (own.kind === "table")
        return this.slots
          ? new SlotPart(i, whole(own.amounts), this.slots)
          : new TablePart(whole(own.amounts));
      const vectors = own.byType.map((part) => part && whole(part));
      const byType = environment.agents.map((_, j) => (space.alike ? vectors[i === j ? 0 : 1] : vectors[j]));
      return new SumPart(byType, own.onCost, own.onValue);
    };
    this.parts = environment.agents.map((_, i) => partOf(i));
    this.menus = this.parts.map((part) => (part instanceof MenuPart ? part.prices : undefined));
    this.hasMenus = this.menus.some((menu) => menu !== undefined);
    const { money } = mechanism;
    if (money.kind === "constant")
      this.money = short(money.amount.numerator * (unit / money.amount.denominator));
    if (money.kind === "table") this.money = whole(money.amounts);
  }

  /** Throws Refuted where a menu is for outcomes that are chosen by lot. */
  fill(row: Row): void {
    this.row = row;
    this.choices.fill(row);
    this.slots?.fill(row);
    if (this.hasMenus && this.choices.open.length > 0)
      throw new Refuted("a menu of prices for outcomes that are chosen by lot");
  }

  /** The lottery's denominator where the last agent has type `b`. */
  denominator(b: number): Integer {
    return this.choices.sure[b] === TIED ? short(this.choices.lottery(b).denominator) : 1;
  }

  /** What the agent gets from what is chosen. */
  values(i: number): RowList {
    return this.listed(`value ${i}`, (list) => {
      this.fillExpected(list, this.space.environment.values[i], i);
      this.rescale(list);
    });
  }

  /** What the agent has without the mechanism. */
  outside(i: number): RowList {
    return this.listed(`outside ${i}`, (list) => {
      const { types, from, to, first } = this.row!;
      const option = this.space.environment.outsideOptions[i];
      const isLast = i === types.length;
      if (option.dependsOnProfile) {
        for (let b = from; b < to; b++) list[b] = option.numerator(isLast ? b : types[i], first + b, 0);
      } else if (isLast) for (let b = from; b < to; b++) list[b] = option.numerator(b, 0, 0);
      else list.fill(option.numerator(types[i], 0, 0), from, to);
      this.overDenominators(list);
      this.rescale(list);
    });
  }

  /** What the chosen outcome costs. */
  costs(): RowList {
    return this.listed("cost", (list) => {
      if (!this.hasCosts) return;
      this.fillExpected(list, this.space.environment.costs, -1);
      this.rescale(list);
    });
  }

  /** What the agent pays. */
  payments(i: number): RowList {
    return this.listed(`payment ${i}`, (list) => {
      const { from, to } = this.row!;
      const part = this.parts[i];
      part.write(this.row!, list);
      this.overDenominators(list);
      if (!part.onCost.isZero) {
        const costs = this.costs();
        const [numerator, denominator] = [short(part.onCost.numerator), short(part.onCost.denominator)];
        // The unit is a multiple of the money's times this denominator.
        for (let b = from; b < to; b++)
          list[b] = plus(list[b], over(times(numerator, costs[b]), denominator));
      }
      if (!part.onValue) return;
      const [values, outside] = [this.values(i), this.outside(i)];
      for (let b = from; b < to; b++) list[b] = plus(list[b], minus(values[b], outside[b]));
    });
  }

  /** Outside money. */
  subsidies(): RowList {
    return this.listed("subsidy", (list) => {
      const { from, to, start } = this.row!;
      const { money, parts } = this;
      if (money !== undefined) {
        if (typeof money !== "object") list.fill(money, from, to);
        else for (let b = from; b < to; b++) list[b] = money[start + b - from];
        this.overDenominators(list);
        return;
      }
      const costs = this.costs();
      const last = this.payments(parts.length - 1);
      for (let b = from; b < to; b++) list[b] = minus(costs[b], last[b]);
      for (let i = 0; i < parts.length - 1; i++) {
        const payments = this.payments(i);
        for (let b = from; b < to; b++) list[b] = minus(list[b], payments[b]);
      }
      for (let b = from; b < to; b++) if (!(list[b] > 0)) list[b] = 0;
    });
  }

  private listed(name: string, fill: (list: Integer[]) => void): RowList {
    const { start, to } = this.row!;
    let known = this.lists.get(name);
    if (!known) {
      known = { start: -1, list: zeros(to) };
      this.lists.set(name, known);
    }
    if (known.start !== start) {
      known.start = start;
      fill(known.list);
    }
    return known.list;
  }

  /** Where a lottery is chosen, money is over its denominator as well. */
  private overDenominators(list: Integer[]): void {
    for (const b of this.choices.open) list[b] = times(list[b], this.denominator(b));
  }

  private rescale(list: Integer[]): void {
    const { from, to } = this.row!;
    const { scale } = this;
    if (scale !== 1) for (let b = from; b < to; b++) list[b] = times(scale, list[b]);
  }

  /** A table's money for what is chosen, times the lottery's denominator, as it is for an agent; for none where it is -1. */
  private fillExpected(list: Integer[], table: Table, i: number): void {
    const { types, from, to, first } = this.row!;
    const { sure } = this.choices;
    const { typeStride, profileStride, outcomeStride } = table;
    const { numerators } = table.entries;
    const isLast = i === types.length;
    const step = profileStride + (isLast ? typeStride : 0);
    const base = profileStride * first + (isLast || i < 0 ? 0 : typeStride * types[i]);
    for (let b = from; b < to; b++) {
      if (sure[b] !== TIED) list[b] = numerators[base + step * b + outcomeStride * sure[b]];
    }
    for (const b of this.choices.open) {
      const { outcomes, shares } = this.choices.lottery(b);
      let total: Integer = 0;
      for (let k = 0; k < outcomes.length; k++) {
        total = plus(total, times(shares[k], numerators[base + step * b + outcomeStride * outcomes[k]]));
      }
      list[b] = total;
    }
  }
}

/** A denominator that all money of a mechanism has. */
function unitOf(
  { environment, payments, money }: StructuredMechanism,
  denominators: readonly bigint[],
): bigint {
  const { moneyDenominator } = environment;
  const all = [...denominators];
  for (const own of payments) {
    if (own.kind === "menu") all.push(own.prices.denominator);
    else if (own.kind === "table") all.push(own.amounts.denominator);
    else {
      for (const part of own.byType) if (part) all.push(part.denominator);
      all.push(own.onCost.denominator * moneyDenominator);
    }
  }
  if (money.kind === "constant") all.push(money.amount.denominator);
  if (money.kind === "table") all.push(money.amounts.denominator);
  return all.reduce(lcm, moneyDenominator);
}

function scaled({ numerators, denominator }: RationalVector, unit: bigint): Integers {
  const factor = short(unit / denominator);
  if (factor === 1) return numerators;
  const all = new Array<Integer>(numerators.length);
  for (let k = 0; k < all.length; k++) all[k] = times(numerators[k], factor);
  return all;
}

/** What an agent pays but for parts of cost and value. */
interface PaymentPart {
  readonly onCost: Rational;
  readonly onValue: boolean;
  /** By type of the last agent. */
  write(row: Row, list: Integer[]): void;
}

class SumPart implements PaymentPart {
  constructor(
    private readonly byType: readonly (Integers | undefined)[],
    readonly onCost: Rational,
    readonly onValue: boolean,
  ) {}

  write({ types, from, to }: Row, list: Integer[]): void {
    const { byType } = this;
    let base: Integer = 0;
    for (let j = 0; j < types.length; j++) base = plus(base, byType[j]?.[types[j]] ?? 0);
    const last = byType[types.length];
    if (!last) list.fill(base, from, to);
    else for (let b = from; b < to; b++) list[b] = plus(base, last[b]);
  }
}

/** By profile. */
class TablePart implements PaymentPart {
  readonly onCost = Rational.ZERO;
  readonly onValue = false;

  constructor(private readonly amounts: Integers) {}

  write({ first, from, to }: Row, list: Integer[]): void {
    for (let b = from; b < to; b++) list[b] = this.amounts[first + b];
  }
}

/** By orbit and type that occurs in it. */
class SlotPart implements PaymentPart {
  readonly onCost = Rational.ZERO;
  readonly onValue = false;

  constructor(
    private readonly agent: number,
    private readonly amounts: Integers,
    private readonly slots: Slots,
  ) {}

  write({ from, to }: Row, list: Integer[]): void {
    for (let b = from; b < to; b++) list[b] = this.amounts[this.slots.at(this.agent, b)];
  }
}

/** By cut and outcome. */
class MenuPart implements PaymentPart {
  readonly onCost = Rational.ZERO;
  readonly onValue = false;

  constructor(
    private readonly space: Space,
    private readonly agent: number,
    readonly prices: Integers,
    private readonly cuts: Int32Array,
    private readonly choices: Choices,
  ) {}

  write({ first, from, to }: Row, list: Integer[]): void {
    const { cuts, prices, choices, agent } = this;
    const { profiles, agentCount } = this.space.environment;
    const start = profiles.othersOf(agent, first);
    // The last agent's own type changes along the row, and nobody else's.
    const step = agent === agentCount - 1 ? 0 : 1;
    for (let b = from; b < to; b++) list[b] = prices[2 * cuts[start + step * b] + choices.sure[b]];
  }
}
