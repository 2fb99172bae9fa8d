import type { Environment } from "../../environment/environment.js";
import type { OutcomeCuts } from "../../environment/outcome-cuts.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/** The price of money at a profile: none, a multiple of its probability, its probability where money is missing, or 1 at one profile. */
export type MoneyPrice =
  | { readonly kind: "none" }
  | { readonly kind: "expectation"; readonly price: number }
  | { readonly kind: "where missing"; readonly missing: Uint8Array }
  | { readonly kind: "at one profile"; readonly profile: number };

/** By `2 * cut + outcome`: the type whose participation keeps the price from being higher, or one of the two below. */
export type MenuBindings = Int32Array;
/** The price is kept by the type next to the cut, which would rather have the other outcome. */
export const OTHER_OUTCOME = -1;
/** No type gets the outcome there. */
export const NOBODY = -2;

/**
 * Multipliers on requirements at every profile for an efficient rule over two outcomes, given by what binds in each agent's menus
 * (`MenuMechanism`): a payment at a profile has the price of money there; every type with an outcome would rather report the
 * one that keeps its price, and that one's participation, or its wish for the other outcome, carries the prices of all
 * of them. The lists are made when they are asked for.
 */
export class MenuMultipliers implements Multipliers {
  /** Of all weights. */
  readonly denominator: bigint;

  /** Throws for money at one profile where payments are the objective: the two have no common unit. */
  constructor(
    private readonly environment: Environment,
    readonly cuts: OutcomeCuts,
    readonly purpose: Multipliers["purpose"],
    /** Incentives are asked against every report of the others, not only true ones. */
    readonly dominant: boolean,
    /** For each agent. */
    readonly bindings: readonly MenuBindings[],
    readonly money: MoneyPrice,
    /** Payments are worth their probability besides: they are the objective. */
    readonly surplus: boolean,
  ) {
    const alone = money.kind === "at one profile";
    if (alone && surplus) throw new Error("a price at one profile beside payments that are the objective");
    const { marginals } = environment.prior;
    this.denominator = alone ? 1n : marginals.reduce((product, { denominator }) => product * denominator, 1n);
  }

  get budget(): BudgetPrices {
    const { money } = this;
    if (money.kind === "none") return money;
    if (money.kind === "expectation") return { kind: "expectation", price: Rational.of(money.price) };
    const numerators = new Float64Array(this.environment.profiles.count);
    if (money.kind === "at one profile") numerators[money.profile] = 1;
    else
      money.missing.forEach((times, s) => {
        if (times > 0) numerators[s] = times * this.probabilityAt(s);
      });
    return { kind: "profile", prices: new RationalVector(numerators, this.denominator) };
  }

  /** What a payment at the profile is worth, over `denominator`. */
  weightAt(profile: number): number {
    const { money } = this;
    if (money.kind === "at one profile") return profile === money.profile ? 1 : 0;
    let times = this.surplus ? 1 : 0;
    if (money.kind === "expectation") times += money.price;
    if (money.kind === "where missing") times += money.missing[profile];
    return times === 0 ? 0 : times * this.probabilityAt(profile);
  }

  private probabilityAt(profile: number): number {
    const { profiles, prior } = this.environment;
    let probability = 1;
    prior.marginals.forEach(({ numerators }, agent) => {
      probability *= Number(numerators[profiles.typeOf(profile, agent)]);
    });
    return probability;
  }

  get incentive(): IncentiveMultiplier[] {
    return [...this.eachIncentive()];
  }

  get participation(): ParticipationMultiplier[] {
    return [...this.eachParticipation()];
  }

  *eachIncentive(): Iterable<IncentiveMultiplier> {
    for (const { agent, truth, type, report, weight } of this.flows()) {
      if (report === undefined) continue;
      const entry = { agent, type, report, truth, weight };
      yield this.dominant ? { ...entry, reported: truth } : entry;
    }
  }

  *eachParticipation(): Iterable<ParticipationMultiplier> {
    for (const { agent, truth: profile, report, weight } of this.flows()) {
      if (report === undefined) yield { agent, profile, weight };
    }
  }

  private *flows() {
    const { profiles } = this.environment;
    // Where nothing has a price, there is nothing to look for.
    if (this.money.kind === "none" && !this.surplus) return;
    for (let agent = 0; agent < profiles.agentCount; agent++) {
      for (let others = 0; others < profiles.othersCount(agent); others++) yield* this.line(agent, others);
    }
  }

  /** What flows from every type of an agent, the others being fixed: to the type it would rather report, or out of the line. */
  private *line(agent: number, others: number) {
    const { profiles } = this.environment;
    const first = profiles.withOthers(agent, others);
    const order = this.cuts.order(agent);
    const cut = this.cuts.cuts(agent)[others];
    const bindings = this.bindings[agent].subarray(2 * cut, 2 * cut + 2);
    const next = [order[cut - 1], order[cut]];
    const keeper = (x: number) => (bindings[x] >= 0 ? bindings[x] : next[x]);
    const truthOf = (type: number) => first + type * profiles.strides[agent];
    const totals = [0, 0];
    for (let k = 0; k < order.length; k++) {
      const truth = truthOf(order[k]);
      const x = k < cut ? 0 : 1;
      const weight = this.weightAt(truth);
      totals[x] += weight;
      if (order[k] === keeper(x) || weight === 0) continue;
      yield { agent, truth, type: order[k], report: keeper(x), weight: this.fraction(weight) };
    }
    for (const x of [0, 1]) {
      const carried = bindings[1 - x] === OTHER_OUTCOME ? totals[0] + totals[1] : totals[x];
      if (carried === 0 || bindings[x] === NOBODY) continue;
      const type = keeper(x);
      const report = bindings[x] === OTHER_OUTCOME ? keeper(1 - x) : undefined;
      yield { agent, truth: truthOf(type), type, report, weight: this.fraction(carried) };
    }
  }

  private fraction(weight: number): Rational {
    return Rational.of(weight, this.denominator);
  }
}
