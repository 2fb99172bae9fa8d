import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { lotteries } from "../space/lotteries.js";
import { orbitPlace } from "../space/orbit-place.js";
import { sorted } from "../space/orbits.js";
import type { Rule } from "../space/rule.js";
import { slotStarts } from "../space/slots.js";
import type { Mechanism } from "./mechanism.js";
import type { OutsideMoney, Payment, SumPayment } from "./payments.js";

/** A mechanism as data: what it says, and nothing of the size of the profile space but what truly is a table. */
export interface MechanismParts {
  /** Agents may change places: rule, tables and payments are for profiles with increasing types and stand for all others. */
  readonly alike: boolean;
  readonly rule: Rule;
  /** One for each agent; one for all who are alike. */
  readonly payments: readonly Payment[];
  readonly money: OutsideMoney;
}

/** A mechanism known by its parts, evaluated from their definitions wherever it is asked. */
export class StructuredMechanism implements Mechanism, MechanismParts {
  readonly alike: boolean;
  readonly rule: Rule;
  readonly payments: readonly Payment[];
  readonly money: OutsideMoney;
  readonly lottery: AllocationRule;
  private readonly place: (profile: number) => number;
  private slots: Float64Array | undefined;

  /** Throws RangeError for the given rule where there is none, and for agents who are not alike. */
  constructor(
    readonly environment: Environment,
    { alike, rule, payments, money }: MechanismParts,
    /** The rule that stands in the instance. */
    readonly given?: AllocationRule,
  ) {
    this.alike = alike;
    this.rule = rule;
    this.payments = payments;
    this.money = money;
    this.lottery = lotteries(environment, rule, given, alike);
    const orbit = alike ? orbitPlace(environment) : undefined;
    this.place = (profile) => (orbit ? orbit(sorted(environment, profile).profile) : profile);
  }

  payment(agent: number, profile: number): Rational {
    const own = this.payments[this.alike ? 0 : agent];
    switch (own.kind) {
      case "sum":
        return this.sum(own, agent, profile);
      case "menu":
        return own.prices.at(2 * this.cut(agent, profile) + this.lottery(profile)[0].outcome);
      case "table":
        return own.amounts.at(this.alike ? this.slot(agent, profile) : profile);
    }
  }

  subsidy(profile: number): Rational {
    const { money, environment } = this;
    switch (money.kind) {
      case "constant":
        return money.amount;
      case "table":
        return money.amounts.at(this.place(profile));
      case "missing": {
        const short = new RationalSum().add(this.cost(this.lottery(profile), profile));
        for (let i = 0; i < environment.agentCount; i++) short.add(this.payment(i, profile).negate());
        return Rational.maximum(short.value, Rational.ZERO);
      }
    }
  }

  private sum({ byType, onCost, onValue }: SumPayment, agent: number, profile: number): Rational {
    const { environment, alike } = this;
    const total = new RationalSum();
    environment.profiles.typesOf(profile).forEach((type, j) => {
      const part = alike ? byType[j === agent ? 0 : 1] : byType[j];
      if (part) total.add(part.at(type));
    });
    if (onCost.isZero && !onValue) return total.value;
    const lottery = this.lottery(profile);
    if (!onCost.isZero) total.addProduct(onCost, this.cost(lottery, profile));
    if (!onValue) return total.value;
    total.add(environment.outsideOption(agent, profile).negate());
    for (const { outcome, probability } of lottery) {
      total.addProduct(probability, environment.value(agent, outcome, profile));
    }
    return total.value;
  }

  private cost(lottery: Lottery, profile: number): Rational {
    const total = new RationalSum();
    for (const { outcome, probability } of lottery) {
      total.addProduct(probability, this.environment.cost(outcome, profile));
    }
    return total.value;
  }

  /** How many of the agent's types would get the first outcome where the others are as in the profile. */
  private cut(agent: number, profile: number): number {
    const { profiles } = this.environment;
    let cut = 0;
    for (let type = 0; type < profiles.sizes[agent]; type++) {
      if (this.lottery(profiles.replace(profile, agent, type))[0].outcome === 0) cut++;
    }
    return cut;
  }

  /** The place of the agent's type among all types of all orbits. */
  private slot(agent: number, profile: number): number {
    const { profiles } = this.environment;
    this.slots ??= slotStarts(this.environment);
    const own = profiles.typeOf(profile, agent);
    const smaller = new Set(profiles.typesOf(profile).filter((type) => type < own));
    return this.slots[this.place(profile)] + smaller.size;
  }
}
