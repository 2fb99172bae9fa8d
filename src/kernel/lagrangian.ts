import type { Multipliers, Price, Prices } from "../certificate/multipliers.js";
import {
  type Integer,
  isZero,
  minus,
  negate,
  plus,
  short,
  smaller,
  times,
  zeros,
} from "../number/integer.js";
import { IntegerArray } from "../number/integer-array.js";
import { IntegerSum } from "../number/integer-sum.js";
import { Rational } from "../number/rational.js";
import type { Problem } from "../question/problem.js";
import type { Requirement } from "../question/requirement.js";
import { Rules } from "../space/choices.js";
import type { Shares } from "../space/rule.js";
import { Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { lawful } from "./allocation.js";
import { MoneyPrices } from "./money-prices.js";
import { chosenOutcomes, eachFlow } from "./path-flows.js";
import { PriceList } from "./price-list.js";
import { Refuted } from "./refuted.js";

/**
 * What prices prove, from the definition: the Lagrangian
 *
 *     objective - sum of prices times slacks
 *
 * never exceeds the objective of a mechanism that meets the requirements. It is linear in the payments, whose coefficients must
 * cancel; in outside money, whose coefficient must not be negative; and in the lotteries, over which it is least profile by
 * profile. What is left is returned: a lower bound of the objective (of its negative where it is maximised), or, for prices
 * that no mechanism can meet, a number that would have to be at most 0 if there were one.
 * Throws Refuted where a price has a wrong sign, is on no requirement, or a payment does not cancel.
 */
export function lagrangianBound(problem: Problem, multipliers: Multipliers): Rational {
  return new Lagrangian(problem, multipliers).least();
}

/** Lawful outcomes of a profile where there are several, with their coefficients; shares where these are prescribed. */
interface Open {
  readonly outcomes: readonly number[];
  readonly worth: Integer[];
  readonly shares: Shares | undefined;
}

/** In place of an agent: the designer. */
const DESIGNER = -1;

/** Coefficients profile by profile, over `unit`; those of lotteries over the money denominator too. */
class Lagrangian {
  private readonly space: Space;
  private readonly rules: Rules;
  private readonly list: PriceList;
  private readonly unit: bigint;
  /** By profile: its weight, and the only lawful outcome, or TIED. */
  private readonly mass: IntegerArray;
  private readonly only: Int32Array;
  private readonly open = new Map<number, Open>();
  /** By agent and profile, what the agents' requirements make of their payments; absent where that is nothing. */
  private readonly payments: (IntegerArray | undefined)[];
  /** Prices of each of the designer's requirements, by profile. */
  private readonly prices = new Map<Requirement, IntegerArray>();
  /** So many times every profile's weight the objective counts payments, and costs. */
  private surplus: Integer = 0;
  private gains: Integer = 0;
  /** What outcomes that are the only lawful ones add up to, outside options and margins. */
  private readonly total = new IntegerSum();

  constructor(
    private readonly problem: Problem,
    private readonly multipliers: Multipliers,
  ) {
    const { environment, givenRule } = problem;
    if (multipliers.alike)
      throw new Refuted("prices on incentives at single profiles do not say whose they are");
    const { count } = environment.profiles;
    this.space = new Space(environment, false);
    this.rules = new Rules(this.space, givenRule);
    this.list = new PriceList(problem, multipliers);
    this.unit = this.list.unit(this.space.whole * beliefs(this.space));
    this.payments = environment.agents.map(() => undefined);
    this.mass = new IntegerArray(count);
    this.only = new Int32Array(count);
    this.findLawful();
  }

  private findLawful(): void {
    const { mass, only, open } = this;
    const allowed = lawful(this.rules, this.problem.question);
    const own = allowed.kind === "among" ? allowed.candidates : allowed.choices;
    this.space.rows((row) => {
      own.fill(row);
      const { first, lead, spread } = row;
      only.set(own.sure, first);
      mass.setMultiples(first, lead, spread);
      for (const b of own.open) {
        const shares = allowed.kind === "among" ? undefined : allowed.choices.lottery(b);
        const outcomes = allowed.kind === "among" ? allowed.candidates.all(b) : shares!.outcomes;
        open.set(first + b, { outcomes, worth: zeros(outcomes.length), shares });
      }
    });
  }

  least(): Rational {
    const { list, multipliers } = this;
    if (multipliers.purpose === "bound") this.addObjective();
    for (const block of list.blocks) this.subtractBlock(block);
    this.settleMoney();
    const [paths, more] = list.blocks.filter((block) => block.kind === "paths");
    if (more) throw new Refuted("prices along paths are told twice");
    // What flows in at a profile flows out of it, but for what is there: just what its payment is worth. So paths make all cancel.
    if (paths) this.subtractPaths(paths);
    else this.checkPayments();
    return this.sum();
  }

  private over({ numerator, denominator }: Rational, total: bigint): Integer {
    return short((numerator * this.unit) / (denominator * total));
  }

  private addObjective(): void {
    const { space, problem, mass } = this;
    const { objective } = problem.question;
    if (objective !== "max-surplus" && objective !== "max-gains") return;
    const { agentCount, profiles } = space.environment;
    const each = short(this.unit / space.whole);
    this.gains = each;
    if (objective === "max-surplus") {
      this.surplus = each;
      return;
    }
    for (let s = 0; s < profiles.count; s++) {
      const weight = times(each, mass.at(s));
      for (let i = 0; i < agentCount; i++) {
        const type = profiles.typeOf(s, i);
        this.addValue(i, s, type, s, negate(weight));
        this.addOutside(i, type, s, weight);
      }
    }
  }

  /** What the designer's prices and the objective make of a term at a profile. */
  private designer(term: "payment" | "cost" | "subsidy", objective: Integer): (s: number) => Integer {
    const prices = [...this.prices].flatMap(([{ terms }, own]) => {
      const factor = terms[term];
      return factor ? [{ factor, own }] : [];
    });
    const [first, ...more] = prices;
    if (isZero(objective) && first?.factor === 1 && more.length === 0) return (s) => first.own.at(s);
    return (s) =>
      prices.reduce<Integer>(
        (total, { factor, own }) => plus(total, times(factor, own.at(s))),
        isZero(objective) ? 0 : times(objective, this.mass.at(s)),
      );
  }

  /** The coefficients of all payments. */
  private paymentCoefficients(): (i: number, s: number) => Integer {
    const { payments } = this;
    const paid = this.designer("payment", this.surplus);
    return (i, s) => {
      const own = payments[i];
      return own ? minus(own.at(s), paid(s)) : negate(paid(s));
    };
  }

  /** Adds so many times the value of what is chosen at a reported profile, to a type of the agent at the true one. */
  private addValue(i: number, reported: number, type: number, truth: number, factor: Integer): void {
    const table = this.space.environment.values[i];
    const x = this.only[reported];
    if (x !== TIED) {
      this.total.add(times(factor, table.numerator(type, truth, x)));
      return;
    }
    const { outcomes, worth } = this.open.get(reported)!;
    for (let k = 0; k < worth.length; k++) {
      worth[k] = plus(worth[k], times(factor, table.numerator(type, truth, outcomes[k])));
    }
  }

  private addOutside(i: number, type: number, truth: number, factor: Integer): void {
    this.total.add(times(factor, this.space.environment.outsideOptions[i].numerator(type, truth, 0)));
  }

  private subtractBlock(block: Prices): void {
    const { list, space, mass } = this;
    if (block.kind === "paths") return;
    if (block.kind === "list") {
      for (const { requirement, price } of list.listed(block)) this.subtractPrice(requirement, price);
      return;
    }
    const requirement = list.requirement(block.on, block.kind === "profiles" ? block.agent : undefined);
    const { of, when, against, name } = requirement;
    const agent = block.kind === "profiles" ? block.agent : undefined;
    if (when !== "ex post" || against || (agent === undefined) !== (of === "designer"))
      throw new Refuted(`prices at single profiles are not on ${name}`);
    if (block.kind === "ranges") {
      list.checkSign(requirement, block.weight);
      const each = this.over(block.weight, space.whole);
      const prices = this.pricesOf(requirement);
      for (const [from, to] of block.ranges) {
        for (let s = from; s < to; s++) {
          const weight = times(each, mass.at(s));
          prices.add(s, weight);
          this.subtractMargin(requirement, weight);
        }
      }
      return;
    }
    const { numerators, denominator } = block.weights;
    if (numerators.length !== mass.length)
      throw new Refuted(`${numerators.length} prices on ${name} instead of ${mass.length}`);
    const factor = short(this.unit / denominator);
    for (let s = 0; s < mass.length; s++) {
      list.checkSign(requirement, { sign: numerators[s] < 0 ? -1 : 1 });
      this.subtractSlack(requirement, agent ?? DESIGNER, s, times(factor, numerators[s]));
    }
  }

  private subtractPrice(requirement: Requirement, price: Price): void {
    const { space, mass } = this;
    const { profiles } = space.environment;
    const { agent = DESIGNER, type, report, profile, reported, weight } = price;
    const subtract = (truth: number, reports: number, each: Integer) => {
      if (report === undefined) {
        this.subtractSlack(requirement, agent, truth, each);
        return;
      }
      this.subtractMargin(requirement, each);
      this.subtractUtility(requirement, agent, reports, truth, each);
      this.subtractUtility(requirement, agent, profiles.replace(reports, agent, report), truth, negate(each));
    };
    if (profile !== undefined) {
      subtract(profile, reported ?? profile, this.over(weight, 1n));
      return;
    }
    if (type === undefined) {
      const each = this.over(weight, space.whole);
      for (let s = 0; s < mass.length; s++) subtract(s, s, times(each, mass.at(s)));
      return;
    }
    const each = this.over(weight, space.beliefTotal(agent, type));
    for (const s of profiles.profilesOf(agent, type))
      subtract(s, s, times(each, space.othersWeight(agent, s)));
  }

  /** So many times the slack at a profile, all telling the truth. */
  private subtractSlack(requirement: Requirement, agent: number, s: number, weight: Integer): void {
    if (isZero(weight)) return;
    const { terms } = requirement;
    this.subtractMargin(requirement, weight);
    if (agent === DESIGNER) {
      this.pricesOf(requirement).add(s, weight);
      return;
    }
    this.subtractUtility(requirement, agent, s, s, weight);
    if (!terms.outside) return;
    this.addOutside(
      agent,
      this.space.environment.profiles.typeOf(s, agent),
      s,
      times(-terms.outside, weight),
    );
  }

  private pricesOf(requirement: Requirement): IntegerArray {
    const known = this.prices.get(requirement) ?? new IntegerArray(this.mass.length);
    this.prices.set(requirement, known);
    return known;
  }

  private subtractMargin({ margin }: Requirement, weight: Integer): void {
    if (margin.isZero) return;
    const money = BigInt(weight) * margin.numerator * this.space.environment.moneyDenominator;
    this.total.add(-money / margin.denominator);
  }

  /** So many times value and payment of an agent at a reported profile, its true one being another. */
  private subtractUtility(
    { terms }: Requirement,
    i: number,
    reported: number,
    truth: number,
    weight: Integer,
  ): void {
    if (terms.payment) {
      this.payments[i] ??= new IntegerArray(this.mass.length);
      this.payments[i].add(reported, times(-terms.payment, weight));
    }
    if (!terms.value) return;
    const type = this.space.environment.profiles.typeOf(truth, i);
    this.addValue(i, reported, type, truth, times(-terms.value, weight));
  }

  /** What the designer's prices make of costs and outside money. */
  private settleMoney(): void {
    const { space, mass, problem, multipliers } = this;
    const { costs, profiles } = space.environment;
    const money = new MoneyPrices(problem, multipliers, space, this.unit);
    const hasCosts = costs.entries.greatestNumerator() > 0;
    const priceAt = this.designer("subsidy", 0);
    // Cost counts against the objective, and what requirements make of it is subtracted.
    const chargedAt = this.designer("cost", negate(this.gains));
    for (let s = 0; s < profiles.count && (hasCosts || money.isLimited); s++) {
      if (money.isLimited) {
        const price = priceAt(s);
        if (price > 0) money.take(price, mass.at(s), s);
      }
      if (!hasCosts) continue;
      const charge = negate(chargedAt(s));
      if (isZero(charge)) continue;
      const x = this.only[s];
      if (x !== TIED) {
        this.total.add(times(charge, costs.numerator(0, s, x)));
        continue;
      }
      const { outcomes, worth } = this.open.get(s)!;
      outcomes.forEach((outcome, k) => {
        worth[k] = plus(worth[k], times(charge, costs.numerator(0, s, outcome)));
      });
    }
    money.finish();
  }

  /** Flows that make what is left of payments cancel: on incentives, and at their ends on participation. */
  private subtractPaths(block: Extract<Prices, { kind: "paths" }>): void {
    const { space, list } = this;
    const { ic } = this.problem.question;
    const participation = list.requirement("participation");
    const incentive = ic === "none" ? undefined : list.requirement("incentive");
    if (participation.when !== "ex post" || (incentive && incentive.when !== "ex post"))
      throw new Refuted("prices along paths are not on requirements at every profile");
    const known = new Map<string, Int32Array>();
    const chosen = (ties: "first" | "last") => {
      const found = known.get(ties) ?? this.chosen(ties);
      known.set(ties, found);
      return found;
    };
    const { only } = this;
    eachFlow(space, block, this.paymentCoefficients(), only, chosen, (agent, type, truth, reported, flow) => {
      if (reported < 0) {
        this.addValue(agent, truth, type, truth, negate(flow));
        this.addOutside(agent, type, truth, flow);
        this.subtractMargin(participation, flow);
        return;
      }
      if (!incentive) throw new Refuted("prices along paths are on incentives, which are not asked");
      this.subtractMargin(incentive, flow);
      // Where the same outcome is chosen for sure, only what is paid differs.
      if (only[truth] === only[reported] && only[truth] !== TIED) return;
      this.addValue(agent, truth, type, truth, negate(flow));
      this.addValue(agent, reported, type, truth, flow);
    });
  }

  /** By profile: what the efficient rule chooses that breaks ties so. */
  private chosen(ties: "first" | "last"): Int32Array {
    const { space, rules, only, open } = this;
    const { question } = this.problem;
    if (question.allocation !== "efficient" || question.ties !== "optimise")
      return chosenOutcomes(space, rules.choices({ kind: "efficient", ties }));
    const chosen = only.slice();
    for (const [s, { outcomes }] of open) chosen[s] = outcomes[ties === "first" ? 0 : outcomes.length - 1];
    return chosen;
  }

  private checkPayments(): void {
    const { environment } = this.space;
    const coefficient = this.paymentCoefficients();
    for (let s = 0; s < environment.profiles.count; s++) {
      for (let i = 0; i < environment.agentCount; i++) {
        const left = coefficient(i, s);
        if (isZero(left)) continue;
        const [who, where] = [environment.agents[i].name, environment.profileLabel(s)];
        throw new Refuted(
          `${who}'s payment at ${where} does not cancel: ${Rational.of(left, this.unit)} is left`,
        );
      }
    }
  }

  private sum(): Rational {
    const { open, space, unit } = this;
    const totals = new Map<bigint, IntegerSum>([[1n, this.total]]);
    for (const { worth, shares } of open.values()) {
      if (!shares) {
        this.total.add(worth.reduce(smaller));
        continue;
      }
      const total = totals.get(shares.denominator) ?? new IntegerSum();
      totals.set(shares.denominator, total);
      shares.shares.forEach((share, k) => {
        total.add(times(share, worth[k]));
      });
    }
    const money = space.environment.moneyDenominator;
    return Rational.sum(Array.from(totals, ([over, total]) => Rational.of(total.value, unit * over * money)));
  }
}

/** What beliefs are over that are not already over `whole`: with correlated types each type has its own. */
function beliefs(space: Space): bigint {
  if (space.environment.prior.kind === "independent") return 1n;
  let product = 1n;
  for (const { first, types } of space.groups) {
    for (let type = 0; type < types; type++) {
      const total = space.beliefTotal(first, type);
      if (product % total !== 0n) product *= total;
    }
  }
  return product;
}
