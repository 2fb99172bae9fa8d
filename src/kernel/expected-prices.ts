import type { Price } from "../certificate/multipliers.js";
import { type Integer, minus, negate, plus, short, times, zeros } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { Requirement } from "../question/requirement.js";
import type { Space } from "../space/space.js";

/**
 * What prices in expectation, and the objective, make of an agent's type, where types are independent and values private: by group
 * and type, per weight of the others' types, over `unit`; and of a profile, per weight of it.
 */
export class ExpectedPrices {
  /** The coefficient of a payment. */
  readonly payment: readonly Integer[][];
  /** `worth[group][type * classes + class]`: of getting what the class is worth, over the money denominator too. */
  readonly worth: readonly Integer[][];
  /** Of the outside option; and what is left without any, over the money denominator. */
  readonly outside: readonly Integer[][];
  readonly fixed: readonly Integer[][];
  /** What payments are worth in a profile, and what a unit of cost is; and the price of outside money. */
  paid: Integer = 0;
  charged: Integer = 0;
  money: Integer = 0;
  /** What the designer's requirements owe, over `unit`. */
  owed: Integer = 0;

  constructor(
    private readonly space: Space,
    private readonly unit: bigint,
  ) {
    const byType = () => space.groups.map(({ types }) => zeros(types));
    this.payment = byType();
    this.outside = byType();
    this.fixed = byType();
    this.worth = space.groups.map(({ types, classes }) => zeros(types * classes));
  }

  /** Minus what payments leave beyond the cost. */
  addSurplus(): void {
    const each = short(this.unit / this.space.whole);
    this.paid = plus(this.paid, each);
    this.charged = plus(this.charged, each);
  }

  /** Minus what agents gain and the cost takes. */
  addGains(): void {
    const each = short(this.unit / this.space.whole);
    this.charged = plus(this.charged, each);
    this.space.groups.forEach(({ weight }, g) => {
      weight.forEach((own, type) => {
        const mass = times(each, own);
        this.addWorth(g, type, type, negate(mass));
        this.outside[g][type] = plus(this.outside[g][type], mass);
      });
    });
  }

  /** Subtracts so many times the requirement's slack. */
  subtract(requirement: Requirement, { agent, type, report, weight }: Price): void {
    const { space } = this;
    if (requirement.of === "designer") {
      this.subtractFromDesigner(requirement, weight);
      return;
    }
    const first = agent ?? 0;
    if (type === undefined) {
      const each = this.over(weight, space.whole);
      space.groups[space.groupOf[first]].weight.forEach((mass, a) => {
        this.subtractUtility(requirement, space.groupOf[first], a, a, times(each, mass));
        this.subtractMargin(requirement, space.groupOf[first], a, times(each, mass));
      });
      return;
    }
    const each = this.over(weight, space.beliefTotal(first, type));
    this.subtractUtility(requirement, space.groupOf[first], type, type, each);
    this.subtractMargin(requirement, space.groupOf[first], type, each);
    if (report !== undefined)
      this.subtractUtility(requirement, space.groupOf[first], report, type, negate(each));
  }

  private subtractFromDesigner({ terms, margin }: Requirement, weight: Rational): void {
    const each = this.over(weight, this.space.whole);
    this.paid = plus(this.paid, times(terms.payment ?? 0, each));
    this.charged = minus(this.charged, times(terms.cost ?? 0, each));
    this.money = plus(this.money, times(terms.subsidy ?? 0, each));
    this.owed = plus(this.owed, this.over(weight.multiply(margin), 1n));
  }

  private over({ numerator, denominator }: Rational, total: bigint): Integer {
    return short((numerator * this.unit) / (denominator * total));
  }

  /** So many times what `truth` gets, pays and forgoes when it reports a type. */
  private subtractUtility(
    { terms }: Requirement,
    g: number,
    report: number,
    truth: number,
    weight: Integer,
  ): void {
    const less = negate(weight);
    this.payment[g][report] = plus(this.payment[g][report], times(terms.payment ?? 0, less));
    if (terms.value) this.addWorth(g, report, truth, times(terms.value, less));
    if (terms.outside) this.outside[g][truth] = plus(this.outside[g][truth], times(terms.outside, less));
  }

  private subtractMargin({ margin }: Requirement, g: number, type: number, weight: Integer): void {
    if (margin.isZero) return;
    const money = Rational.of(BigInt(weight) * this.space.environment.moneyDenominator).multiply(margin);
    this.fixed[g][type] = minus(this.fixed[g][type], short(money.numerator));
  }

  private addWorth(g: number, report: number, truth: number, weight: Integer): void {
    const { classes, value } = this.space.groups[g];
    const worth = this.worth[g];
    for (let c = 0; c < classes; c++) {
      const place = report * classes + c;
      worth[place] = plus(worth[place], times(weight, value[truth * classes + c]));
    }
  }
}
